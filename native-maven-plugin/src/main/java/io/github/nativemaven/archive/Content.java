package io.github.nativemaven.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of an entry: a file that is read when it is written, or bytes that are there. */
public sealed interface Content {
    /** Opens the bytes; the caller closes. */
    InputStream open() throws IOException;

    /** How many bytes there are. */
    long size() throws IOException;

    /** A text, as UTF-8. */
    static Content of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file. */
    static Content of(Path file) {
        return new Stored(file);
    }

    /** Bytes that are there. Not copied. */
    record Bytes(byte[] bytes) implements Content {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long size() {
            return bytes.length;
        }
    }

    /** A file; a symbolic link stands for what it points to. */
    record Stored(Path file) implements Content {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public long size() throws IOException {
            return Files.size(file);
        }
    }
}
