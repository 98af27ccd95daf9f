package io.github.nativemaven.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses one entry after the other, each in memory, with buffers that are used again. For one thread at a time. */
final class Press {
    static final int BUFFER = 64 * 1024;

    private final boolean stored;
    private final Deflater deflater;
    private final byte[] input = new byte[BUFFER];
    private final MessageDigest sha256 = ZipWriter.sha256();
    private final CRC32 crc = new CRC32();
    private byte[] output = new byte[BUFFER];
    private int length;
    private ZipWriter.Digest digest;

    /** @param level how hard to compress, from 0 for not at all to 9 */
    Press(int level) {
        this.stored = level == 0;
        this.deflater = new Deflater(level, true);
    }

    /** Reads and compresses a content. What came of the one before is gone. */
    Press press(Content content) throws IOException {
        deflater.reset();
        crc.reset();
        length = 0;
        long size = 0;
        try (InputStream in = content.open()) {
            for (int read; (read = in.read(input)) >= 0; size += read) {
                sha256.update(input, 0, read);
                crc.update(input, 0, read);
                if (stored) {
                    store(read);
                } else {
                    deflater.setInput(input, 0, read);
                    drain();
                }
            }
        }
        if (!stored) {
            deflater.finish();
            drain();
        }
        digest = new ZipWriter.Digest(sha256.digest(), size);
        return this;
    }

    private void store(int read) {
        while (output.length - length < read) {
            output = Arrays.copyOf(output, 2 * output.length);
        }
        System.arraycopy(input, 0, output, length, read);
        length += read;
    }

    private void drain() {
        while (!deflater.finished()) {
            if (length == output.length) {
                output = Arrays.copyOf(output, 2 * length);
            }
            int made = deflater.deflate(output, length, output.length - length);
            length += made;
            if (made == 0 && deflater.needsInput()) {
                return;
            }
        }
    }

    /** The compressed bytes, which are the first {@link #length} of these. */
    byte[] bytes() {
        return output;
    }

    int length() {
        return length;
    }

    long crc() {
        return crc.getValue();
    }

    ZipWriter.Digest digest() {
        return digest;
    }

    /** Gives back what isn't Java's own memory. */
    void close() {
        deflater.end();
    }
}
