package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/** A PE file's headers and table of sections, and where in the file an address is. */
final class PeHeader {
    static final int EXPORTS = 0;
    static final int IMPORTS = 1;
    /** The only directory that is a place in the file, and not an address. */
    static final int CERTIFICATES = 4;

    static final int BOUND_IMPORTS = 11;
    static final int DELAYED_IMPORTS = 13;

    /** Each name is looked up in all of them. Linkers make a dozen. */
    static final int MOST_SECTIONS = 256;

    static final int SECTION_SIZE = 40;

    private static final long PE_MAGIC = 0x00004550;
    private static final int PE32 = 0x10b;
    private static final int PE32_PLUS = 0x20b;
    private static final int COFF_SIZE = 24;

    private static final int MACHINE_I386 = 0x14c;
    private static final int MACHINE_ARMNT = 0x1c4;
    private static final int MACHINE_AMD64 = 0x8664;
    private static final int MACHINE_ARM64 = 0xaa64;

    private final BoundedFile file;
    private final Block coff;
    private final Block optional;
    private final boolean wide;
    private final Block directories;
    private final Block sections;

    PeHeader(BoundedFile file) throws IOException {
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
        long start = file.block(0, 64, "the DOS header").u32(60);
        this.coff = file.block(start, COFF_SIZE, "the PE header");
        if (coff.u32(0) != PE_MAGIC) {
            throw coff.malformed(0, "a DOS program, not a PE file");
        }
        int optionalSize = coff.u16(20);
        this.optional = file.block(start + COFF_SIZE, optionalSize, "the optional header");
        int magic = optional.u16(0);
        if (magic != PE32 && magic != PE32_PLUS) {
            throw optional.malformed(0, "optional header of unknown kind 0x" + Integer.toHexString(magic));
        }
        this.wide = magic == PE32_PLUS;
        int counted = wide ? 108 : 92;
        this.directories = optional.part(counted + 4, optional.u32(counted) * 8, "the table of data directories");
        if (coff.u16(6) > MOST_SECTIONS) {
            throw coff.malformed(6, coff.u16(6) + " sections, more than " + MOST_SECTIONS);
        }
        this.sections =
                file.block(start + COFF_SIZE + optionalSize, (long) coff.u16(6) * SECTION_SIZE, "the section table");
    }

    /** The header that begins with the machine's number, and whose place is that of {@code PE\0\0}. */
    Block coff() {
        return coff;
    }

    /** The header that says how the file is loaded. */
    Block optional() {
        return optional;
    }

    /** The headers of the sections, 40 bytes each. */
    Block sections() {
        return sections;
    }

    /** Whether it is of the kind PE32+, for 64 bits. */
    boolean wide() {
        return wide;
    }

    int characteristics() {
        return coff.u16(22);
    }

    Optional<Architecture> architecture() {
        return Optional.ofNullable(
                switch (coff.u16(4)) {
                    case MACHINE_AMD64 -> Architecture.X86_64;
                    case MACHINE_ARM64 -> Architecture.AARCH64;
                    case MACHINE_I386 -> Architecture.I686;
                    case MACHINE_ARMNT -> Architecture.ARMV7L;
                    default -> null;
                });
    }

    /** Where the image wants to be in memory. */
    long imageBase() {
        return wide ? optional.u64(24) : optional.u32(28);
    }

    long headersSize() {
        return optional.u32(60);
    }

    /** Where a table begins, relative to the image; 0 where there is none. */
    long directory(int index) {
        return hasDirectory(index) ? directories.u32(index * 8L) : 0;
    }

    /** A table's size in bytes; 0 where there is none. */
    long directorySize(int index) {
        return hasDirectory(index) ? directories.u32(index * 8L + 4) : 0;
    }

    /** Where in the file it stands where a table is, and of which size. */
    long directoryAt(int index) {
        return directories.base() + index * 8L;
    }

    private boolean hasDirectory(int index) {
        return directories.length() >= (index + 1) * 8;
    }

    /** Where in the file an address is. The address is relative to the image. */
    long offset(long address, String what) {
        for (int at = 0; at < sections.length(); at += SECTION_SIZE) {
            long into = address - sections.u32(at + 12);
            if (into >= 0 && into < sections.u32(at + 16)) {
                return sections.u32(at + 20) + into;
            }
        }
        if (address >= 0 && address < headersSize()) {
            return address;
        }
        throw file.malformed(
                0, what + " at address 0x" + Long.toHexString(address) + " is in no section that the file holds");
    }
}
