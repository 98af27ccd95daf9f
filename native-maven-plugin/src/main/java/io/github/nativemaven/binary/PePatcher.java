package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ChangedCopy.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes changed copies of PE files.
 *
 * <p>What is there stays where it is. New names go into a section of their own at the file's end, and the import tables
 * lead to them: the old ones may be a part of others. A signature is dropped, because it no longer holds.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/debug/pe-format">PE format</a>
 */
public final class PePatcher {
    private static final byte[] SECTION_NAME = {'.', 'n', 'e', 'e', 'd', 'e', 'd', 0};
    private static final int INITIALIZED_DATA = 0x40;
    private static final int READ = 0x4000_0000;
    private static final int FORCE_INTEGRITY = 0x80;

    private static final int SMALLEST_FILE_ALIGNMENT = 0x200;
    private static final int LARGEST_FILE_ALIGNMENT = 0x10000;
    private static final int PAGE = 0x1000;
    private static final long LARGEST_IMAGE = 0x8000_0000L;
    private static final int SYMBOL_SIZE = 18;
    private static final int BUFFER = 1 << 16;

    private final BoundedFile file;
    private final PeHeader header;
    private final List<PeImports.Entry> needed;
    private final List<Change> changes = new ArrayList<>();
    /** What goes into the added section. */
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();

    private final List<Renamed> renamed = new ArrayList<>();

    private long newSize;

    /** An entry, and where in the added section its new name is. */
    private record Renamed(PeImports.Entry entry, int at) {}

    /**
     * Copies a file, changed.
     *
     * @param from the file
     * @param to the copy, which must not be there yet
     * @throws MalformedBinaryException when it is no PE file, or is damaged
     * @throws UnpatchableBinaryException when there is no room for what must be added, or it must keep its signature
     * @throws java.nio.file.FileAlreadyExistsException when the copy is there
     * @throws IOException when one can't be read or the other not be written; then no copy is left
     */
    public static void patch(Path from, Path to, PePatch patch) throws IOException {
        try (BoundedFile file = BoundedFile.open(from)) {
            PePatcher patcher = new PePatcher(file);
            patcher.rename(patch);
            if (patcher.renamed.isEmpty()) {
                ChangedCopy.make(from, to, ChangedCopy::whole);
                return;
            }
            long kept = patcher.addSection(patcher.dropSignature());
            patcher.dropBindings();
            ChangedCopy.make(from, to, copy -> patcher.write(copy, kept));
        }
    }

    private void write(ChangedCopy copy, long kept) throws IOException {
        copy.part(0, kept, 0);
        copy.write(changes);
        long checksum = header.optional().base() + 64;
        copy.write(checksum, new byte[4]);
        copy.write(checksum, numbers(4).putInt(checksum(copy)).array());
    }

    /** The sum of all 16-bit numbers, its own place being zeros, and of the file's size. */
    private int checksum(ChangedCopy copy) throws IOException {
        long sum = 0;
        for (long at = 0; at < newSize; at += BUFFER) {
            byte[] bytes = copy.read(at, (int) Math.min(BUFFER, newSize - at));
            for (int i = 0; i < bytes.length; i++) {
                sum += (bytes[i] & 0xff) << 8 * (i & 1);
            }
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (sum + newSize);
    }

    private PePatcher(BoundedFile file) throws IOException {
        if (!(BinaryReader.read(file) instanceof PeFile)) {
            throw file.malformed(0, "no PE file");
        }
        this.file = file;
        this.header = new PeHeader(file);
        this.needed = new PeImports(file, header, new NameBudget(file.size())).entries();
    }

    private void rename(PePatch patch) {
        Map<String, Integer> places = new HashMap<>();
        for (PeImports.Entry entry : needed) {
            String by = patch.by(entry.library()).orElse(entry.library());
            if (!by.equals(entry.library())) {
                renamed.add(new Renamed(entry, places.computeIfAbsent(by, this::place)));
            }
        }
    }

    private int place(String name) {
        int at = names.size();
        names.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        names.write(0);
        return at;
    }

    /** How much of the file is left without the certificates, which stand at its end. */
    private long dropSignature() {
        long at = header.directory(PeHeader.CERTIFICATES);
        if (at == 0) {
            return file.size();
        }
        if ((header.optional().u16(70) & FORCE_INTEGRITY) != 0) {
            throw unpatchable("Windows loads it only with its signature, which would no longer hold");
        }
        long size = header.directorySize(PeHeader.CERTIFICATES);
        changes.add(new Change(header.directoryAt(PeHeader.CERTIFICATES), new byte[8]));
        boolean last = at + size == file.size() && at >= end(header.sections());
        return last ? at : file.size();
    }

    /** Addresses that a tool once looked up in the libraries of old must not be taken for those of others. */
    private void dropBindings() {
        if (header.directory(PeHeader.BOUND_IMPORTS) == 0) {
            return;
        }
        changes.add(new Change(header.directoryAt(PeHeader.BOUND_IMPORTS), new byte[8]));
        needed.stream()
                .filter(entry -> !entry.delayed())
                .forEach(entry -> changes.add(new Change(entry.at() + 4, new byte[8])));
    }

    /**
     * @param kept how much of the file is left
     * @return the same without what only fills up
     */
    private long addSection(long kept) throws IOException {
        Block optional = header.optional();
        long sectionAlignment = optional.u32(32);
        long fileAlignment = optional.u32(36);
        checkAlignments(sectionAlignment, fileAlignment);
        long end = Math.max(end(header.sections()), symbolsEnd());
        if (end > kept) {
            throw file.malformed(kept, "sections or symbols reach beyond the file's end");
        }
        if (!isZero(end, kept - end, fileAlignment)) {
            throw unpatchable("it has " + (kept - end) + " bytes behind its sections, which might no longer be found");
        }
        checkRoom();
        long address = align(Math.max(imageEnd(), header.headersSize()), sectionAlignment);
        long place = align(end, fileAlignment);
        long size = align(names.size(), fileAlignment);
        long imageSize = align(address + names.size(), sectionAlignment);
        if (imageSize > LARGEST_IMAGE || place + size > 0xffff_ffffL) {
            throw unpatchable("it is too large for one more section");
        }
        newSize = place + size;
        changes.add(
                new Change(place, numbers((int) size).put(names.toByteArray()).array()));
        changes.add(new Change(
                header.sections().base() + header.sections().length(),
                numbers(PeHeader.SECTION_SIZE)
                        .put(SECTION_NAME)
                        .putInt(names.size())
                        .putInt((int) address)
                        .putInt((int) size)
                        .putInt((int) place)
                        .putInt(PeHeader.SECTION_SIZE - 4, INITIALIZED_DATA | READ)
                        .array()));
        short count = (short) (header.sections().length() / PeHeader.SECTION_SIZE + 1);
        changes.add(
                new Change(header.coff().base() + 6, numbers(2).putShort(count).array()));
        setU32(optional.base() + 8, optional.u32(8) + size); // the size of all initialized data
        setU32(optional.base() + 56, imageSize);
        pointTo(address);
        return end;
    }

    private void checkAlignments(long section, long inFile) {
        if (Long.bitCount(section) != 1
                || Long.bitCount(inFile) != 1
                || inFile < SMALLEST_FILE_ALIGNMENT
                || inFile > LARGEST_FILE_ALIGNMENT
                || section < PAGE
                || section < inFile) {
            throw unpatchable("its sections are aligned to " + section + " bytes, and in the file to " + inFile
                    + ", as no linker for libraries does it");
        }
    }

    /** Where in the file the last section ends. */
    private static long end(Block sections) {
        long end = 0;
        for (int at = 0; at < sections.length(); at += PeHeader.SECTION_SIZE) {
            if (sections.u32(at + 16) > 0) {
                end = Math.max(end, sections.u32(at + 20) + sections.u32(at + 16));
            }
        }
        return end;
    }

    /** Where the symbols end that GNU's linker appends, with the texts behind them; they stay. */
    private long symbolsEnd() throws IOException {
        long at = header.coff().u32(12);
        if (at == 0) {
            return 0;
        }
        long texts = at + header.coff().u32(16) * SYMBOL_SIZE;
        return texts + 4 > file.size() ? texts : texts + Math.max(4, file.u32(texts, "the size of the symbols' names"));
    }

    /** Whether there is nothing but what fills up to a multiple. */
    private boolean isZero(long at, long length, long most) throws IOException {
        if (length >= most) {
            return false;
        }
        for (byte each : file.block(at, length, "what is behind the sections").bytes()) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sections' headers are followed by zeros, or by bindings, which are dropped. */
    private void checkRoom() throws IOException {
        Block sections = header.sections();
        long at = sections.base() + sections.length();
        long room = header.headersSize();
        for (int each = 0; each < sections.length(); each += PeHeader.SECTION_SIZE) {
            room = sections.u32(each + 16) == 0 ? room : Math.min(room, sections.u32(each + 20));
        }
        boolean full = sections.length() / PeHeader.SECTION_SIZE >= PeHeader.MOST_SECTIONS
                || at + PeHeader.SECTION_SIZE > Math.min(room, file.size());
        long bindings = header.directory(PeHeader.BOUND_IMPORTS);
        long bindingsEnd = bindings + header.directorySize(PeHeader.BOUND_IMPORTS);
        Block next = full ? Block.none(file.path()) : file.block(at, PeHeader.SECTION_SIZE, "the headers");
        for (int i = 0; i < next.length(); i++) {
            full |= next.u8(i) != 0 && (at + i < bindings || at + i >= bindingsEnd);
        }
        if (full) {
            throw unpatchable("there is no room for the header of one more section");
        }
    }

    /** Where in memory the last section ends. */
    private long imageEnd() {
        Block sections = header.sections();
        long end = 0;
        for (int at = 0; at < sections.length(); at += PeHeader.SECTION_SIZE) {
            long size = sections.u32(at + 8) != 0 ? sections.u32(at + 8) : sections.u32(at + 16);
            end = Math.max(end, sections.u32(at + 12) + size);
        }
        return end;
    }

    private void pointTo(long address) {
        for (Renamed each : renamed) {
            long value = each.entry().base() + address + each.at();
            if (value > 0xffff_ffffL) {
                throw file.malformed(each.entry().at(), "the image wants to be at an address of more than 32 bits");
            }
            setU32(each.entry().nameAt(), value);
        }
    }

    private void setU32(long at, long value) {
        changes.add(new Change(at, numbers(4).putInt((int) value).array()));
    }

    private static ByteBuffer numbers(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long align(long at, long to) {
        return at + to - 1 & -to;
    }

    private UnpatchableBinaryException unpatchable(String reason) {
        return new UnpatchableBinaryException(file.path(), reason);
    }
}
