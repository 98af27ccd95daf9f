package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ChangedCopy.Change;
import io.github.nativemaven.binary.ElfDynamic.Entry;
import io.github.nativemaven.binary.ElfSegments.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes changed copies of ELF files.
 *
 * <p>What is there stays where it is. Texts that the file lacks are appended, as a segment of their own that holds a longer
 * copy of the string table, of the program headers, which have one more, and of the dynamic section where that needs more
 * room than it has. Whoever strips a file does it before: GNU strip and objcopy don't expect program headers at that place,
 * and spoil the file.
 */
public final class ElfPatcher {
    private static final int EM_AARCH64 = 183;
    private static final int EM_PPC64 = 21;
    private static final int EM_LOONGARCH = 258;
    private static final long SMALL_PAGE = 0x1000;
    private static final long LARGE_PAGE = 0x10000;
    /** Zeros between a program's old end and what is added; they take no room on a disk. */
    private static final long MOST_OF_PADDING = 1L << 30;

    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int SECTION_STRINGS = 3;
    private static final int SECTION_DYNAMIC = 6;

    private final BoundedFile file;
    private final ElfFile original;
    private final ElfHeader header;
    private final ElfSegments segments;
    private final ElfDynamic dynamic;
    private final Segment dynamicSegment;
    private final ElfStrings strings;
    private final Block oldStrings;
    private final int word;
    private final List<Change> changes = new ArrayList<>();

    /**
     * Copies a file, changed.
     *
     * @param from the file
     * @param to the copy, which must not be there yet
     * @throws MalformedBinaryException when it is no ELF file, has no dynamic section, or is damaged; also when the copy
     *     would not be what was asked, or else not what the file was
     * @throws java.nio.file.FileAlreadyExistsException when the copy is there
     * @throws IOException when one can't be read or the other not be written; then no copy is left
     */
    public static void patch(Path from, Path to, ElfPatch patch) throws IOException {
        Plan plan = plan(from, patch);
        ChangedCopy.make(from, to, copy -> {
            copy.whole();
            copy.write(plan.changes());
        });
        try (BoundedFile copy = BoundedFile.open(to)) {
            plan.check(copy);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(to);
            throw e;
        }
    }

    private static Plan plan(Path from, ElfPatch patch) throws IOException {
        try (BoundedFile file = BoundedFile.open(from)) {
            return plan(file, patch);
        }
    }

    /**
     * What has to be written where, so that a copy of the file is as asked.
     *
     * @param changes none where the file is as asked already
     * @param check for the copy
     */
    record Plan(List<Change> changes, ElfPatchCheck check) {
        void check(BoundedFile copy) throws IOException {
            check.check(copy);
        }
    }

    static Plan plan(BoundedFile file, ElfPatch patch) throws IOException {
        ElfPatcher patcher = new ElfPatcher(file);
        return new Plan(patcher.changes(patch), new ElfPatchCheck(patcher.original, patch));
    }

    private ElfPatcher(BoundedFile file) throws IOException {
        if (!(BinaryReader.read(file) instanceof ElfFile elf)) {
            throw file.malformed(0, "no ELF file");
        }
        this.original = elf;
        this.file = file;
        this.header = ElfHeader.read(file);
        this.segments = ElfSegments.read(file, header);
        this.dynamic = ElfDynamic.read(file, header, segments);
        this.dynamicSegment = segments.first(ElfSegments.DYNAMIC)
                .orElseThrow(() -> file.malformed(0, "no dynamic section: a static program, or an object file"));
        if (!dynamic.has(ElfDynamic.STRING_TABLE) || !dynamic.has(ElfDynamic.STRING_SIZE)) {
            throw file.malformed(dynamicSegment.offset(), "the dynamic section names no string table");
        }
        this.oldStrings = segments.at(
                dynamic.value(ElfDynamic.STRING_TABLE, 0),
                dynamic.value(ElfDynamic.STRING_SIZE, 0),
                "the dynamic string table");
        this.strings = new ElfStrings(oldStrings);
        this.word = header.wide() ? 8 : 4;
    }

    private List<Change> changes(ElfPatch patch) throws IOException {
        List<Entry> entries = entries(patch);
        renameInVersionNeeds(patch);
        if (!strings.grew() && entries.equals(dynamic.entries())) {
            return changes;
        }
        long room = dynamicSegment.fileSize() / (2L * word);
        boolean moveDynamic = entries.size() + 1 > room;
        if (strings.grew() || moveDynamic) {
            append(entries, moveDynamic);
        } else {
            changes.add(new Change(dynamicSegment.offset(), pairs(entries, room)));
        }
        requireApart();
        return changes;
    }

    /** What is written first would be written over. */
    private void requireApart() {
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingLong(Change::at));
        long end = 0;
        for (Change change : sorted) {
            if (change.at() < end) {
                throw file.malformed(Math.min(change.at(), file.size()), "tables that lie over each other");
            }
            end = change.at() + change.bytes().length;
        }
    }

    private List<Entry> entries(ElfPatch patch) {
        List<Entry> entries = new ArrayList<>(dynamic.entries());
        setNeeded(entries, patch);
        patch.soname().ifPresent(name -> set(entries, ElfDynamic.SONAME, name));
        patch.searchPath().ifPresent(path -> setSearchPath(entries, path));
        return entries;
    }

    private void setNeeded(List<Entry> entries, ElfPatch patch) {
        List<String> needed = new ArrayList<>(original.needed());
        int next = 0;
        int behind = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).tag() == ElfDynamic.NEEDED) {
                String by = patch.replaced().get(needed.get(next));
                if (by != null) {
                    needed.set(next, by);
                    entries.set(i, new Entry(entries.get(i).at(), ElfDynamic.NEEDED, strings.place(by)));
                }
                next++;
                behind = i + 1;
            }
        }
        for (String library : patch.added()) {
            if (!needed.contains(library)) {
                needed.add(library);
                entries.add(behind++, new Entry(0, ElfDynamic.NEEDED, strings.place(library)));
            }
        }
    }

    private void setSearchPath(List<Entry> entries, ElfPatch.SearchPath path) {
        long tag = path.runpath() ? ElfDynamic.RUNPATH : ElfDynamic.RPATH;
        long other = path.runpath() ? ElfDynamic.RPATH : ElfDynamic.RUNPATH;
        entries.removeIf(entry -> entry.tag() == other);
        if (path.directories().isEmpty()) {
            entries.removeIf(entry -> entry.tag() == tag);
        } else {
            set(entries, tag, String.join(":", path.directories()));
        }
    }

    private void set(List<Entry> entries, long tag, String text) {
        setValue(entries, tag, strings.place(text));
    }

    private static void setValue(List<Entry> entries, long tag, long value) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).tag() == tag) {
                entries.set(i, new Entry(entries.get(i).at(), tag, value));
                return;
            }
        }
        entries.add(new Entry(0, tag, value));
    }

    /** The loader looks each library of the version needs up among the needed ones, and gives up where it isn't there. */
    private void renameInVersionNeeds(ElfPatch patch) throws IOException {
        if (!dynamic.has(ElfDynamic.VERSION_NEEDS) || patch.replaced().isEmpty()) {
            return;
        }
        long address = dynamic.value(ElfDynamic.VERSION_NEEDS, 0);
        Block table = segments.at(
                address, Math.min(segments.available(address), ElfReader.MOST_OF_VERSION_NEEDS), "the version needs");
        NameBudget names = new NameBudget(file.size());
        long at = 0;
        for (long left = dynamic.value(ElfDynamic.VERSION_NEEDS_COUNT, 0); left > 0; left--) {
            String by = patch.replaced().get(oldStrings.string(table.u32(at + 4), names, "a needed library"));
            if (by != null) {
                ByteBuffer place = buffer(4).putInt((int) strings.place(by));
                changes.add(new Change(table.base() + at + 4, place.array()));
            }
            at += table.u32(at + 12);
        }
    }

    private ByteBuffer buffer(long size) {
        return ByteBuffer.allocate(Math.toIntExact(size)).order(header.order());
    }

    private void putWord(ByteBuffer bytes, long value) {
        if (header.wide()) {
            bytes.putLong(value);
        } else {
            bytes.putInt((int) value);
        }
    }

    /** The dynamic section, filled with ends up to a number of pairs. */
    private byte[] pairs(List<Entry> entries, long room) {
        ByteBuffer bytes = buffer(room * 2 * word);
        for (Entry entry : entries) {
            putWord(bytes, entry.tag());
            putWord(bytes, entry.value());
        }
        return bytes.array();
    }

    private void append(List<Entry> entries, boolean moveDynamic) throws IOException {
        byte[] newStrings = strings.bytes();
        long headersSize = (segments.all().size() + 1L) * header.segmentSize();
        long dynamicSize = (entries.size() + 1L) * 2 * word;
        long dynamicAt = align(headersSize, word);
        long stringsAt = moveDynamic ? dynamicAt + dynamicSize : headersSize;
        long size = stringsAt + newStrings.length;
        Segment added = addedSegment(size, moveDynamic);

        setValue(entries, ElfDynamic.STRING_TABLE, added.address() + stringsAt);
        setValue(entries, ElfDynamic.STRING_SIZE, newStrings.length);
        byte[] pairs = pairs(entries, moveDynamic ? entries.size() + 1L : dynamicSegment.fileSize() / (2L * word));
        ByteBuffer content = buffer(size);
        content.put(programHeaders(added, headersSize, moveDynamic ? dynamicAt : -1, dynamicSize));
        if (moveDynamic) {
            content.position((int) dynamicAt).put(pairs);
        } else {
            changes.add(new Change(dynamicSegment.offset(), pairs));
        }
        content.position((int) stringsAt).put(newStrings);
        changes.add(new Change(added.offset(), content.array()));
        pointHeaderTo(added);
        pointSections(added, stringsAt, newStrings.length, moveDynamic ? dynamicAt : -1, dynamicSize);
    }

    /** A segment behind all others, in memory and in the file. */
    private Segment addedSegment(long size, boolean writable) {
        long page = page();
        long offset = align(file.size(), page);
        long address = align(endOfMemory(), page);
        if (isProgram()) {
            // Kernels before 5.18 take the program headers to be as far from the first segment in memory as in the
            // file.
            Segment first = segments.first(ElfSegments.LOAD).orElseThrow();
            if (first.offset() < 0) {
                throw file.malformed(first.at(), "a segment begins beyond the file's end");
            }
            long distance = first.address() - first.offset();
            address = align(Math.max(address, offset + distance), page);
            offset = address - distance;
            if (offset < file.size() || offset - file.size() > MOST_OF_PADDING) {
                throw file.malformed(first.at(), "the program needs too much memory to be as long as that");
            }
        }
        long most = mostOfAddresses();
        if (address > most - size || !header.wide() && offset > most - size) {
            throw file.malformed(0, "what is added, " + size + " bytes, has no room below the end of all addresses");
        }
        return new Segment(0, ElfSegments.LOAD, writable ? READ | WRITE : READ, offset, address, size, size, page);
    }

    private long endOfMemory() {
        long end = 0;
        long limit = mostOfAddresses();
        for (Segment segment : segments.all()) {
            if (segment.type() == ElfSegments.LOAD) {
                // More of the file than of memory is damage, but what reads addresses would find it there.
                long size = Math.max(segment.memorySize(), segment.fileSize());
                if (segment.address() < 0
                        || segment.memorySize() < 0
                        || segment.fileSize() < 0
                        || segment.address() > limit
                        || size > limit - segment.address()) {
                    throw file.malformed(segment.at(), "a segment reaches to the end of all addresses");
                }
                end = Math.max(end, segment.address() + size);
            }
        }
        return end;
    }

    private long mostOfAddresses() {
        return header.wide() ? Long.MAX_VALUE >> 1 : 0xffff_ffffL - LARGE_PAGE;
    }

    private boolean isProgram() {
        return segments.first(ElfSegments.INTERPRETER).isPresent() || header.type() != 3;
    }

    /** The largest page that a system of the machine may have, as the linker saw it. */
    private long page() {
        boolean large =
                header.machine() == EM_AARCH64 || header.machine() == EM_PPC64 || header.machine() == EM_LOONGARCH;
        long page = large ? LARGE_PAGE : SMALL_PAGE;
        for (Segment segment : segments.all()) {
            if (segment.type() == ElfSegments.LOAD && Long.bitCount(segment.alignment()) == 1) {
                page = Math.max(page, Math.min(segment.alignment(), LARGE_PAGE));
            }
        }
        return page;
    }

    private static long align(long at, long to) {
        return at + to - 1 & -to;
    }

    /** The added segment comes after the last that is loaded: they must be in the order of their addresses. */
    private byte[] programHeaders(Segment added, long size, long dynamicAt, long dynamicSize) throws IOException {
        ByteBuffer bytes = buffer(size);
        Segment last = null;
        for (Segment segment : segments.all()) {
            last = segment.type() == ElfSegments.LOAD ? segment : last;
        }
        for (Segment segment : segments.all()) {
            Segment now = relocated(segment, added, size, dynamicAt, dynamicSize);
            if (now == segment) {
                bytes.put(file.block(segment.at(), header.segmentSize(), "a program header")
                        .bytes());
            } else {
                put(bytes, now);
            }
            if (segment == last) {
                put(bytes, added);
            }
        }
        return bytes.array();
    }

    private static Segment relocated(Segment old, Segment added, long size, long dynamicAt, long dynamicSize) {
        if (old.type() == ElfSegments.HEADERS) {
            return within(old, added, 0, size);
        }
        return old.type() == ElfSegments.DYNAMIC && dynamicAt >= 0 ? within(old, added, dynamicAt, dynamicSize) : old;
    }

    private static Segment within(Segment old, Segment added, long at, long size) {
        return new Segment(
                0, old.type(), old.flags(), added.offset() + at, added.address() + at, size, size, old.alignment());
    }

    private void put(ByteBuffer bytes, Segment segment) {
        bytes.putInt(segment.type());
        if (header.wide()) {
            bytes.putInt(segment.flags());
        }
        putWord(bytes, segment.offset());
        putWord(bytes, segment.address());
        putWord(bytes, segment.address());
        putWord(bytes, segment.fileSize());
        putWord(bytes, segment.memorySize());
        if (!header.wide()) {
            bytes.putInt(segment.flags());
        }
        putWord(bytes, segment.alignment());
    }

    private void pointHeaderTo(Segment added) {
        ByteBuffer place = buffer(word);
        putWord(place, added.offset());
        changes.add(new Change(24L + word, place.array()));
        ByteBuffer count = buffer(2).putShort((short) (segments.all().size() + 1));
        changes.add(new Change(24L + 3L * word + 8, count.array()));
    }

    /** No loader reads them, but tools do. */
    private void pointSections(Segment added, long stringsAt, long stringsSize, long dynamicAt, long dynamicSize)
            throws IOException {
        int size = header.wide() ? 64 : 40;
        if (header.sectionsAt() == 0 || header.sectionSize() != size) {
            return;
        }
        Block table = file.block(header.sectionsAt(), header.sections() * size, "the section header table");
        for (int at = 0; at < table.length(); at += size) {
            long type = table.u32(at + 4L);
            long address = table.word(at + 8L + word, header.wide());
            if (type == SECTION_STRINGS && address == dynamic.value(ElfDynamic.STRING_TABLE, 0)) {
                pointSection(table.base() + at, added, stringsAt, stringsSize);
            } else if (type == SECTION_DYNAMIC && dynamicAt >= 0) {
                pointSection(table.base() + at, added, dynamicAt, dynamicSize);
            }
        }
    }

    private void pointSection(long at, Segment added, long place, long size) {
        ByteBuffer bytes = buffer(3L * word);
        putWord(bytes, added.address() + place);
        putWord(bytes, added.offset() + place);
        putWord(bytes, size);
        changes.add(new Change(at + 8 + word, bytes.array()));
    }
}
