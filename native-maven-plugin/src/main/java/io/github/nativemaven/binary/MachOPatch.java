package io.github.nativemaven.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shall be changed in a Mach-O file. {@link #of} is where to begin: {@code
 * MachOPatch.of("libx-1a2b3c4d.dylib").installName("@rpath/libx-1a2b3c4d.dylib")}.
 *
 * @param identifier the name that a signature has for the file: its file name
 * @param installName the name by which others shall need it; programs and bundles have none, and get none
 * @param replaced needed libraries and what shall be needed in their place; those that are not needed are left aside
 * @param removedRpaths directories that {@code @rpath} shall no longer stand for; those that are not there are left aside
 * @param addedRpaths directories that it shall stand for, too, after all others; those that are there are left aside
 * @param signed whether a file for a machine that loads only signed files is signed although nothing is changed
 */
public record MachOPatch(
        String identifier,
        Optional<String> installName,
        Map<String, String> replaced,
        List<String> removedRpaths,
        List<String> addedRpaths,
        boolean signed) {

    public MachOPatch {
        checkName(identifier);
        installName.ifPresent(MachOPatch::checkName);
        replaced = Map.copyOf(replaced);
        replaced.values().forEach(MachOPatch::checkName);
        removedRpaths = List.copyOf(removedRpaths);
        addedRpaths = List.copyOf(addedRpaths);
        addedRpaths.forEach(MachOPatch::checkName);
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name that is empty, or has a zero in it: '" + name + "'");
        }
    }

    /** Leaves a file as it is, but for a signature where its machine wants one and it has none. */
    public static MachOPatch of(String identifier) {
        return new MachOPatch(identifier, Optional.empty(), Map.of(), List.of(), List.of(), false);
    }

    /** The same, and sets the name by which others need the file. */
    public MachOPatch installName(String name) {
        return new MachOPatch(identifier, Optional.of(name), replaced, removedRpaths, addedRpaths, signed);
    }

    /** The same, and needs one library in the place of another, in the same way as that. */
    public MachOPatch replaceNeeded(String library, String by) {
        Map<String, String> all = new LinkedHashMap<>(replaced);
        all.put(library, by);
        return new MachOPatch(identifier, installName, all, removedRpaths, addedRpaths, signed);
    }

    /** The same without a directory. */
    public MachOPatch removeRpath(String directory) {
        return new MachOPatch(identifier, installName, replaced, with(removedRpaths, directory), addedRpaths, signed);
    }

    /** The same with one directory more. */
    public MachOPatch addRpath(String directory) {
        return new MachOPatch(identifier, installName, replaced, removedRpaths, with(addedRpaths, directory), signed);
    }

    private static List<String> with(List<String> some, String more) {
        List<String> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }

    /** The same, and signs anew what is signed already, or must be. */
    public MachOPatch sign() {
        return new MachOPatch(identifier, installName, replaced, removedRpaths, addedRpaths, true);
    }
}
