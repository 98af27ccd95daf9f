package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads PE files: headers, sections, and the import and export tables that the headers lead to. */
final class PeReader {
    static final int DOS_MAGIC = 0x4d5a;

    private static final long PE_MAGIC = 0x00004550;
    private static final int PE32 = 0x10b;
    private static final int PE32_PLUS = 0x20b;
    private static final int EXPORTS = 0;
    private static final int IMPORTS = 1;
    private static final int DELAYED_IMPORTS = 13;
    /** Each name is looked up in all of them. Linkers make a dozen. */
    private static final int MOST_SECTIONS = 256;

    private static final int BASE_RELATIVE = 1;

    private static final int MACHINE_I386 = 0x14c;
    private static final int MACHINE_ARMNT = 0x1c4;
    private static final int MACHINE_AMD64 = 0x8664;
    private static final int MACHINE_ARM64 = 0xaa64;

    private final BoundedFile file;
    private final NameBudget names;
    private final boolean wide;
    private final int machine;
    private final int characteristics;
    private final long imageBase;
    private final long headersSize;
    private final Block directories;
    private final Block sections;
    private long entriesLeft;

    private PeReader(BoundedFile file) throws IOException {
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
        this.names = new NameBudget(file.size());
        this.entriesLeft = file.size() / 4;
        long start = file.block(0, 64, "the DOS header").u32(60);
        Block header = file.block(start, 24, "the PE header");
        if (header.u32(0) != PE_MAGIC) {
            throw header.malformed(0, "a DOS program, not a PE file");
        }
        this.machine = header.u16(4);
        this.characteristics = header.u16(22);
        int optionalSize = header.u16(20);
        Block optional = file.block(start + 24, optionalSize, "the optional header");
        int magic = optional.u16(0);
        if (magic != PE32 && magic != PE32_PLUS) {
            throw optional.malformed(0, "optional header of unknown kind 0x" + Integer.toHexString(magic));
        }
        this.wide = magic == PE32_PLUS;
        this.imageBase = wide ? optional.u64(24) : optional.u32(28);
        this.headersSize = optional.u32(60);
        int counted = wide ? 108 : 92;
        this.directories = optional.part(counted + 4, optional.u32(counted) * 8, "the table of data directories");
        if (header.u16(6) > MOST_SECTIONS) {
            throw header.malformed(6, header.u16(6) + " sections, more than " + MOST_SECTIONS);
        }
        this.sections = file.block(start + 24 + optionalSize, header.u16(6) * 40L, "the section table");
    }

    static PeFile read(BoundedFile file) throws IOException {
        PeReader reader = new PeReader(file);
        List<PeFile.Import> libraries = new ArrayList<>();
        reader.readImports(libraries);
        reader.readDelayedImports(libraries);
        return new PeFile(file.path(), reader.architecture(), reader.characteristics, libraries, reader.readExports());
    }

    private Optional<Architecture> architecture() {
        return Optional.ofNullable(
                switch (machine) {
                    case MACHINE_AMD64 -> Architecture.X86_64;
                    case MACHINE_ARM64 -> Architecture.AARCH64;
                    case MACHINE_I386 -> Architecture.I686;
                    case MACHINE_ARMNT -> Architecture.ARMV7L;
                    default -> null;
                });
    }

    /** Where a table begins, relative to the image; 0 where there is none. */
    private long directory(int index) {
        return directories.length() >= (index + 1) * 8 ? directories.u32(index * 8L) : 0;
    }

    /** Where in the file an address is. The address is relative to the image. */
    private long offset(long address, String what) {
        for (int at = 0; at < sections.length(); at += 40) {
            long into = address - sections.u32(at + 12);
            if (into >= 0 && into < sections.u32(at + 16)) {
                return sections.u32(at + 20) + into;
            }
        }
        if (address >= 0 && address < headersSize) {
            return address;
        }
        throw file.malformed(
                0, what + " at address 0x" + Long.toHexString(address) + " is in no section that the file holds");
    }

    private void readImports(List<PeFile.Import> libraries) throws IOException {
        long table = directory(IMPORTS);
        if (table == 0) {
            return;
        }
        for (long at = offset(table, "the import table"); ; at += 20) {
            Block entry = file.block(at, 20, "the import table");
            long name = entry.u32(12);
            if (name == 0) {
                return;
            }
            take(at);
            // Some linkers leave the first table away: then the addresses to be filled name the symbols, too.
            long symbols = entry.u32(0) != 0 ? entry.u32(0) : entry.u32(16);
            libraries.add(new PeFile.Import(string(name), false, symbols(symbols, 0)));
        }
    }

    private void readDelayedImports(List<PeFile.Import> libraries) throws IOException {
        long table = directory(DELAYED_IMPORTS);
        if (table == 0) {
            return;
        }
        for (long at = offset(table, "the delayed import table"); ; at += 32) {
            Block entry = file.block(at, 32, "the delayed import table");
            // Old linkers wrote addresses that count from zero, not from the image.
            long base = (entry.u32(0) & BASE_RELATIVE) != 0 ? 0 : imageBase;
            if (entry.u32(4) == 0) {
                return;
            }
            take(at);
            libraries.add(new PeFile.Import(string(entry.u32(4) - base), true, symbols(entry.u32(16) - base, base)));
        }
    }

    /** The symbols of one library: a list of addresses of names, or of plain numbers with the highest bit set. */
    private List<String> symbols(long table, long base) throws IOException {
        List<Long> addresses = new ArrayList<>();
        int word = wide ? 8 : 4;
        for (long at = offset(table, "a table of imported symbols"); ; at += word) {
            long entry = wide ? file.u64(at, "an imported symbol") : file.u32(at, "an imported symbol");
            if (entry == 0) {
                break;
            }
            take(at);
            boolean byNumber = wide ? entry < 0 : (entry & 0x8000_0000L) != 0;
            if (!byNumber) {
                addresses.add(entry - base);
            }
        }
        List<String> symbols = new ArrayList<>(addresses.size());
        for (long address : addresses) {
            symbols.add(string(address + 2));
        }
        return symbols;
    }

    private List<String> readExports() throws IOException {
        long table = directory(EXPORTS);
        if (table == 0) {
            return List.of();
        }
        Block head = file.block(offset(table, "the export table"), 40, "the export table");
        long count = head.u32(24);
        if (count == 0) {
            return List.of();
        }
        Block addresses = file.block(
                offset(head.u32(32), "the table of exported names"), count * 4, "the table of exported names");
        List<String> exports = new ArrayList<>((int) count);
        for (long at = 0; at < addresses.length(); at += 4) {
            exports.add(string(addresses.u32(at)));
        }
        return exports;
    }

    /** What is at the addresses of the exports whose names begin so. */
    static ExportedData data(BoundedFile file, String prefix) throws IOException {
        PeReader reader = new PeReader(file);
        ExportedData data = new ExportedData(file.size());
        long table = reader.directory(EXPORTS);
        if (table == 0) {
            return data;
        }
        Block head = file.block(reader.offset(table, "the export table"), 40, "the export table");
        List<String> names = reader.readExports();
        Block ordinals = file.block(
                reader.offset(head.u32(36), "the table of ordinals"), names.size() * 2L, "the table of ordinals");
        long functions = reader.offset(head.u32(28), "the table of exported addresses");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith(prefix)) {
                long address = file.u32(functions + 4L * ordinals.u16(2L * i), "an exported address");
                data.add(name, (at, size) -> file.block(reader.offset(address + at, name), size, name));
            }
        }
        return data;
    }

    /** Tables may overlap in a damaged file; one that is whole has no more entries than it has room for. */
    private void take(long at) {
        if (--entriesLeft < 0) {
            throw file.malformed(at, "there are more imports than fit: their tables overlap");
        }
    }

    private String string(long address) throws IOException {
        return file.string(offset(address, "a name"), names, "a name");
    }
}
