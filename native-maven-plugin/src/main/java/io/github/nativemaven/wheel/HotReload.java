package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How a development install has libraries that a running Python can take one after the other. Python never loads a file
 * twice; Windows doesn't let a loaded file be replaced, and macOS ends who has loaded it. So each library has a name of
 * its own, with a number that only grows, in a Python package that gives Python the newest.
 *
 * @param support the name of that package: {@code _my_fast_lib_hot}
 * @param modules the extension modules, as they are imported
 * @param suffix how libraries are called: {@code .cpython-311-x86_64-linux-gnu.so}, {@code .abi3.so}, {@code .pyd}
 */
public record HotReload(String support, List<String> modules, String suffix) {
    /** The source file, in the package, that is written anew with each library. */
    public static final String CHANGES = "changes.py";

    public HotReload {
        modules = List.copyOf(modules);
    }

    /** How the libraries of a unit are installed. */
    public static HotReload of(Project project, Unit unit) {
        return new HotReload(
                "_" + project.name().escaped() + "_hot",
                project.modules().stream()
                        .map(module -> importedName(module.name()))
                        .toList(),
                unit.abi().fileName("", unit.target().os()));
    }

    /** Where it isn't said in which package a module is, it is in one of its own name. */
    private static String importedName(ModuleName module) {
        return module.isDotted() ? module.toString() : module + "." + module;
    }

    /** The file name of a module's library: {@code pkg._core.1795385678812.abi3.so}. */
    public String library(String module, long number) {
        return module + "." + number + suffix;
    }

    /** The number in the file name of a module's library, whatever its suffix; nothing for the name of another file. */
    public static OptionalLong number(String module, String fileName) {
        int start = module.length() + 1;
        int end = fileName.indexOf('.', start);
        boolean numbered = fileName.startsWith(module + ".")
                && end > start
                && end < start + 19
                && fileName.chars().limit(end).skip(start).allMatch(c -> c >= '0' && c <= '9');
        return numbered ? OptionalLong.of(Long.parseLong(fileName.substring(start, end))) : OptionalLong.empty();
    }

    /** Whether a file of this name is a library. */
    public boolean isLibrary(String fileName) {
        return modules.stream().anyMatch(module -> number(module, fileName).isPresent());
    }

    /**
     * The file name of a module's next library. Its number is a time, so that it isn't used again after all libraries have
     * been removed: a Python that runs may still have them.
     *
     * @param there the names of files that are there
     * @param now milliseconds since 1970
     */
    public String next(String module, Collection<String> there, long now) {
        long newest = there.stream()
                .mapToLong(name -> number(module, name).orElse(0))
                .max()
                .orElse(0);
        return library(module, Math.max(now, newest + 1));
    }

    /**
     * The libraries of all modules, in their places.
     *
     * @param names their file names, in the order of the modules
     */
    public record Libraries(HotReload hot, List<String> names) {
        public Libraries {
            names = List.copyOf(names);
        }

        /** What makes Python know the package. */
        String importLine() {
            return "import " + hot.support + "\n";
        }

        /**
         * Adds the package with these libraries.
         *
         * @param atStart whether Python shall know the package from its start on; else who needs it imports it
         */
        public void addTo(Entries entries, UnitResult result, boolean atStart) throws IOException {
            String directory = hot.support + "/";
            entries.add(
                    directory + "__init__.py",
                    text("hot_reload.py").replace("$MODULES", "[" + literals(hot.modules) + "]"));
            entries.add(directory + CHANGES, changes());
            for (int i = 0; i < names.size(); i++) {
                Path compiled = result.libraries().get(i);
                entries.add(directory + names.get(i), Content.of(compiled), true, compiled.toString());
            }
            if (atStart) {
                entries.add(hot.support + ".pth", importLine());
            }
        }

        /** The text of {@link #CHANGES}. */
        public String changes() throws IOException {
            return text("hot_reload_changes.py")
                    .replace("$SUPPORT", hot.support)
                    .replace("$LIBRARIES", literals(names));
        }

        private static String literals(List<String> texts) {
            return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
        }
    }

    private static String text(String resource) throws IOException {
        return new String(Resources.read(HotReload.class, resource), StandardCharsets.UTF_8);
    }
}
