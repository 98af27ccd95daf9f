package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes changed copies of Mach-O files, of universal ones slice by slice.
 *
 * <p>What is changed is signed anew (ad hoc) where it was signed, or where its machine loads nothing else: 64-bit ARM. What
 * isn't changed stays as it is, to the byte, with its signature.
 */
public final class MachOPatcher {
    /** The largest page of any machine, as a power of two. */
    private static final int MOST_ALIGNMENT = 15;

    private static final long MOST_OF_32_BITS = 0xffff_ffffL;

    private final BoundedFile file;
    private final MachOPatch patch;

    private MachOPatcher(BoundedFile file, MachOPatch patch) {
        this.file = file;
        this.patch = patch;
    }

    /**
     * Copies a file, changed.
     *
     * @param from the file
     * @param to the copy, which must not be there yet
     * @throws MalformedBinaryException when it is no Mach-O file, or is damaged
     * @throws HeaderFullException when the load commands don't fit before the first section
     * @throws java.nio.file.FileAlreadyExistsException when the copy is there
     * @throws IOException when one can't be read or the other not be written; then no copy is left
     */
    public static void patch(Path from, Path to, MachOPatch patch) throws IOException {
        try (BoundedFile file = BoundedFile.open(from)) {
            new MachOPatcher(file, patch).copy(to);
        }
    }

    private void copy(Path to) throws IOException {
        BinaryFile read = BinaryReader.read(file);
        if (read instanceof MachOFile) {
            MachOSlice slice = new MachOSlice(file, 0, file.size(), patch);
            ChangedCopy.make(file.path(), to, copy -> slice.write(copy, 0));
        } else if (read instanceof MachOUniversal) {
            copyUniversal(to);
        } else {
            throw file.malformed(0, "no Mach-O file");
        }
    }

    /** A slice, and its row in the table. */
    private record Row(MachOSlice slice, Block old, int alignment) {}

    private void copyUniversal(Path to) throws IOException {
        Block head = file.order(ByteOrder.BIG_ENDIAN).block(0, 8, "the universal header");
        boolean wide = (int) head.u32(0) == MachOReader.FAT_64;
        int size = wide ? 32 : 20;
        int word = wide ? 8 : 4;
        Block table = file.block(8, head.u32(4) * size, "the table of slices");
        List<Row> rows = new ArrayList<>();
        for (int at = 0; at < table.length(); at += size) {
            Block row = table.part(at, size, "a slice's row");
            MachOSlice slice = new MachOSlice(file, row.word(8, wide), row.word(8L + word, wide), patch);
            rows.add(new Row(slice, row, (int) Math.min(row.u32(8L + 2L * word), MOST_ALIGNMENT)));
        }
        if (rows.stream().noneMatch(row -> row.slice().changed())) {
            ChangedCopy.make(file.path(), to, ChangedCopy::whole);
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(8 + table.length());
        bytes.put(head.bytes());
        List<Long> places = new ArrayList<>();
        long end = bytes.capacity();
        for (Row row : rows) {
            long place = align(end, row.alignment());
            places.add(place);
            end = place + row.slice().newLength();
            if (!wide && end > MOST_OF_32_BITS) {
                throw file.malformed(0, "too large for a universal file of this kind: more than 4 GB");
            }
            bytes.put(row.old().part(0, 8, "a machine").bytes());
            putWord(bytes, wide, place);
            putWord(bytes, wide, row.slice().newLength());
            bytes.putInt(row.alignment());
            bytes.put(row.old()
                    .part(12L + 2L * word, size - 12L - 2L * word, "what is reserved")
                    .bytes());
        }
        ChangedCopy.make(file.path(), to, copy -> {
            copy.write(0, bytes.array());
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).slice().write(copy, places.get(i));
            }
        });
    }

    private static void putWord(ByteBuffer bytes, boolean wide, long value) {
        if (wide) {
            bytes.putLong(value);
        } else {
            bytes.putInt((int) value);
        }
    }

    private static long align(long at, int bits) {
        return at + (1L << bits) - 1 & -(1L << bits);
    }
}
