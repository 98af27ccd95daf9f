package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.ExtensionModule;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks whether a library that cargo made can be imported as the module that it should be. */
public final class ExtensionCheck {
    private static final String INIT = "PyInit_";
    private static final String EXPORT = "PyModExport_";

    private ExtensionCheck() {}

    /**
     * The library is no module of the name that it would be imported by.
     *
     * @param manifest the crate's Cargo.toml
     * @param module the last part of the module's name
     * @param found the modules that the library is
     */
    public record OtherModule(Path manifest, String module, List<String> found) implements Problem {}

    /**
     * The library is linked with libpython, and so would only work with one installation of Python.
     *
     * @param manifest the crate's Cargo.toml
     * @param library what it is linked with
     */
    public record LinkedWithPython(Path manifest, String library) implements Problem {}

    /**
     * Looks at the libraries of a unit; what can't be imported is thrown as a problem. Modules of WebAssembly are not looked
     * into.
     */
    public static void check(Project project, UnitResult result) {
        if (result.unit().target().os() == OperatingSystem.EMSCRIPTEN) {
            return;
        }
        try {
            List<ExtensionModule> modules = project.modules();
            for (int i = 0; i < modules.size(); i++) {
                check(modules.get(i), BinaryFile.read(result.libraries().get(i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(ExtensionModule extension, BinaryFile library) {
        String module = extension.name().last();
        Path manifest = extension.crate().manifest();
        List<String> found = modules(library);
        if (!found.contains(module)) {
            throw new OtherModule(manifest, module, found).asFailure();
        }
        library.needed().stream()
                .filter(needed -> needed.matches("(.*/)?libpython3.*"))
                .findFirst()
                .ifPresent(needed -> {
                    throw new LinkedWithPython(manifest, needed).asFailure();
                });
    }

    private static List<String> modules(BinaryFile library) {
        List<String> modules = new ArrayList<>();
        // Mach-O writes an underscore in front of every name of C.
        Stream.of(INIT, EXPORT).forEach(prefix -> Stream.of(prefix, "_" + prefix)
                .flatMap(written -> library.exports(written).stream().map(name -> name.substring(written.length())))
                .filter(name -> !modules.contains(name))
                .forEach(modules::add));
        return modules;
    }
}
