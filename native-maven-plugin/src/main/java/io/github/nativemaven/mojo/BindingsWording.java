package io.github.nativemaven.mojo;

import io.github.nativemaven.system.Problem;
import io.github.nativemaven.wheel.CffiModule;
import io.github.nativemaven.wheel.UniFfiModule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What goes wrong where a library's Python files are written. */
final class BindingsWording {
    private static final String NEXT = "\n        ";

    private BindingsWording() {}

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                CffiModule.NoHeader.class,
                p -> "cffi needs a C header, and there is neither " + p.crate().resolve("header.h")
                        + " nor a program cbindgen on the PATH to write one." + NEXT
                        + "Write the declarations of the exported functions into header.h, or install cbindgen: cargo install cbindgen"
                        + " (Debian: apt install cbindgen).");
        ProblemWording.on(
                table,
                CffiModule.NotBound.class,
                p -> "cbindgen can't write a header of " + p.crate() + ":" + lines(p.said()) + NEXT
                        + "Mend its cbindgen.toml, or write header.h by hand.");
        ProblemWording.on(
                table,
                CffiModule.HeaderRefused.class,
                p -> "cffi can't read " + p.header() + ":" + lines(p.said()) + NEXT
                        + "It takes plain declarations only; line numbers are those of the header.");
        ProblemWording.on(
                table,
                UniFfiModule.NoBindgen.class,
                p -> "No uniffi-bindgen: neither a program of " + p.manifest()
                        + " or its workspace, nor on the PATH." + NEXT
                        + "Add to Cargo.toml:  [[bin]]  name = \"uniffi-bindgen\"  path = \"uniffi-bindgen.rs\"  required-features = [\"uniffi/cli\"]"
                        + NEXT + "with, in uniffi-bindgen.rs:  fn main() { uniffi::uniffi_bindgen_main() }");
        ProblemWording.on(
                table,
                UniFfiModule.OtherBindgen.class,
                p -> p.program() + " says that it is '" + p.found() + "', but the crate uses UniFFI " + p.version()
                        + "." + NEXT + "Both must be the same: make uniffi-bindgen a program of the crate.");
        ProblemWording.on(
                table,
                UniFfiModule.NotWritten.class,
                p -> "uniffi-bindgen wrote no Python module for " + p.library() + ":" + lines(p.said()) + NEXT
                        + "The crate must call uniffi::setup_scaffolding!() and export something: #[uniffi::export].");
        ProblemWording.on(
                table,
                UniFfiModule.NotCompiled.class,
                p -> "The uniffi-bindgen of " + p.manifest() + " does not compile:" + lines(p.lastWords()));
    }

    private static String lines(List<String> lines) {
        return NEXT + String.join(NEXT, lines);
    }
}
