package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Tells a file's format by its first bytes. */
final class BinaryReader {
    private static final int EXCERPT = 40;

    private BinaryReader() {}

    static BinaryFile read(BoundedFile file) throws IOException {
        Block start = file.order(ByteOrder.BIG_ENDIAN).blockUpTo(0, 64, "the file's start");
        if (start.length() < 4) {
            throw file.malformed(0, start.length() == 0 ? "the file is empty" : "too short for a library");
        }
        if (start.u16(0) == PeReader.DOS_MAGIC) {
            return PeReader.read(file);
        }
        return switch ((int) start.u32(0)) {
            case ElfReader.MAGIC -> ElfReader.read(file);
            case MachOReader.MAGIC_32, MachOReader.MAGIC_64, MachOReader.CIGAM_32, MachOReader.CIGAM_64 ->
                MachOReader.read(file);
            case MachOReader.FAT_32, MachOReader.FAT_64 -> MachOReader.readUniversal(file);
            default -> throw file.malformed(0, otherKind(start));
        };
    }

    private static String otherKind(Block start) {
        if (start.startsWith(0, "!<arch>\n".getBytes(StandardCharsets.US_ASCII))) {
            return "a static library (ar archive), not a shared one";
        }
        if (start.startsWith(0, new byte[] {0, 'a', 's', 'm'})) {
            return "a WebAssembly module, not ELF, Mach-O or PE";
        }
        if (start.startsWith(0, new byte[] {'B', 'C', (byte) 0xc0, (byte) 0xde})) {
            return "LLVM bitcode, not a compiled library";
        }
        String text = printable(start);
        return text.isEmpty()
                ? "neither ELF, Mach-O nor PE"
                : "a text file (a linker script, perhaps), not a library; it begins with '" + text + "'";
    }

    /** The start of the first line that has something on it; empty where the file doesn't begin as a text. */
    private static String printable(Block start) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < start.length() && text.length() < EXCERPT; i++) {
            int c = start.u8(i);
            if (c == '\n' || c == '\r') {
                if (text.toString().isBlank()) {
                    continue;
                }
                break;
            }
            if (c < ' ' && c != '\t' || c > '~') {
                return "";
            }
            text.append((char) c);
        }
        return text.toString().strip();
    }
}
