package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A compiled library or program, as far as a packager asks: for which machine it is, what it needs, what it exports.
 *
 * <p>Immutable: everything was read when it was made, and the file may be gone since. Tables of symbols are kept as the
 * bytes that they are; names become texts only when they are asked for.
 */
public sealed interface BinaryFile permits ElfFile, MachOFile, MachOUniversal, PeFile {

    /** The formats of compiled files. */
    enum Format {
        ELF,
        MACH_O,
        PE
    }

    /**
     * Reads a file of any of the formats, told by its first bytes. Only headers and tables are read, never all of it.
     *
     * @throws MalformedBinaryException when it is none of them, or is damaged
     * @throws IOException when it can't be read
     */
    static BinaryFile read(Path path) throws IOException {
        try (BoundedFile file = BoundedFile.open(path)) {
            return BinaryReader.read(file);
        }
    }

    /** The file that was read. */
    Path path();

    Format format();

    /** The machines it is for: one, or several for a universal file; empty where it is one that we have no name for. */
    List<Architecture> architectures();

    /** The libraries that the loader must find, as they are named in the file, in the file's order. */
    List<String> needed();

    /**
     * The names of the symbols that others may link to, defined here, in the file's order.
     *
     * @param prefix how the names begin; empty for all
     * @throws MalformedBinaryException when the table of symbols is damaged
     */
    Set<String> exports(String prefix);

    /**
     * The names of the symbols that other libraries must define, in the file's order.
     *
     * @throws MalformedBinaryException when the table of symbols is damaged
     */
    Set<String> imports();
}
