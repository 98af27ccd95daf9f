package io.github.nativemaven.binary;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of which parts are read into memory, each checked against the file's size before anything is allocated.
 *
 * <p>Positioned reads instead of a mapping: a mapped file can't be deleted on Windows until it is collected, and one that
 * shrinks while it is mapped ends the JVM.
 */
final class BoundedFile implements Closeable {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final int WINDOW = 64 * 1024;
    private static final int WHOLE = 1024 * 1024;

    private final Path path;
    private final SeekableByteChannel channel;
    private final long size;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private Block window;
    private long windowBudget;

    BoundedFile(Path path, SeekableByteChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.windowBudget = 64L * WHOLE + 16 * size;
    }

    static BoundedFile open(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ);
        try {
            return new BoundedFile(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** The file's size in bytes. */
    long size() {
        return size;
    }

    /** The byte order of all blocks that are read from now on. */
    BoundedFile order(ByteOrder order) {
        this.order = order;
        this.window = null;
        return this;
    }

    ByteOrder order() {
        return order;
    }

    MalformedBinaryException malformed(long offset, String reason) {
        return new MalformedBinaryException(path, offset, reason);
    }

    /**
     * Reads a part of the file.
     *
     * @param offset its first byte; a negative number is one too large for a signed 64-bit number
     * @param length its bytes, likewise
     * @param what what it is, for the reason
     * @throws MalformedBinaryException when it is not wholly within the file
     */
    Block block(long offset, long length, String what) throws IOException {
        check(offset, length, what);
        if (length > LARGEST_ARRAY) {
            throw malformed(offset, what + " of " + length + " bytes is too large");
        }
        byte[] bytes = new byte[(int) length];
        channel.position(offset);
        for (int at = 0; at < bytes.length; ) {
            // The channel copies through a buffer of its own, which is as large as what is asked for at once.
            int read = channel.read(ByteBuffer.wrap(bytes, at, Math.min(WINDOW, bytes.length - at)));
            if (read < 0) {
                throw malformed(offset + at, "the file became shorter while it was read");
            }
            at += read;
        }
        return new Block(path, offset, bytes, order);
    }

    private void check(long offset, long length, String what) {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw malformed(
                    Math.min(Math.max(offset, 0), size),
                    what + " of " + Long.toUnsignedString(length) + " bytes at " + Long.toUnsignedString(offset)
                            + " reaches beyond the file's end at " + size);
        }
    }

    /** Reads up to {@code most} bytes, fewer where the file ends before. */
    Block blockUpTo(long offset, long most, String what) throws IOException {
        long rest = offset < 0 || offset > size ? 0 : size - offset;
        return block(offset, Math.min(most, rest), what);
    }

    /** An unsigned 32-bit number, read through a window: cheap where the next one is near. */
    long u32(long offset, String what) throws IOException {
        Block near = near(offset, 4, what);
        return near.u32(offset - near.base());
    }

    /** A 64-bit number, read through a window. */
    long u64(long offset, String what) throws IOException {
        Block near = near(offset, 8, what);
        return near.u64(offset - near.base());
    }

    /**
     * A text that ends with a zero byte, read through a window.
     *
     * @throws MalformedBinaryException when it does not end within 64 KiB, or is beyond the budget
     */
    String string(long offset, NameBudget budget, String what) throws IOException {
        Block near = near(offset, 1, what);
        if (near.lengthOfString(offset - near.base()) < 0) {
            near = window = load(offset, what);
        }
        return near.string(offset - near.base(), budget, what);
    }

    private Block near(long offset, int length, String what) throws IOException {
        check(offset, length, what);
        if (window == null || offset < window.base() || offset + length > window.base() + window.length()) {
            window = size <= WHOLE ? block(0, size, what) : load(offset, what);
        }
        return window;
    }

    /** Small numbers that lead to and fro through a large file must not read it again and again. */
    private Block load(long offset, String what) throws IOException {
        Block loaded = block(offset, Math.min(WINDOW, size - offset), what);
        windowBudget -= loaded.length();
        if (windowBudget < 0) {
            throw malformed(offset, what + " is scattered over the file too widely");
        }
        return loaded;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
