package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * How a development install has libraries that a running Python can take one after the other. Python never loads a file
 * twice, and no system lets a loaded library be overwritten in peace; so each library gets a name of its own, with a
 * number that only grows, in a Python package that gives Python the newest.
 *
 * @param support the name of that package: {@code _my_fast_lib_hot}
 * @param module the extension module
 * @param suffix how libraries are called: {@code .cpython-311-x86_64-linux-gnu.so}, {@code .abi3.so}, {@code .pyd}
 */
public record HotReload(String support, ModuleName module, String suffix) {
    /** The source file, in the package, that is written anew with each library. */
    public static final String CHANGES = "changes.py";

    /** How a unit's library is installed. */
    public static HotReload of(Project project, Unit unit) {
        return new HotReload(
                "_" + project.name().escaped() + "_hot",
                importedName(project.module(), project.layout().isMixed()),
                unit.abi().fileName("", unit.target().os()));
    }

    /** Without Python source, a package of the same name is made around the module. */
    private static ModuleName importedName(ModuleName module, boolean mixed) {
        return mixed || module.isDotted() ? module : ModuleName.parse(module + "." + module);
    }

    /** The library of a number: {@code _core.1795385678812.abi3.so}. */
    public Library library(long number) {
        return new Library(this, module.last() + "." + number + suffix);
    }

    /** The number in a library's file name, whatever its suffix; nothing for the name of another file. */
    public OptionalLong number(String fileName) {
        String stem = module.last() + ".";
        int dot = fileName.indexOf('.', stem.length());
        boolean numbered = fileName.startsWith(stem)
                && dot > stem.length()
                && fileName.chars().limit(dot).skip(stem.length()).allMatch(c -> c >= '0' && c <= '9');
        return numbered
                ? OptionalLong.of(Long.parseLong(fileName.substring(stem.length(), dot)))
                : OptionalLong.empty();
    }

    /**
     * The next library. Its number is a time, so that it isn't used again after all libraries have been
     * removed: a Python that runs may still have them.
     *
     * @param there the names of files that are there
     * @param now milliseconds since 1970
     */
    public Library next(Collection<String> there, long now) {
        long newest =
                there.stream().mapToLong(name -> number(name).orElse(0)).max().orElse(0);
        return library(Math.max(now, newest + 1));
    }

    /**
     * A library in its place.
     *
     * @param name its file name in the package
     */
    public record Library(HotReload hot, String name) {
        /** What makes Python know the package. */
        String importLine() {
            return "import " + hot.support + "\n";
        }

        /**
         * Adds the package with this library.
         *
         * @param compiled the library
         * @param atStart whether Python shall know the package from its start on; else the module's package imports it
         */
        public void addTo(Entries entries, Path compiled, boolean atStart) throws IOException {
            String directory = hot.support + "/";
            entries.add(directory + "__init__.py", text("hot_reload.py").replace("$MODULE", hot.module.toString()));
            entries.add(directory + CHANGES, changes());
            entries.add(directory + name, Content.of(compiled), true, compiled.toString());
            if (atStart) {
                entries.add(hot.support + ".pth", importLine());
            }
        }

        /** The text of {@link #CHANGES}. */
        public String changes() throws IOException {
            return text("hot_reload_changes.py")
                    .replace("$SUPPORT", hot.support)
                    .replace("$LIBRARY", name);
        }
    }

    private static String text(String resource) throws IOException {
        return new String(Resources.read(HotReload.class, resource), StandardCharsets.UTF_8);
    }
}
