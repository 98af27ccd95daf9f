package io.github.nativemaven.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Files that appear whole or not at all: written aside, then moved into place. */
public final class AtomicFiles {
    /** How the names of files that are being written begin; whoever gathers files leaves these out. */
    public static final String ASIDE = ".rust-";

    private AtomicFiles() {}

    /** Fills a file that does not exist yet. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path file) throws IOException;
    }

    /**
     * Writes a file beside its place and moves it there. When anything goes wrong, what was in its place stays, and
     * nothing is left beside it.
     *
     * @param file where the file shall be; missing directories are made
     */
    public static void write(Path file, Filler filler) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path aside = file.resolveSibling(
                ASIDE + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
        try {
            filler.fill(aside);
            move(aside, file);
        } catch (FileSystemException e) {
            boolean ours =
                    aside.toString().equals(e.getFile()) || aside.toString().equals(e.getOtherFile());
            // Nobody knows the name of the file that is being written; the one that it was for says more.
            throw ours && e.getClass() == FileSystemException.class ? renamed(e, file) : e;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static FileSystemException renamed(FileSystemException cause, Path file) {
        FileSystemException renamed = new FileSystemException(file.toString(), null, cause.getReason());
        renamed.initCause(cause);
        return renamed;
    }

    /** Writes a text, unless the file has it already: an untouched file keeps its time. */
    public static void writeIfChanged(Path file, String text) throws IOException {
        writeIfChanged(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes, unless the file has them already: an untouched file keeps its time. */
    public static void writeIfChanged(Path file, byte[] bytes) throws IOException {
        if (Files.isRegularFile(file)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        write(file, aside -> Files.write(aside, bytes));
    }

    /** Moves within one file system, in one step where the system can. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes a directory with all that is in it, not following symbolic links. Nothing happens when it isn't there. */
    public static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
