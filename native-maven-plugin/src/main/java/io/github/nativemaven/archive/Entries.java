package io.github.nativemaven.archive;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of an archive while they are gathered. Iterated in the order of their paths, by code unit. */
public final class Entries {
    private final Map<String, Entry> byPath = new TreeMap<>();
    private final Map<String, String> byFoldedPath = new HashMap<>();

    /**
     * Two files want the same place, or places that some file systems can't tell apart.
     *
     * @param first the entry that was there
     * @param second the entry that came
     */
    public record Clash(Entry first, Entry second) implements Problem {}

    /**
     * Adds a file.
     *
     * @throws MalformedException when the path is absolute, leaves the archive, or is none
     */
    public void add(String path, Content content, boolean executable, String origin) {
        Entry entry = new Entry(checked(path), content, executable, origin);
        String there = byFoldedPath.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
        if (there != null) {
            throw new Clash(byPath.get(there), entry).asFailure();
        }
        byPath.put(path, entry);
    }

    /** Adds an entry. */
    public void add(Entry entry) {
        add(entry.path(), entry.content(), entry.executable(), entry.origin());
    }

    /** Adds a file of the disk, which must not be executable. */
    public void add(String path, Path file) {
        add(path, Content.of(file), false, file.toString());
    }

    /** Adds a text that this plugin wrote. */
    public void add(String path, String text) {
        add(path, Content.of(text), false, "generated");
    }

    /** The entry of a path. */
    public Optional<Entry> get(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Whether there is an entry of this path. */
    public boolean contains(String path) {
        return byPath.containsKey(path);
    }

    /** Takes an entry out. */
    public void remove(String path) {
        byPath.remove(path);
        byFoldedPath.remove(path.toLowerCase(Locale.ROOT));
    }

    /** All, sorted by path. */
    public Collection<Entry> sorted() {
        return byPath.values();
    }

    /** All, sorted by path, those of one directory after the others. */
    public List<Entry> sortedWithLast(String directory) {
        List<Entry> first = new ArrayList<>();
        List<Entry> last = new ArrayList<>();
        byPath.values().forEach(entry -> (entry.path().startsWith(directory + "/") ? last : first).add(entry));
        first.addAll(last);
        return first;
    }

    private static String checked(String path) {
        boolean wrong = path.isEmpty()
                || path.startsWith("/")
                || path.endsWith("/")
                || path.indexOf('\\') >= 0
                || path.indexOf('\0') >= 0
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/", -1)).stream()
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (wrong) {
            throw new MalformedException("archive path", path, "must be relative, below the archive's root, with '/'");
        }
        return path;
    }
}
