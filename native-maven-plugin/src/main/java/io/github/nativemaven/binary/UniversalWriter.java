package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Puts Mach-O files for several machines into one. Each stays as it is, to the byte, so that its signature holds.
 *
 * @see <a href="https://developer.apple.com/documentation/apple-silicon/building-a-universal-macos-binary">universal
 *     binaries</a>
 */
public final class UniversalWriter {
    private static final int HEADER = 8;
    private static final int ENTRY = 20;

    /** Places and sizes are numbers of 32 bits without a sign. */
    private static final long MOST = 0xffff_ffffL;

    /** A page of 64-bit ARM: 2^14 bytes. What begins there begins on a page of every machine. */
    private static final int PAGE_BITS = 14;

    private UniversalWriter() {}

    /**
     * Writes the file.
     *
     * @param slices files for one machine each, at most 4 GB together
     * @param file where to; replaced where it is there
     * @throws MalformedBinaryException when a slice is no Mach-O file for one machine
     */
    public static void write(List<Path> slices, Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEADER + ENTRY * slices.size());
        head.putInt(MachOReader.FAT_32).putInt(slices.size());
        long at = aligned(head.capacity());
        for (Path slice : slices) {
            putEntry(head, slice, at);
            at = aligned(at + Files.size(slice));
        }
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(head.flip(), 0);
            long position = aligned(head.capacity());
            for (Path slice : slices) {
                position = aligned(position + append(slice, out.position(position)));
            }
        }
    }

    /** Piece by piece: libraries may be larger than the memory that a build has. */
    private static long append(Path slice, FileChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(slice)) {
            long size = in.size();
            for (long at = 0; at < size; ) {
                long copied = in.transferTo(at, size - at, out);
                if (copied <= 0) {
                    throw new IOException(slice + " became shorter while it was read");
                }
                at += copied;
            }
            return size;
        }
    }

    private static void putEntry(ByteBuffer head, Path slice, long at) throws IOException {
        try (BoundedFile bounded = BoundedFile.open(slice)) {
            if (!(BinaryReader.read(bounded) instanceof MachOFile)) {
                throw new MalformedBinaryException(slice, 0, "no Mach-O file for one machine");
            }
            Block start = bounded.order(ByteOrder.LITTLE_ENDIAN).block(0, 12, "the header");
            head.putInt((int) start.u32(4)).putInt((int) start.u32(8));
        }
        long size = Files.size(slice);
        if (at + size > MOST) {
            throw new MalformedBinaryException(
                    slice, 0, "too large for a universal file: more than 4 GB with the others");
        }
        head.putInt((int) at).putInt((int) size).putInt(PAGE_BITS);
    }

    private static long aligned(long position) {
        long page = 1L << PAGE_BITS;
        return (position + page - 1) / page * page;
    }
}
