package io.github.nativemaven.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Files that have just been put in place, and so don't go with a distribution that had files of the same names. */
final class KeptFiles {
    private final Map<String, Path> byName = new HashMap<>();

    /** @param files absolute */
    KeptFiles(Collection<Path> files) {
        files.forEach(file -> byName.put(key(file), file));
    }

    private static String key(Path file) {
        return file.toString().toLowerCase(Locale.ROOT);
    }

    /** Whether a file is one of them, be it under a name in other letters where upper and lower case are the same. */
    boolean contains(Path file) throws IOException {
        Path kept = byName.get(key(file));
        return kept != null && (kept.equals(file) || Files.exists(file) && Files.isSameFile(kept, file));
    }

    /** Whether one of them is somewhere below a directory. */
    boolean anyBelow(Path directory) {
        return byName.values().stream().anyMatch(file -> file.startsWith(directory));
    }
}
