package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Reads files that are only in memory. */
final class Images {
    private Images() {}

    static BinaryFile read(byte[] bytes) throws IOException {
        try (BoundedFile file = new BoundedFile(Path.of("image"), new SeekableInMemoryByteChannel(bytes))) {
            return BinaryReader.read(file);
        }
    }

    /** Reads everything that there is to read; damage is an expected outcome. */
    static boolean readsWhole(byte[] bytes) throws IOException {
        try {
            BinaryFile read = read(bytes);
            read.exports("");
            read.exports("PyInit_");
            read.imports();
            read.needed();
            read.architectures();
            return true;
        } catch (MalformedBinaryException e) {
            if (e.offset() < 0 || e.offset() > bytes.length) {
                throw new AssertionError("a place that isn't in the file: " + e.getMessage(), e);
            }
            return false;
        }
    }
}
