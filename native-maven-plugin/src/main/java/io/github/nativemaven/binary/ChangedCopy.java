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
import java.util.List;
import java.util.Set;

/** A file's copy in which some bytes are others, and more may follow. */
final class ChangedCopy {
    private ChangedCopy() {}

    /**
     * Bytes to be written.
     *
     * @param at their place, in bytes from the file's start; beyond its end, zeros are between
     */
    record Change(long at, byte[] bytes) {}

    /**
     * Writes it.
     *
     * @throws FileAlreadyExistsException when the copy is there
     * @throws IOException when one can't be read or the other not be written; then no copy is left
     */
    static void write(Path from, Path to, List<Change> changes) throws IOException {
        // A copy by the system would have the original's mode from the start, which may be one that nobody writes to.
        try (FileChannel copy = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(from, copy);
            for (Change change : changes) {
                write(copy, change);
            }
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

    private static void copy(Path from, FileChannel to) throws IOException {
        try (FileChannel original = FileChannel.open(from)) {
            long size = original.size();
            for (long at = 0; at < size; ) {
                long copied = original.transferTo(at, size - at, to);
                if (copied <= 0) {
                    throw new IOException(from + " became shorter while it was read");
                }
                at += copied;
            }
        }
    }

    private static void write(FileChannel copy, Change change) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(change.bytes());
        while (bytes.hasRemaining()) {
            copy.write(bytes, change.at() + bytes.position());
        }
    }
}
