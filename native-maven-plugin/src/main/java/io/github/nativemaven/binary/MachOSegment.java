package io.github.nativemaven.binary;

/**
 * A segment of a Mach-O file: what of the file is where in memory. Places in the file are relative to the slice.
 *
 * @param name {@code __TEXT}
 * @param address where it is in memory
 * @param memorySize its bytes there
 * @param offset where it is in the file
 * @param fileSize its bytes there
 */
record MachOSegment(String name, long address, long memorySize, long offset, long fileSize) {
    private static final int NAME = 16;
    private static final int SECTION_TYPE = 0xff;
    private static final int ZERO_FILL = 0x1;
    private static final int LARGE_ZERO_FILL = 0xc;
    private static final int THREAD_ZERO_FILL = 0x12;

    static boolean is(Block command) {
        int type = MachOCommands.type(command);
        return type == MachOReader.LC_SEGMENT || type == MachOReader.LC_SEGMENT_64;
    }

    /** Of a load command. */
    static MachOSegment of(Block command) {
        boolean wide = isWide(command);
        int word = wide ? 8 : 4;
        return new MachOSegment(
                name(command, 8),
                command.word(24, wide),
                command.word(24 + word, wide),
                command.word(24 + 2L * word, wide),
                command.word(24 + 3L * word, wide));
    }

    private static boolean isWide(Block command) {
        return MachOCommands.type(command) == MachOReader.LC_SEGMENT_64;
    }

    /** A name that fills its 16 bytes, or ends with a zero before. */
    private static String name(Block command, long at) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME && command.u8(at + i) != 0; i++) {
            name.append((char) command.u8(at + i));
        }
        return name.toString();
    }

    /** A section of a segment: its place and size in the file. */
    record Section(String name, long offset, long size) {}

    /** Takes the sections that are in the file. */
    interface Sections {
        void take(Section section);
    }

    /** Goes through the sections of a segment's load command that are in the file. */
    static void sections(Block command, Sections sections) {
        boolean wide = isWide(command);
        int word = wide ? 8 : 4;
        int size = wide ? 80 : 68;
        long at = 40 + 4L * word;
        for (long left = command.u32(24 + 4L * word + 8); left > 0; left--) {
            long length = command.word(at + 32 + word, wide);
            long offset = command.u32(at + 32 + 2L * word);
            int type = (int) command.u32(at + 32 + 2L * word + 16) & SECTION_TYPE;
            boolean inFile = type != ZERO_FILL && type != LARGE_ZERO_FILL && type != THREAD_ZERO_FILL;
            if (inFile && offset != 0 && length != 0) {
                sections.take(new Section(name(command, at), offset, length));
            }
            at += size;
        }
    }
}
