package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The package around a library that Python doesn't import but load: with cffi or UniFFI. */
public final class ForeignModule {
    /** How the Python code of UniFFI says which library it loads. */
    private static final Pattern LOADED = Pattern.compile("libname\\.format\\(\"([^\"]+)\"\\)");

    private ForeignModule() {}

    /** Where the package lies in a wheel, and below the Python source: {@code my_lib}, {@code pkg/_native}. */
    public static String directory(Project project) {
        ModuleName module = project.module();
        return project.layout().isMixed() && !module.isDotted()
                ? module.first() + "/" + module.first()
                : String.join("/", module.segments());
    }

    /** The files of the package: the library, and the Python files that load it. */
    public static Entries entries(Project project, UnitResult result) throws IOException {
        String directory = directory(project) + "/";
        Path library = result.library().orElseThrow();
        Entries entries = new Entries();
        for (Path file : result.generated()) {
            entries.add(directory + file.getFileName(), Files.readString(file));
        }
        boolean cffi = project.bindings() instanceof Bindings.Cffi;
        Set<String> names = cffi ? Set.of(cffiLibrary(project, result)) : uniffiLibraries(result);
        for (String name : names) {
            entries.add(directory + name, Content.of(library), true, library.toString());
        }
        if (!entries.contains(directory + "__init__.py")) {
            entries.add(
                    directory + "__init__.py",
                    cffi ? cffiInit(names.iterator().next()) : uniffiInit(result.generated()));
        }
        return entries;
    }

    private static String cffiLibrary(Project project, UnitResult result) {
        return result.unit()
                .abi()
                .fileName(project.module().last(), result.unit().target().os());
    }

    private static String cffiInit(String library) {
        return """
                from pathlib import Path as _Path

                from .ffi import ffi

                __all__ = ["ffi", "lib"]

                lib = ffi.dlopen(str(_Path(__file__).with_name("%s")))
                """.formatted(library);
    }

    /** What the Python code loads, which its configuration may rename; else what cargo called it. */
    private static Set<String> uniffiLibraries(UnitResult result) throws IOException {
        Abi abi = result.unit().abi();
        Set<String> names = new TreeSet<>();
        for (Path file : result.generated()) {
            Matcher matcher = LOADED.matcher(Files.readString(file));
            while (matcher.find()) {
                names.add(abi.fileName(matcher.group(1), result.unit().target().os()));
            }
        }
        return names.isEmpty()
                ? Set.of(result.library().orElseThrow().getFileName().toString())
                : names;
    }

    private static String uniffiInit(List<Path> modules) {
        return modules.stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.py$", ""))
                .map(module -> "from ." + module + " import *\n")
                .sorted()
                .collect(Collectors.joining());
    }
}
