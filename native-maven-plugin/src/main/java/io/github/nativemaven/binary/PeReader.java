package io.github.nativemaven.binary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads PE files: headers, sections, and the import and export tables that the headers lead to. */
final class PeReader {
    static final int DOS_MAGIC = 0x4d5a;

    private final BoundedFile file;
    private final NameBudget names;
    private final PeHeader header;

    private PeReader(BoundedFile file) throws IOException {
        this.file = file;
        this.names = new NameBudget(file.size());
        this.header = new PeHeader(file);
    }

    static PeFile read(BoundedFile file) throws IOException {
        PeReader reader = new PeReader(file);
        PeImports imports = new PeImports(file, reader.header, reader.names);
        List<PeFile.Import> libraries = new ArrayList<>();
        for (PeImports.Entry entry : imports.entries()) {
            libraries.add(new PeFile.Import(entry.library(), entry.delayed(), imports.symbols(entry)));
        }
        PeHeader header = reader.header;
        return new PeFile(
                file.path(), header.architecture(), header.characteristics(), libraries, reader.readExports());
    }

    private List<String> readExports() throws IOException {
        long table = header.directory(PeHeader.EXPORTS);
        if (table == 0) {
            return List.of();
        }
        Block head = file.block(header.offset(table, "the export table"), 40, "the export table");
        long count = head.u32(24);
        if (count == 0) {
            return List.of();
        }
        Block addresses = file.block(
                header.offset(head.u32(32), "the table of exported names"), count * 4, "the table of exported names");
        List<String> exports = new ArrayList<>((int) count);
        for (long at = 0; at < addresses.length(); at += 4) {
            exports.add(file.string(header.offset(addresses.u32(at), "a name"), names, "a name"));
        }
        return exports;
    }

    /** What is at the addresses of the exports whose names begin so. */
    static ExportedData data(BoundedFile file, String prefix) throws IOException {
        PeReader reader = new PeReader(file);
        PeHeader header = reader.header;
        ExportedData data = new ExportedData(file.size());
        long table = header.directory(PeHeader.EXPORTS);
        if (table == 0) {
            return data;
        }
        Block head = file.block(header.offset(table, "the export table"), 40, "the export table");
        List<String> names = reader.readExports();
        Block ordinals = file.block(
                header.offset(head.u32(36), "the table of ordinals"), names.size() * 2L, "the table of ordinals");
        long functions = header.offset(head.u32(28), "the table of exported addresses");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith(prefix)) {
                long address = file.u32(functions + 4L * ordinals.u16(2L * i), "an exported address");
                data.add(name, (at, size) -> file.block(header.offset(address + at, name), size, name));
            }
        }
        return data;
    }
}
