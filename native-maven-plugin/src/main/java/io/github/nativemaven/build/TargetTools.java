package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * With what is compiled and linked for one target.
 *
 * @param target the target
 * @param foreign whether cargo must be told the target; for the machine's own it is not, and build scripts share what is
 *     compiled for both
 * @param linker what links
 * @param buildStd whether Rust's own library is compiled from its source
 * @param cargoArguments what cargo is told besides
 * @param rustcArguments what rustc is told for the crate itself besides
 * @param environment changes of cargo's environment; null removes a variable
 */
public record TargetTools(
        TargetTriple target,
        boolean foreign,
        Linker linker,
        boolean buildStd,
        List<String> cargoArguments,
        List<String> rustcArguments,
        Map<String, String> environment) {

    public TargetTools {
        cargoArguments = List.copyOf(cargoArguments);
        rustcArguments = List.copyOf(rustcArguments);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** The tools of the machine that the build runs on, as rustc finds them. */
    public static TargetTools usual(Cargo.Toolchain toolchain) {
        return new TargetTools(
                toolchain.host(), false, new Linker.Usual(), false, ofHost(toolchain), List.of(), Map.of());
    }

    /** What cargo is told, that it builds for the machine that it runs on: only where it is configured for others. */
    public static List<String> ofHost(Cargo.Toolchain toolchain) {
        return toolchain.configured().isPresent() ? List.of("--target=" + toolchain.host()) : List.of();
    }

    /** Writes what must be there before cargo runs. What is right already is left alone. */
    void prepare(OperatingSystem host) throws IOException {
        if (linker instanceof Linker.ZigCc zig) {
            ZigLaunchers.write(zig, ZigLaunchers.TargetFamily.of(target.os()), host == OperatingSystem.WINDOWS);
        }
    }
}
