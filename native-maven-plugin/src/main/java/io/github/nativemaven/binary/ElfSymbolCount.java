package io.github.nativemaven.binary;

import java.io.IOException;

/**
 * How many dynamic symbols a file has. No header says it: the hash tables do, by what they lead to.
 *
 * @see <a href="https://gabi.xinuos.com/elf/08-dynamic.html#hash-table">System V ABI, hash table</a>
 */
final class ElfSymbolCount {
    private static final int EM_ALPHA = 0x9026;
    private static final int EM_S390 = 22;
    private static final int SECTION_DYNSYM = 11;
    private static final int CHAIN_WINDOW = 4096;
    private static final int SYMBOLS_AT_ONCE = 512;

    private final BoundedFile file;
    private final ElfHeader header;
    private final ElfSegments segments;
    private final ElfDynamic dynamic;

    ElfSymbolCount(BoundedFile file, ElfHeader header, ElfSegments segments, ElfDynamic dynamic) {
        this.file = file;
        this.header = header;
        this.segments = segments;
        this.dynamic = dynamic;
    }

    long count() throws IOException {
        if (!dynamic.has(ElfDynamic.SYMBOL_TABLE)) {
            return 0;
        }
        if (dynamic.has(ElfDynamic.GNU_HASH)) {
            long counted = byGnuHash(dynamic.value(ElfDynamic.GNU_HASH, 0));
            if (counted > 0) {
                return counted;
            }
        }
        return dynamic.has(ElfDynamic.HASH) ? byHash(dynamic.value(ElfDynamic.HASH, 0)) : bySections();
    }

    /**
     * The table leads to the defined symbols, which are the last ones. 0 where it leads to none: what it says then of the
     * others depends on the linker.
     */
    private long byGnuHash(long address) throws IOException {
        Block head = segments.at(address, 16, "the GNU hash table");
        long buckets = head.u32(0);
        long first = head.u32(4);
        long bucketsAt = address + 16 + head.u32(8) * (header.wide() ? 8 : 4);
        long last = largest(segments.at(bucketsAt, buckets * 4, "the GNU hash table's buckets"));
        if (last < first || last == 0) {
            return 0;
        }
        return endOfChain(bucketsAt + buckets * 4, first, last) + 1;
    }

    private static long largest(Block numbers) {
        long largest = 0;
        for (int at = 0; at < numbers.length(); at += 4) {
            largest = Math.max(largest, numbers.u32(at));
        }
        return largest;
    }

    /** The last symbol of a chain has an odd hash. */
    private long endOfChain(long chains, long first, long last) throws IOException {
        long symbol = last;
        while (true) {
            long address = chains + (symbol - first) * 4;
            long length = Math.min(CHAIN_WINDOW, segments.available(address) & ~3L);
            Block window = segments.at(address, Math.max(length, 4), "the GNU hash table's chains");
            for (int at = 0; at < window.length(); at += 4, symbol++) {
                if ((window.u32(at) & 1) != 0) {
                    return symbol;
                }
            }
        }
    }

    /** Every symbol has a place in the chains. The entries are 32 bits wide, but for two machines. */
    private long byHash(long address) throws IOException {
        boolean wide = header.wide() && (header.machine() == EM_S390 || header.machine() == EM_ALPHA);
        int word = wide ? 8 : 4;
        return segments.at(address, 2L * word, "the hash table").word(word, wide);
    }

    private long bySections() throws IOException {
        int size = header.wide() ? 64 : 40;
        if (header.sectionsAt() == 0 || header.sections() == 0 || header.sectionSize() != size) {
            return byNeighbour();
        }
        long length = header.sections() > file.size() ? -1 : header.sections() * size;
        Block table = file.block(header.sectionsAt(), length, "the section header table");
        for (int at = 0; at < table.length(); at += size) {
            if (table.u32(at + 4) == SECTION_DYNSYM) {
                long bytes = table.word(at + (header.wide() ? 32 : 20), header.wide());
                return bytes / ElfSymbols.size(header.wide());
            }
        }
        return byNeighbour();
    }

    /**
     * The symbols reach at most to whatever table is next, which may lie far behind: what names no text is no symbol any
     * more. So it is in a patched file, whose strings were next and are elsewhere now.
     */
    private long byNeighbour() throws IOException {
        long symbols = dynamic.value(ElfDynamic.SYMBOL_TABLE, 0);
        long length = segments.available(symbols);
        for (ElfDynamic.Entry entry : dynamic.entries()) {
            if (ElfDynamic.ADDRESSES.contains(entry.tag()) && entry.value() > symbols) {
                length = Math.min(length, entry.value() - symbols);
            }
        }
        int size = ElfSymbols.size(header.wide());
        long most = length / size;
        long strings = dynamic.value(ElfDynamic.STRING_SIZE, 0);
        for (long i = 0; i < most; i += SYMBOLS_AT_ONCE) {
            long some = Math.min(SYMBOLS_AT_ONCE, most - i);
            Block window = segments.at(symbols + i * size, some * size, "the dynamic symbol table");
            for (int j = 0; j < some; j++) {
                if (!isSymbol(window, (long) j * size, i + j == 0, strings)) {
                    return i + j;
                }
            }
        }
        return most;
    }

    /** Only the first symbol is all zeros. */
    private boolean isSymbol(Block window, long at, boolean first, long strings) {
        long name = window.u32(at);
        int info = window.u8(at + (header.wide() ? 4 : 12));
        return name < strings && (first || name != 0 || info != 0);
    }
}
