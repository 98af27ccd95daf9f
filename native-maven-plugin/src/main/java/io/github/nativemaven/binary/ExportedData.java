package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that a library exports as data: at the address of each symbol four bytes with a length, in the order of the
 * machine, and then as many bytes of UTF-8.
 */
public final class ExportedData {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final NameBudget budget;

    /** @param size of the file, which bounds the texts */
    ExportedData(long size) {
        this.budget = new NameBudget(size);
    }

    /** A part of what a symbol stands for. */
    @FunctionalInterface
    interface Source {
        /**
         * @param at bytes from the symbol's address
         * @param length in bytes
         */
        Block read(long at, long length) throws IOException;
    }

    /**
     * Reads the texts of a library's symbols.
     *
     * @param prefix how the names of the symbols begin
     * @return texts by the names of their symbols, in the file's order
     * @throws MalformedBinaryException when the file is no library, or is damaged
     */
    public static Map<String, String> read(Path path, String prefix) throws IOException {
        try (BoundedFile file = BoundedFile.open(path)) {
            return read(file, prefix);
        }
    }

    static Map<String, String> read(BoundedFile file, String prefix) throws IOException {
        int magic = (int)
                file.order(ByteOrder.BIG_ENDIAN).block(0, 4, "the file's start").u32(0);
        ExportedData data = (magic >>> 16) == PeReader.DOS_MAGIC
                ? PeReader.data(file, prefix)
                : magic == ElfReader.MAGIC ? ElfReader.data(file, prefix) : MachOReader.data(file, prefix);
        return data.texts;
    }

    void add(String name, Source source) throws IOException {
        long length = source.read(0, 4).u32(0);
        Block text = source.read(4, length);
        if (!budget.take(text.length())) {
            throw text.malformed(0, "the exported texts are longer than the file");
        }
        texts.put(name, new String(text.bytes(), StandardCharsets.UTF_8));
    }
}
