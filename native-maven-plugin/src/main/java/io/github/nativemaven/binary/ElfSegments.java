package io.github.nativemaven.binary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program headers: what the loader maps, and thereby where in the file an address is.
 *
 * @see <a href="https://gabi.xinuos.com/elf/07-pheader.html">System V ABI, program header</a>
 */
final class ElfSegments {
    static final int LOAD = 1;
    static final int DYNAMIC = 2;
    static final int INTERPRETER = 3;
    static final int HEADERS = 6;
    static final int STACK = 0x6474e551;
    /** A flag. */
    static final int EXECUTABLE = 1;

    /**
     * One program header; sizes and places in bytes.
     *
     * @param at where in the file the header itself is
     */
    record Segment(
            long at, int type, int flags, long offset, long address, long fileSize, long memorySize, long alignment) {

        /** Whether these bytes of memory come from the file. */
        boolean holds(long from, long length) {
            return address >= 0 && from >= address && length <= fileSize && from - address <= fileSize - length;
        }
    }

    /** Each address is looked up in all of them. The kernel takes no more bytes of headers, linkers make a dozen. */
    private static final int MOST_OF_HEADERS = 0x10000;

    private final BoundedFile file;
    private final List<Segment> all;

    private ElfSegments(BoundedFile file, List<Segment> all) {
        this.file = file;
        this.all = all;
    }

    static ElfSegments read(BoundedFile file, ElfHeader header) throws IOException {
        int size = header.wide() ? 56 : 32;
        if (header.segments() > 0 && header.segmentSize() != size) {
            throw file.malformed(
                    header.wide() ? 54 : 42, "program headers of " + header.segmentSize() + " bytes, expected " + size);
        }
        if (header.segments() * size > MOST_OF_HEADERS) {
            throw file.malformed(0, header.segments() + " program headers, more than any loader takes");
        }
        Block table = file.block(header.segmentsAt(), header.segments() * size, "the program header table");
        List<Segment> segments = new ArrayList<>((int) header.segments());
        for (int at = 0; at < table.length(); at += size) {
            segments.add(header.wide() ? wide(table, at) : narrow(table, at));
        }
        return new ElfSegments(file, segments);
    }

    private static Segment wide(Block table, long at) {
        return new Segment(
                table.base() + at,
                (int) table.u32(at),
                (int) table.u32(at + 4),
                table.u64(at + 8),
                table.u64(at + 16),
                table.u64(at + 32),
                table.u64(at + 40),
                table.u64(at + 48));
    }

    private static Segment narrow(Block table, long at) {
        return new Segment(
                table.base() + at,
                (int) table.u32(at),
                (int) table.u32(at + 24),
                table.u32(at + 4),
                table.u32(at + 8),
                table.u32(at + 16),
                table.u32(at + 20),
                table.u32(at + 28));
    }

    List<Segment> all() {
        return all;
    }

    Optional<Segment> first(int type) {
        for (Segment segment : all) {
            if (segment.type() == type) {
                return Optional.of(segment);
            }
        }
        return Optional.empty();
    }

    /** Reads what the loader would have at an address. */
    Block at(long address, long length, String what) throws IOException {
        for (Segment segment : all) {
            if (segment.type() == LOAD && segment.holds(address, length)) {
                return file.block(segment.offset() + (address - segment.address()), length, what);
            }
        }
        throw file.malformed(
                0,
                what + " of " + Long.toUnsignedString(length) + " bytes at address 0x" + Long.toHexString(address)
                        + " is in no segment that is loaded from the file");
    }

    /** How many bytes from an address on come from the file, in the address's segment; 0 where it is in none. */
    long available(long address) {
        for (Segment segment : all) {
            if (segment.type() == LOAD && segment.holds(address, 1)) {
                return segment.fileSize() - (address - segment.address());
            }
        }
        return 0;
    }
}
