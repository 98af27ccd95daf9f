package io.github.nativemaven.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A part of a large content, compressed by itself and knowing only the end of the part before: parts of one content can
 * be compressed side by side, and one behind the other they are one stream. For one thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951, DEFLATE</a>
 */
final class Block {
    /** How large each part is but the last: what is compressed must not depend on how many processors there are. */
    static final int SIZE = 512 * 1024;

    /** How far back deflate looks. */
    private static final int WINDOW = 32 * 1024;

    private static final int OVERHEAD = 4096;

    private final Deflater deflater;
    /** The end of the part before, then the part. */
    private final byte[] input = new byte[WINDOW + SIZE];

    private byte[] output = new byte[SIZE + OVERHEAD];
    private int known;
    private int size;
    private int length;

    /** @param level how hard to compress, from 1 to 9 */
    Block(int level) {
        this.deflater = new Deflater(level, true);
    }

    /**
     * Takes the next part.
     *
     * @param before the part before, or null for the first; it is only read
     * @return how many bytes it has: fewer than {@link #SIZE} only at the end of the content
     */
    int fill(InputStream in, Block before) throws IOException {
        known = before == null ? 0 : Math.min(WINDOW, before.size);
        if (before != null) {
            System.arraycopy(before.input, WINDOW + before.size - known, input, WINDOW - known, known);
        }
        size = in.readNBytes(input, WINDOW, SIZE);
        return size;
    }

    /** Where the part's bytes are. */
    byte[] input() {
        return input;
    }

    /** Where the first of them is. */
    int inputAt() {
        return WINDOW;
    }

    /** Compresses it. */
    Block press() {
        boolean last = size < SIZE;
        deflater.reset();
        if (known > 0) {
            deflater.setDictionary(input, WINDOW - known, known);
        }
        deflater.setInput(input, WINDOW, size);
        if (last) {
            deflater.finish();
        }
        length = 0;
        do {
            if (length == output.length) {
                output = Arrays.copyOf(output, 2 * length);
            }
            int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
            length += deflater.deflate(output, length, output.length - length, flush);
        } while (length == output.length);
        return this;
    }

    /** What came of it; the first {@link #length} bytes. */
    byte[] output() {
        return output;
    }

    int length() {
        return length;
    }

    /** Gives back what isn't Java's own memory. */
    void close() {
        deflater.end();
    }
}
