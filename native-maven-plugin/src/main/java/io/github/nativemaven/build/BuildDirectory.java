package io.github.nativemaven.build;

import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A build directory while cargo works in it, until closed: locked against other builds, filled from a sibling when it is
 * new, and marked, so that nobody copies it meanwhile. The mark of a build that was killed stays until the next build.
 */
public final class BuildDirectory implements AutoCloseable {
    private final Path path;
    private final DirectoryLock lock;
    private final Optional<Path> seed;

    private BuildDirectory(Path path, DirectoryLock lock, Optional<Path> seed) {
        this.path = path;
        this.lock = lock;
        this.seed = seed;
    }

    /**
     * Waits for the directory, and makes it ready.
     *
     * @param path cargo's target directory, absolute
     * @param profile cargo's profile
     */
    public static BuildDirectory open(Path path, String profile, Events events) throws IOException {
        DirectoryLock lock = DirectoryLock.acquire(path, events);
        boolean opened = false;
        try {
            Files.write(BuildDirectories.mark(path), new byte[0]);
            Optional<Path> seed = BuildDirectories.seed(path, profileDirectory(profile), events);
            opened = true;
            return new BuildDirectory(path, lock, seed);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /** The sibling that it was filled from. */
    public Optional<Path> seed() {
        return seed;
    }

    /** Where cargo puts a profile's files below its target directory. */
    static String profileDirectory(String profile) {
        return switch (profile) {
            case "dev", "test" -> "debug";
            case "bench" -> "release";
            default -> profile;
        };
    }

    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(BuildDirectories.mark(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
