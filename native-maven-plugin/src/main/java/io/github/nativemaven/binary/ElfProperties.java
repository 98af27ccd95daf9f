package io.github.nativemaven.binary;

import java.io.IOException;

/**
 * What a file says of itself in notes, of which glibc since 2.33 heeds one: the instructions that it needs.
 *
 * @see <a href="https://gitlab.com/x86-psABIs/x86-64-ABI">x86-64 psABI, program property</a>
 */
final class ElfProperties {
    private static final int PROPERTY_SEGMENT = 0x6474e553;
    private static final int NOTE_SEGMENT = 4;
    private static final long PROPERTY_NOTE = 5;
    private static final long GNU = 0x554e47;
    private static final int HEADER = 12;
    private static final long X86_ISA_NEEDED = 0xc0008002L;
    private static final int LEVELS = 4;
    /** Some hundred bytes are common; a note may also hold whatever its writer likes. */
    private static final int MOST_OF_NOTES = 1024 * 1024;

    private final Block notes;
    private final int alignment;

    private ElfProperties(Block notes, boolean wide) {
        this.notes = notes;
        this.alignment = wide ? 8 : 4;
    }

    /**
     * Which level of the x86-64 instructions a file needs: 2 for {@code x86-64-v2}, to 4; 1 for the first, which every such
     * machine has, and where the file doesn't say. As to the loader, what is no proper note says nothing.
     */
    static int x86Level(BoundedFile file, ElfHeader header, ElfSegments segments) throws IOException {
        ElfSegments.Segment segment = segments.first(PROPERTY_SEGMENT)
                .or(() -> segments.first(NOTE_SEGMENT))
                .orElse(null);
        if (segment == null || segment.fileSize() <= 0 || segment.fileSize() > MOST_OF_NOTES) {
            return 1;
        }
        Block notes = file.blockUpTo(segment.offset(), segment.fileSize(), "the notes");
        return new ElfProperties(notes, header.wide()).level();
    }

    private int level() {
        for (long at = 0; at <= notes.length() - HEADER; ) {
            long nameSize = notes.u32(at);
            long size = notes.u32(at + 4);
            long data = at + HEADER + aligned(nameSize, 4);
            if (data + size > notes.length()) {
                return 1;
            }
            if (nameSize == 4 && notes.u32(at + HEADER) == GNU && notes.u32(at + 8) == PROPERTY_NOTE) {
                return level(data, data + size);
            }
            at = data + aligned(size, alignment);
        }
        return 1;
    }

    private int level(long from, long end) {
        for (long at = from; at <= end - 8; ) {
            long size = notes.u32(at + 4);
            if (notes.u32(at) == X86_ISA_NEEDED && size == 4 && at + 12 <= end) {
                return highest(notes.u32(at + 8));
            }
            at += 8 + aligned(size, alignment);
        }
        return 1;
    }

    /** One bit for each level. */
    private static int highest(long bits) {
        for (int level = LEVELS; level > 1; level--) {
            if ((bits >> (level - 1) & 1) != 0) {
                return level;
            }
        }
        return 1;
    }

    private static long aligned(long size, int alignment) {
        return (size + alignment - 1) / alignment * alignment;
    }
}
