package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A copy of a file, part by part, with other bytes where something shall be changed. Nothing is held in memory. */
final class ChangedCopy {
    private final Path from;
    private final FileChannel original;
    private final FileChannel copy;

    private ChangedCopy(Path from, FileChannel original, FileChannel copy) {
        this.from = from;
        this.original = original;
        this.copy = copy;
    }

    /**
     * Bytes to be written.
     *
     * @param at their place, in bytes from the file's start
     */
    record Change(long at, byte[] bytes) {}

    /** Fills a copy. */
    @FunctionalInterface
    interface Body {
        void fill(ChangedCopy copy) throws IOException;
    }

    /**
     * Makes a copy, with the mode of the original, and the right to write to it.
     *
     * @param to the copy
     * @throws FileAlreadyExistsException when the copy is there
     * @throws IOException when one can't be read or the other not be written; then no copy is left
     */
    static void make(Path from, Path to, Body body) throws IOException {
        // A copy by the system would have the original's mode from the start, which may be one that nobody writes to.
        try (FileChannel original = FileChannel.open(from);
                FileChannel copy = FileChannel.open(
                        to, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            body.fill(new ChangedCopy(from, original, copy));
            copyMode(from, to);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(to);
            throw e;
        }
    }

    private static void copyMode(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(from));
            permissions.add(PosixFilePermission.OWNER_WRITE);
            view.setPermissions(permissions);
        }
    }

    /** All of the original, to the same place. */
    void whole() throws IOException {
        part(0, original.size(), 0);
    }

    /**
     * A part of the original.
     *
     * @param at where it begins in the original
     * @param length its bytes
     * @param to where it begins in the copy
     */
    void part(long at, long length, long to) throws IOException {
        copy.position(to);
        for (long done = 0; done < length; ) {
            long copied = original.transferTo(at + done, length - done, copy);
            if (copied <= 0) {
                throw new IOException(from + " became shorter while it was read");
            }
            done += copied;
        }
    }

    /** Bytes in the place of any that are there. */
    void write(Iterable<Change> changes) throws IOException {
        for (Change change : changes) {
            write(change.at(), change.bytes());
        }
    }

    /** Bytes in the place of any that are there. */
    void write(long at, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            copy.write(buffer, at + buffer.position());
        }
    }

    /** What the copy has at a place. */
    byte[] read(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (copy.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the copy of " + from + " became shorter while it was read");
            }
        }
        return buffer.array();
    }
}
