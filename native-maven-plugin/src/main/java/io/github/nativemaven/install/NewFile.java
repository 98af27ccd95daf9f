package io.github.nativemaven.install;

import io.github.nativemaven.wheel.RecordFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to install.
 *
 * @param target where it shall be, absolute
 * @param root the directory of the environment that it is below, absolute
 * @param content its bytes
 * @param executable whether it is a program
 * @param expected the digest that its content must have
 */
record NewFile(Path target, Path root, Content content, boolean executable, Optional<RecordFile.Hash> expected) {

    /** Bytes that can be read once or more. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    static NewFile of(Path root, String path, byte[] content) {
        return of(root, path, content, false);
    }

    static NewFile of(Path root, String path, String content) {
        return of(root, path, content.getBytes(StandardCharsets.UTF_8), false);
    }

    static NewFile of(Path root, String path, byte[] content, boolean executable) {
        return new NewFile(
                root.resolve(path).normalize(),
                root,
                () -> new ByteArrayInputStream(content),
                executable,
                Optional.empty());
    }

    /** The digest that its content has, or must have. */
    RecordFile.Hash hash() throws IOException {
        if (expected.isPresent()) {
            return expected.get();
        }
        try (InputStream stream = content.open()) {
            return RecordFile.Hash.sha256(stream.readAllBytes());
        }
    }
}
