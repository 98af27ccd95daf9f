package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A wheel that has been written.
 *
 * @param file where it is
 * @param name its name, which is its file name
 * @param size in bytes
 * @param audit what was found out about the systems that it runs on; Linux only
 * @param takenIn the libraries that were copied into it, where they lie on this machine
 * @param materials the bill of materials of the Rust crates in it; CycloneDX, JSON
 */
public record PackedWheel(
        Path file,
        WheelName name,
        long size,
        Optional<AuditResult> audit,
        List<Path> takenIn,
        Optional<Path> materials) {
    /** The same wheel in another directory, where it appears whole. One that is there and the same stays. */
    public PackedWheel publishedTo(Path directory) throws IOException {
        Path published = directory.resolve(file.getFileName());
        if (!Files.exists(published) || Files.mismatch(file, published) >= 0) {
            AtomicFiles.write(published, aside -> Files.copy(file, aside));
        }
        return new PackedWheel(published, name, size, audit, takenIn, materials);
    }

    /** The classifier of its Maven artifact: its tag with one platform, {@code cp311-cp311-manylinux_2_17_x86_64}. */
    public String classifier() {
        WheelTag tag = name.tag();
        return String.join(".", tag.interpreters())
                + "-"
                + String.join(".", tag.abis())
                + "-"
                + tag.platforms().get(0);
    }
}
