package io.github.nativemaven.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shall be changed in an ELF file. {@link #NOTHING} is where to begin: {@code
 * ElfPatch.NOTHING.soname("libx-1a2b3c4d.so").runpath("$ORIGIN")}.
 *
 * @param soname the name by which others shall need it
 * @param replaced needed libraries and what shall be needed in their place; those that are not needed are left aside
 * @param added libraries that shall be needed, too; those that are needed already are left aside
 * @param searchPath the directories that the loader shall search; empty where they stay as they are
 */
public record ElfPatch(
        Optional<String> soname, Map<String, String> replaced, List<String> added, Optional<SearchPath> searchPath) {

    /** Leaves a file as it is. */
    public static final ElfPatch NOTHING = new ElfPatch(Optional.empty(), Map.of(), List.of(), Optional.empty());

    /**
     * Directories that the loader searches for what is needed.
     *
     * @param runpath whether they are for this file's own needs only ({@code DT_RUNPATH}), or also for the needs of what it
     *     needs ({@code DT_RPATH})
     * @param directories in order; none removes the path
     */
    public record SearchPath(boolean runpath, List<String> directories) {
        public SearchPath {
            directories = List.copyOf(directories);
            for (String directory : directories) {
                checkName(directory);
                if (directory.indexOf(':') >= 0) {
                    throw new IllegalArgumentException("a colon in the directory '" + directory + "'");
                }
            }
        }
    }

    public ElfPatch {
        soname.ifPresent(ElfPatch::checkName);
        replaced = Map.copyOf(replaced);
        replaced.values().forEach(ElfPatch::checkName);
        added = List.copyOf(added);
        added.forEach(ElfPatch::checkName);
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name that is empty, or has a zero in it: '" + name + "'");
        }
    }

    /** The same, and sets the name by which others need the file. */
    public ElfPatch soname(String name) {
        return new ElfPatch(Optional.of(name), replaced, added, searchPath);
    }

    /** The same, and needs one library in the place of another. */
    public ElfPatch replaceNeeded(String library, String by) {
        Map<String, String> all = new LinkedHashMap<>(replaced);
        all.put(library, by);
        return new ElfPatch(soname, all, added, searchPath);
    }

    /** The same, and needs one library more. */
    public ElfPatch addNeeded(String library) {
        List<String> all = new ArrayList<>(added);
        all.add(library);
        return new ElfPatch(soname, replaced, all, searchPath);
    }

    /** The same, and sets the directories for the file's own needs, in the place of any that it had. */
    public ElfPatch runpath(String... directories) {
        return new ElfPatch(soname, replaced, added, Optional.of(new SearchPath(true, List.of(directories))));
    }

    /** The same, and sets the directories for all that is needed through the file, in the place of any that it had. */
    public ElfPatch rpath(String... directories) {
        return new ElfPatch(soname, replaced, added, Optional.of(new SearchPath(false, List.of(directories))));
    }

    /** The same, and removes all directories. */
    public ElfPatch withoutSearchPath() {
        return runpath();
    }
}
