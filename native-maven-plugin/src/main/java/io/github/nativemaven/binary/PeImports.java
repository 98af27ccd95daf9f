package io.github.nativemaven.binary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The two tables of a PE file that say what is needed of which library. */
final class PeImports {
    private static final int BASE_RELATIVE = 1;

    private final BoundedFile file;
    private final PeHeader header;
    private final NameBudget names;
    private long entriesLeft;

    PeImports(BoundedFile file, PeHeader header, NameBudget names) {
        this.file = file;
        this.header = header;
        this.names = names;
        this.entriesLeft = file.size() / 4;
    }

    /**
     * One library's entry.
     *
     * @param at where in the file the entry is
     * @param delayed whether it is in the table of those that are loaded when they are first used
     * @param library the library's name
     * @param name the name's address, relative to the image
     * @param symbols the address of the table of symbols, likewise
     * @param base what is to be added to an address that is written into the entry: 0, or where the image wants to be
     */
    record Entry(long at, boolean delayed, String library, long name, long symbols, long base) {
        /** Where in the file the address of the name is. */
        long nameAt() {
            return at + (delayed ? 4 : 12);
        }
    }

    /** All entries, the delayed ones last. */
    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        readImports(entries);
        readDelayedImports(entries);
        return entries;
    }

    private void readImports(List<Entry> entries) throws IOException {
        long table = header.directory(PeHeader.IMPORTS);
        if (table == 0) {
            return;
        }
        for (long at = header.offset(table, "the import table"); ; at += 20) {
            Block entry = file.block(at, 20, "the import table");
            long name = entry.u32(12);
            if (name == 0) {
                return;
            }
            take(at);
            // Some linkers leave the first table away: then the addresses to be filled name the symbols, too.
            long symbols = entry.u32(0) != 0 ? entry.u32(0) : entry.u32(16);
            entries.add(new Entry(at, false, string(name), name, symbols, 0));
        }
    }

    private void readDelayedImports(List<Entry> entries) throws IOException {
        long table = header.directory(PeHeader.DELAYED_IMPORTS);
        if (table == 0) {
            return;
        }
        for (long at = header.offset(table, "the delayed import table"); ; at += 32) {
            Block entry = file.block(at, 32, "the delayed import table");
            // Old linkers wrote addresses that count from zero, not from the image.
            long base = (entry.u32(0) & BASE_RELATIVE) != 0 ? 0 : header.imageBase();
            if (entry.u32(4) == 0) {
                return;
            }
            take(at);
            long name = entry.u32(4) - base;
            entries.add(new Entry(at, true, string(name), name, entry.u32(16) - base, base));
        }
    }

    /** The symbols of one library: a list of addresses of names, or of plain numbers with the highest bit set. */
    List<String> symbols(Entry library) throws IOException {
        boolean wide = header.wide();
        List<Long> addresses = new ArrayList<>();
        int word = wide ? 8 : 4;
        for (long at = header.offset(library.symbols(), "a table of imported symbols"); ; at += word) {
            long entry = wide ? file.u64(at, "an imported symbol") : file.u32(at, "an imported symbol");
            if (entry == 0) {
                break;
            }
            take(at);
            boolean byNumber = wide ? entry < 0 : (entry & 0x8000_0000L) != 0;
            if (!byNumber) {
                addresses.add(entry - library.base());
            }
        }
        List<String> symbols = new ArrayList<>(addresses.size());
        for (long address : addresses) {
            symbols.add(string(address + 2));
        }
        return symbols;
    }

    /** Tables may overlap in a damaged file; one that is whole has no more entries than it has room for. */
    private void take(long at) {
        if (--entriesLeft < 0) {
            throw file.malformed(at, "there are more imports than fit: their tables overlap");
        }
    }

    private String string(long address) throws IOException {
        return file.string(header.offset(address, "a name"), names, "a name");
    }
}
