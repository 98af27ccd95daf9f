package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ChangedCopy.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** A changed file that is only in memory: what is between its parts takes no room. */
final class ChangedBytes implements SeekableByteChannel {
    private final byte[] original;
    private final List<Change> changes;
    private final long size;
    private long position;

    ChangedBytes(byte[] original, List<Change> changes) {
        this.original = original;
        this.changes = changes;
        this.size = changes.stream()
                .mapToLong(change -> change.at() + change.bytes().length)
                .reduce(original.length, Math::max);
    }

    /** All of it. */
    byte[] bytes() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(size));
        position(0).read(all);
        return all.array();
    }

    @Override
    public int read(ByteBuffer to) {
        if (position >= size) {
            return -1;
        }
        byte[] part = new byte[(int) Math.min(to.remaining(), size - position)];
        overlay(part, 0, original);
        changes.forEach(change -> overlay(part, change.at(), change.bytes()));
        to.put(part);
        position += part.length;
        return part.length;
    }

    /** Copies what of some bytes at a place of the file lies in the part that begins at the position. */
    private void overlay(byte[] part, long at, byte[] bytes) {
        long from = Math.max(at, position);
        long to = Math.min(at + bytes.length, position + part.length);
        if (from < to) {
            System.arraycopy(bytes, (int) (from - at), part, (int) (from - position), (int) (to - from));
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
