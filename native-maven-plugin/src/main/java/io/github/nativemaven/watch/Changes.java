package io.github.nativemaven.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has happened in watched directories.
 *
 * @param paths files and directories that were made, written or removed, absolute, sorted
 * @param lost whether there was more than the system could tell
 */
public record Changes(Set<Path> paths, boolean lost) {
    /** Nothing. */
    public static final Changes NONE = new Changes(Set.of(), false);

    public Changes {
        paths = Collections.unmodifiableSet(new TreeSet<>(paths));
    }

    /** These paths. */
    public static Changes of(Collection<Path> paths) {
        return paths.isEmpty() ? NONE : new Changes(new TreeSet<>(paths), false);
    }

    /** Whether nothing has happened. */
    public boolean isEmpty() {
        return paths.isEmpty() && !lost;
    }

    /** Both. */
    public Changes and(Changes other) {
        Set<Path> all = new TreeSet<>(paths);
        all.addAll(other.paths);
        return new Changes(all, lost || other.lost);
    }
}
