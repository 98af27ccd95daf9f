package io.github.nativemaven.archive;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The files of an archive while they are gathered. Iterated in the order of their paths, by code unit. */
public final class Entries {
    private final Map<String, Entry> byPath = new TreeMap<>();
    private final NavigableMap<String, String> byFoldedPath = new TreeMap<>();

    /**
     * Two files want the same place, or places that some file systems can't tell apart, or one a place in the other.
     *
     * @param first the entry that was there
     * @param second the entry that came
     */
    public record Clash(Entry first, Entry second) implements Problem {}

    /**
     * Adds a file.
     *
     * @throws MalformedException when the path is absolute, leaves the archive, or is none
     * @throws io.github.nativemaven.system.BuildFailure with a {@link Clash}
     */
    public void add(String path, Content content, boolean executable, String origin) {
        Entry entry = new Entry(checked(path), content, executable, origin);
        Entry there = holder(path.toLowerCase(Locale.ROOT));
        if (there != null) {
            throw new Clash(there, entry).asFailure();
        }
        byFoldedPath.put(path.toLowerCase(Locale.ROOT), path);
        byPath.put(path, entry);
    }

    /** Who has a place, or the place of a directory above it, or a place below it. */
    private Entry holder(String folded) {
        String there = byFoldedPath.get(folded);
        for (int slash = folded.indexOf('/'); slash >= 0 && there == null; slash = folded.indexOf('/', slash + 1)) {
            there = byFoldedPath.get(folded.substring(0, slash));
        }
        String below = byFoldedPath.ceilingKey(folded + "/");
        if (there == null && below != null && below.startsWith(folded + "/")) {
            there = byFoldedPath.get(below);
        }
        return there == null ? null : byPath.get(there);
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
        boolean wrong = path.startsWith("/")
                || path.length() > 1 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0))
                || path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))
                || List.of(path.split("/", -1)).stream()
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (wrong) {
            throw new MalformedException(
                    "archive path",
                    path,
                    "must be relative, below the archive's root, with '/', and without control characters");
        }
        return path;
    }
}
