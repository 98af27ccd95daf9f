package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The ELF header.
 *
 * @param wide whether it is a 64-bit file
 * @param order the byte order of all that follows
 * @param type {@code e_type}: 2 a program at a fixed address, 3 a library or a program
 * @param machine {@code e_machine}
 * @param flags {@code e_flags}
 * @param segmentsAt {@code e_phoff}, bytes from the file's start
 * @param segmentSize {@code e_phentsize}
 * @param segments how many program headers follow
 * @param sectionsAt {@code e_shoff}, bytes from the file's start; 0 where there is no table
 * @param sectionSize {@code e_shentsize}
 * @param sections how many section headers there are
 * @see <a href="https://gabi.xinuos.com/elf/02-eheader.html">System V ABI, ELF header</a>
 */
record ElfHeader(
        boolean wide,
        ByteOrder order,
        int type,
        int machine,
        long flags,
        long segmentsAt,
        int segmentSize,
        long segments,
        long sectionsAt,
        int sectionSize,
        long sections) {

    private static final int MANY_SEGMENTS = 0xffff;

    /** Reads it, and sets the file's byte order. */
    static ElfHeader read(BoundedFile file) throws IOException {
        Block ident = file.block(0, 16, "the ELF identification");
        if (ident.u8(4) != 1 && ident.u8(4) != 2) {
            throw ident.malformed(4, "ELF class " + ident.u8(4) + " is neither 32 nor 64 bit");
        }
        if (ident.u8(5) != 1 && ident.u8(5) != 2) {
            throw ident.malformed(5, "ELF data encoding " + ident.u8(5) + " is neither little nor big endian");
        }
        boolean wide = ident.u8(4) == 2;
        file.order(ident.u8(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Block header = file.block(0, wide ? 64 : 52, "the ELF header");
        int word = wide ? 8 : 4;
        int afterAddresses = 24 + 3 * word;
        return new ElfHeader(
                        wide,
                        file.order(),
                        header.u16(16),
                        header.u16(18),
                        header.u32(afterAddresses),
                        header.word(24 + word, wide),
                        header.u16(afterAddresses + 6),
                        header.u16(afterAddresses + 8),
                        header.word(24 + 2 * word, wide),
                        header.u16(afterAddresses + 10),
                        header.u16(afterAddresses + 12))
                .withLargeCounts(file);
    }

    /** Counts that don't fit the header stand in the first section header. */
    private ElfHeader withLargeCounts(BoundedFile file) throws IOException {
        if (segments != MANY_SEGMENTS && (sections != 0 || sectionsAt == 0)) {
            return this;
        }
        Block first = file.block(sectionsAt, wide ? 64 : 40, "the first section header");
        return new ElfHeader(
                wide,
                order,
                type,
                machine,
                flags,
                segmentsAt,
                segmentSize,
                segments == MANY_SEGMENTS ? first.u32(wide ? 44 : 28) : segments,
                sectionsAt,
                sectionSize,
                sections == 0 ? first.word(wide ? 32 : 20, wide) : sections);
    }
}
