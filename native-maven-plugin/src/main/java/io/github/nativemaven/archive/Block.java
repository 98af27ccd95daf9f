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

    /** Enough to see that nothing can be made smaller, and little beside a part. */
    private static final int SAMPLES = 4;

    private static final int SAMPLE = 8 * 1024;
    private static final int LEAST_GAIN = 64;

    /** Of what is stored, deflate has so many bytes at once. */
    private static final int STORED = 0xffff;

    private static final int STORED_HEADER = 5;

    private final Deflater deflater;
    private final Deflater quick = new Deflater(Deflater.BEST_SPEED, true);
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

    /** Compresses it; what was compressed before, or is random, is stored as it is, which is much quicker to find out. */
    Block press() {
        boolean last = size < SIZE;
        if (size >= SAMPLES * SAMPLE && isRandom()) {
            store(last);
            return this;
        }
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

    private boolean isRandom() {
        int made = 0;
        for (int i = 0; i < SAMPLES; i++) {
            quick.reset();
            quick.setInput(input, WINDOW + i * (size / SAMPLES), SAMPLE);
            quick.finish();
            while (!quick.finished()) {
                made += quick.deflate(output, 0, output.length);
            }
        }
        return made > SAMPLES * (SAMPLE - SAMPLE / LEAST_GAIN);
    }

    /** The part before has ended at a whole byte, and so does this. */
    private void store(boolean last) {
        length = 0;
        for (int at = 0; at < size; at += STORED) {
            int some = Math.min(STORED, size - at);
            output[length] = (byte) (last && at + some == size ? 1 : 0);
            output[length + 1] = (byte) some;
            output[length + 2] = (byte) (some >> 8);
            output[length + 3] = (byte) ~some;
            output[length + 4] = (byte) (~some >> 8);
            System.arraycopy(input, WINDOW + at, output, length + STORED_HEADER, some);
            length += STORED_HEADER + some;
        }
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
        quick.end();
    }
}
