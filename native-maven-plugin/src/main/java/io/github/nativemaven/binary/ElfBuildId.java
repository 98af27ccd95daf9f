package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ElfSegments.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** The number by which linkers mark what they make, and by which debuggers find what belongs to it. */
public final class ElfBuildId {
    private static final int NOTES = 4;
    private static final int BUILD_ID = 3;
    private static final byte[] GNU = "GNU\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_OF_NOTES = 64 * 1024;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 64;

    private ElfBuildId() {}

    /**
     * A file's build id, as hexadecimal digits; empty where it has none, or one of less than two bytes.
     *
     * @throws MalformedBinaryException when it is no ELF file, or is damaged
     */
    public static Optional<String> read(Path path) throws IOException {
        try (BoundedFile file = BoundedFile.open(path)) {
            if (!(BinaryReader.read(file) instanceof ElfFile)) {
                throw file.malformed(0, "no ELF file");
            }
            ElfHeader header = ElfHeader.read(file);
            for (Segment segment : ElfSegments.read(file, header).all()) {
                if (segment.type() == NOTES && segment.fileSize() > 0) {
                    long size = Math.min(segment.fileSize(), MOST_OF_NOTES);
                    Optional<String> id = find(file.block(segment.offset(), size, "the notes"));
                    if (id.isPresent()) {
                        return id;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<String> find(Block notes) {
        for (long at = 0; at + 12 <= notes.length(); ) {
            long nameSize = notes.u32(at);
            long size = notes.u32(at + 4);
            long value = at + 12 + align(nameSize);
            if (notes.u32(at + 8) == BUILD_ID && nameSize == GNU.length && notes.startsWith(at + 12, GNU)) {
                return size < SHORTEST || size > LONGEST
                        ? Optional.empty()
                        : Optional.of(HexFormat.of()
                                .formatHex(
                                        notes.part(value, size, "the build id").bytes()));
            }
            at = value + align(size);
        }
        return Optional.empty();
    }

    private static long align(long size) {
        return size + 3 & ~3L;
    }
}
