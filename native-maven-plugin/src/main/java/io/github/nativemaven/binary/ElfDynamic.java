package io.github.nativemaven.binary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The dynamic section: pairs of a tag and a value, up to the first {@link #END}.
 *
 * @see <a href="https://gabi.xinuos.com/elf/08-dynamic.html">System V ABI, dynamic linking</a>
 */
final class ElfDynamic {
    static final long END = 0;
    static final long NEEDED = 1;
    static final long HASH = 4;
    static final long STRING_TABLE = 5;
    static final long SYMBOL_TABLE = 6;
    static final long STRING_SIZE = 10;
    static final long SYMBOL_SIZE = 11;
    static final long SONAME = 14;
    static final long RPATH = 15;
    static final long RUNPATH = 29;
    static final long GNU_HASH = 0x6ffffef5L;
    static final long SYMBOL_VERSIONS = 0x6ffffff0L;
    static final long VERSION_DEFINITIONS = 0x6ffffffcL;
    static final long VERSION_NEEDS = 0x6ffffffeL;
    static final long VERSION_NEEDS_COUNT = 0x6fffffffL;

    private static final long RELA = 7;
    private static final long INIT = 12;
    private static final long FINI = 13;
    private static final long REL = 17;
    private static final long JUMP_RELOCATIONS = 23;
    private static final long RELR = 36;

    /** The tags of tables and code, whose values are addresses. */
    static final Set<Long> ADDRESSES = Set.of(
            HASH,
            STRING_TABLE,
            SYMBOL_TABLE,
            GNU_HASH,
            SYMBOL_VERSIONS,
            VERSION_DEFINITIONS,
            VERSION_NEEDS,
            RELA,
            INIT,
            FINI,
            REL,
            JUMP_RELOCATIONS,
            RELR);

    /**
     * @param at where in the file the pair is, in bytes
     * @param tag what the value is
     * @param value a number, an address, or a place in the string table
     */
    record Entry(long at, long tag, long value) {}

    private final List<Entry> entries;

    private ElfDynamic(List<Entry> entries) {
        this.entries = entries;
    }

    /** Reads it; empty where the file has none, as a static program. */
    static ElfDynamic read(BoundedFile file, ElfHeader header, ElfSegments segments) throws IOException {
        List<Entry> entries = new ArrayList<>();
        ElfSegments.Segment segment = segments.first(ElfSegments.DYNAMIC).orElse(null);
        if (segment != null) {
            Block table = file.block(segment.offset(), segment.fileSize(), "the dynamic section");
            int word = header.wide() ? 8 : 4;
            for (int at = 0; at <= table.length() - 2 * word; at += 2 * word) {
                Entry entry = new Entry(
                        table.base() + at, table.word(at, header.wide()), table.word(at + word, header.wide()));
                if (entry.tag() == END) {
                    break;
                }
                entries.add(entry);
            }
        }
        return new ElfDynamic(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    boolean has(long tag) {
        return value(tag, -1) != -1;
    }

    /** The value of a tag that stands once. */
    long value(long tag, long otherwise) {
        for (Entry entry : entries) {
            if (entry.tag() == tag) {
                return entry.value();
            }
        }
        return otherwise;
    }

    /** The values of a tag that may stand several times, in order. */
    List<Long> values(long tag) {
        List<Long> values = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.tag() == tag) {
                values.add(entry.value());
            }
        }
        return values;
    }
}
