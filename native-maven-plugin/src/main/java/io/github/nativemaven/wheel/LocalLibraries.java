package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.ElfPatch;
import io.github.nativemaven.binary.ElfPatcher;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.binary.MachOSearch;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes what was compiled find the libraries of its build scripts where they lie: for development, where nothing is
 * packed. Works on copies, and only where there is such a library.
 */
public final class LocalLibraries {
    private LocalLibraries() {}

    /**
     * The same with copies of the libraries and programs that need a library which a build script made.
     *
     * @param work where copies are made
     */
    public static UnitResult found(UnitResult result, Path work) throws IOException {
        if (result.libraryDirectories().isEmpty()) {
            return result;
        }
        Map<Path, Path> copies = new HashMap<>();
        for (Path binary : result.binaries()) {
            BinaryFile read = BinaryFile.read(binary);
            if (read instanceof ElfFile file) {
                Map<String, Path> directories = directories(file, result.libraryDirectories());
                if (!directories.isEmpty()) {
                    copies.put(binary, copy(file, directories, work));
                }
            } else if (read.format() == BinaryFile.Format.MACH_O) {
                Optional<Relinker.Change> change = macos(read, result.libraryDirectories());
                if (change.isPresent()) {
                    Path copy = work.resolve(binary.getFileName());
                    change.get().copy(binary, copy);
                    copies.put(binary, copy);
                }
            }
        }
        return copies.isEmpty() ? result : result.withBinaries(binary -> copies.getOrDefault(binary, binary));
    }

    /** What a file needs itself is needed from where it lies; what that needs is found through run paths. */
    private static Optional<Relinker.Change> macos(BinaryFile file, List<Path> places) throws IOException {
        ForeignLibraries foreign = ForeignLibraries.find(
                List.of(file),
                library -> !SystemLibraries.has(OperatingSystem.MACOS, library),
                new MachOSearch(List.of(), places, List.of()));
        LibrarySearch loader = new MachOSearch(List.of(), List.of(), List.of());
        Map<String, String> needs = new TreeMap<>();
        boolean lacks = false;
        for (Map.Entry<String, BinaryFile> need : foreign.of(file).entrySet()) {
            lacks |= loader.find(need.getKey(), file, List.of()).library().isEmpty();
            needs.put(need.getKey(), need.getValue().path().toString());
        }
        return lacks ? Optional.of(new MachORelinker().local(file, needs, places)) : Optional.empty();
    }

    /** Where a file's needs are met, and those of what it needs: directories by the libraries' names. */
    private static Map<String, Path> directories(ElfFile file, List<Path> places) throws IOException {
        Map<String, Path> directories = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        Deque<ElfFile> next = new ArrayDeque<>(List.of(file));
        while (!next.isEmpty()) {
            for (String library : next.remove().needed()) {
                for (Path place : seen.add(library) ? places : List.<Path>of()) {
                    Optional<ElfFile> found = library(place.resolve(library));
                    if (found.isPresent() && place.toString().indexOf(':') < 0) {
                        directories.put(library, place.toAbsolutePath());
                        next.add(found.get());
                        break;
                    }
                }
            }
        }
        return directories;
    }

    private static Optional<ElfFile> library(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) && BinaryFile.read(file) instanceof ElfFile elf
                    ? Optional.of(elf)
                    : Optional.empty();
        } catch (MalformedBinaryException e) {
            return Optional.empty();
        }
    }

    /** All that is needed is needed by the file itself: its run path isn't that of the others. */
    private static Path copy(ElfFile file, Map<String, Path> directories, Path work) throws IOException {
        Set<String> path = new LinkedHashSet<>(file.runpath().isEmpty() ? file.rpath() : file.runpath());
        directories.values().forEach(directory -> path.add(directory.toString()));
        List<String> all = new ArrayList<>(path);
        Path copy = work.resolve(file.path().getFileName());
        Freshness freshness = Freshness.of(copy, file.path(), String.join(":", all) + directories.keySet());
        if (!freshness.isFresh()) {
            ElfPatch patch = ElfPatch.NOTHING.runpath(all.toArray(String[]::new));
            for (String library : directories.keySet()) {
                patch = patch.addNeeded(library);
            }
            ElfPatch whole = patch;
            AtomicFiles.write(copy, aside -> ElfPatcher.patch(file.path(), aside, whole));
            freshness.remember();
        }
        return copy;
    }
}
