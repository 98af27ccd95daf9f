package io.github.nativemaven.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * What files were when they were last looked at. A file that has another time and the same content is the same: editors
 * save what wasn't changed, and build scripts write what was there. For several threads.
 */
public final class FileStates {
    /** Of larger files the time decides. */
    private static final long LARGEST_READ = 1 << 20;

    private static final State MISSING = new State(-1, 0, 0);

    private final Map<Path, State> states = new HashMap<>();

    /** @param digest of the content; 0 for a large file */
    private record State(long size, long time, long digest) {
        boolean isSame(State other) {
            return size == other.size
                    && (time == other.time || size <= LARGEST_READ && size >= 0 && digest == other.digest);
        }
    }

    /** Takes note of what files are now, be they known or not. */
    public synchronized void note(Collection<Path> files) {
        files.forEach(this::isChanged);
    }

    /** Takes note of what files are now that haven't been looked at yet. */
    public synchronized void noteNew(Collection<Path> files) {
        files.stream().filter(file -> !states.containsKey(file)).forEach(this::isChanged);
    }

    /** The files that are others than when they were last looked at. Takes note of them. */
    public synchronized Set<Path> changed(Collection<Path> files) {
        Set<Path> changed = new TreeSet<>();
        for (Path file : files) {
            if (isChanged(file)) {
                changed.add(file);
            }
        }
        return changed;
    }

    private boolean isChanged(Path file) {
        State before = states.getOrDefault(file, MISSING);
        State now = state(file, before);
        states.put(file, now);
        return !now.isSame(before);
    }

    private static State state(Path file, State before) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return MISSING;
            }
            long time = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            long size = attributes.size();
            boolean untouched = size == before.size() && time == before.time();
            return new State(size, time, untouched ? before.digest() : digest(file, size));
        } catch (IOException e) {
            return MISSING;
        }
    }

    private static long digest(Path file, long size) throws IOException {
        if (size > LARGEST_READ) {
            return 0;
        }
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        return crc.getValue();
    }
}
