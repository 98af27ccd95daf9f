package io.github.nativemaven.system;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds a directory against other builds, in this JVM and in others, until closed. The operating system gives it back
 * when the JVM dies.
 */
public final class DirectoryLock implements AutoCloseable {
    /** The name of the file in the directory that is locked. */
    public static final String FILE = ".lock";

    private static final long POLL_MILLIS = 20;

    /**
     * When a JVM closes any channel of a file, some systems give back all locks that it holds on that file. So nobody in
     * this JVM may take a lock while another gives it back; a string constant is the same object to all class loaders.
     */
    private static final String GATE = "io.github.nativemaven.system.DirectoryLock";

    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Another build holds the directory, and this one waits for it.
     *
     * @param directory the directory
     */
    public record Waiting(Path directory) implements Event {}

    /** Takes the lock, waiting for it as long as it takes. The directory is made when it is missing. */
    public static DirectoryLock acquire(Path directory, Events events) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                events.tell(new Waiting(directory));
            }
            while (lock == null) {
                Thread.sleep(POLL_MILLIS);
                lock = tryLock(channel);
            }
            taken = true;
            return new DirectoryLock(channel, lock);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + directory);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Takes the lock, unless somebody has it. */
    public static Optional<DirectoryLock> tryAcquire(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = tryLock(channel);
            return Optional.ofNullable(lock).map(taken -> new DirectoryLock(channel, taken));
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            synchronized (GATE) {
                return channel.tryLock();
            }
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        synchronized (GATE) {
            try (channel) {
                lock.release();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
