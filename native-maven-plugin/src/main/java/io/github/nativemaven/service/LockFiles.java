package io.github.nativemaven.service;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The lock files that cargo may write while it is only asked, as they were before: whoever looks changes nothing. */
final class LockFiles {
    private final Map<Path, Optional<byte[]>> before = new LinkedHashMap<>();

    private LockFiles() {}

    /** Those beside every Cargo.toml in a crate's directory and above it, where its workspace may be. */
    static LockFiles of(Path crate) {
        LockFiles files = new LockFiles();
        for (Path above = crate; above != null; above = above.getParent()) {
            if (Files.isRegularFile(above.resolve("Cargo.toml"))) {
                Path lock = above.resolve("Cargo.lock");
                files.before.put(lock, read(lock));
            }
        }
        return files;
    }

    /** Makes them again what they were. */
    void restore() {
        before.forEach((lock, bytes) -> {
            try {
                if (bytes.isPresent()) {
                    AtomicFiles.writeIfChanged(lock, bytes.get());
                } else {
                    Files.deleteIfExists(lock);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<byte[]> read(Path lock) {
        try {
            return Optional.of(Files.readAllBytes(lock));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
