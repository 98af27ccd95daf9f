package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.archive.ZipWriter;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes libraries into a wheel, so that it runs where they are not installed: copies in {@code <name>.libs/}, each under a
 * name that no other wheel's copy has, and found from there by whoever needs it. Works on copies only.
 */
final class Repair {
    private static final int BUFFER = 1 << 16;
    private static final int DIGITS = 8;

    private final ForeignLibraries foreign;
    private final Relinker relinker;
    private final WheelName name;
    private final Path work;
    private final Map<Path, TakenIn> copies = new TreeMap<>();

    /**
     * A library that is taken in.
     *
     * @param original the library, under its real path
     * @param sha256 the original's digest, 64 hexadecimal digits
     * @param fileName the copy's name: {@code libssl-1a2b3c4d.so.3}
     * @param needs names of the copies that it needs, sorted
     */
    record TakenIn(BinaryFile original, String sha256, String fileName, List<String> needs) {}

    /**
     * @param foreign the libraries; at least one, all of one format
     * @param name the wheel
     * @param work where copies are made; what is there from the last time is used again where nothing has changed
     */
    Repair(ForeignLibraries foreign, WheelName name, Path work) throws IOException {
        this.foreign = foreign;
        this.relinker = Relinker.of(foreign.files().get(0).format());
        this.name = name;
        this.work = work;
        for (BinaryFile library : foreign.files()) {
            String sha256 = sha256(library.path());
            String original = library.path().getFileName().toString();
            String copy = relinker.fileName(original, sha256.substring(0, DIGITS));
            copies.put(library.path(), new TakenIn(library, sha256, copy, List.of()));
        }
    }

    /** The libraries that are taken in, sorted by path. */
    List<TakenIn> takenIn() {
        List<TakenIn> all = new ArrayList<>();
        for (TakenIn copy : copies.values()) {
            Collection<String> needs = new TreeSet<>(renamed(copy.original()).values());
            all.add(new TakenIn(copy.original(), copy.sha256(), copy.fileName(), List.copyOf(needs)));
        }
        return all;
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest sha256 = ZipWriter.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** The directory of the wheel that they go to: {@code my_fast_lib.libs}. */
    String directory() {
        return name.name().escaped() + relinker.suffix();
    }

    /**
     * Adds the libraries, and exchanges what needs them for copies that find them.
     *
     * @param binaries what cargo compiled
     */
    void apply(Entries entries, Collection<Path> binaries) throws IOException {
        List<String> needers = new ArrayList<>();
        for (Entry entry : List.copyOf(entries.sorted())) {
            if (entry.content() instanceof Content.Stored stored && binaries.contains(stored.file())) {
                BinaryFile file = BinaryFile.read(stored.file());
                if (!renamed(file).isEmpty()) {
                    entries.remove(entry.path());
                    exchange(entries, entry, file);
                    needers.add(entry.path());
                }
            }
        }
        Set<String> directories =
                relinker.knowsNamesOnly() ? DllDirectories.prepare(entries, needers, directory()) : Set.of(directory());
        for (TakenIn library : copies.values()) {
            Content copy = copyOf(library);
            for (String place : directories) {
                String path = place + "/" + library.fileName();
                entries.add(path, copy, true, library.original().toString());
            }
        }
        removeOthers();
    }

    private Content copyOf(TakenIn library) throws IOException {
        BinaryFile original = library.original();
        Relinker.Change change = relinker.copy(original, library.fileName(), renamed(original));
        return change.copy(original.path(), work.resolve(directory()).resolve(library.fileName()));
    }

    /** What a file needs, and the copies that it shall need in its place. */
    private Map<String, String> renamed(BinaryFile file) {
        Map<String, String> renamed = new TreeMap<>();
        foreign.of(file)
                .forEach((library, found) ->
                        renamed.put(library, copies.get(found.path()).fileName()));
        return renamed;
    }

    /** A program goes where the way to the libraries is known; in its place comes a script that starts it. */
    private void exchange(Entries entries, Entry entry, BinaryFile file) throws IOException {
        String scripts = name.data() + "/scripts/";
        String path = entry.path();
        if (path.startsWith(scripts) && !relinker.knowsNamesOnly()) {
            String program = path.substring(scripts.length());
            path = name.name().escaped() + ".scripts/" + program;
            entries.add(entry.path(), Content.of(launcher(path)), true, "generated");
        }
        String up = "../".repeat((int) path.chars().filter(c -> c == '/').count());
        Relinker.Change change = relinker.needer(file, up + directory(), renamed(file));
        entries.add(path, change.copy(file.path(), work.resolve(path)), true, entry.origin());
    }

    private static String launcher(String path) throws IOException {
        String script = new String(Resources.read(Repair.class, "launch_program.py"), StandardCharsets.UTF_8);
        return script.replace("PROGRAM", path);
    }

    /** Copies of other versions, of earlier builds. */
    private void removeOthers() throws IOException {
        Map<String, TakenIn> wanted = new HashMap<>();
        copies.values().forEach(library -> wanted.put(library.fileName(), library));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(work.resolve(directory()))) {
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                if (!wanted.containsKey(fileName) && !fileName.startsWith(AtomicFiles.ASIDE)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
