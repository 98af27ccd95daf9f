package io.github.nativemaven.binary;

import io.github.nativemaven.binary.MachOFile.Dependency;
import io.github.nativemaven.binary.MachOFile.OsVersion;
import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Mach-O files: the header, the load commands, and the symbol table that one of them leads to. */
final class MachOReader {
    static final int MAGIC_32 = 0xfeedface;
    static final int MAGIC_64 = 0xfeedfacf;
    static final int CIGAM_32 = 0xcefaedfe;
    static final int CIGAM_64 = 0xcffaedfe;
    static final int FAT_32 = 0xcafebabe;
    static final int FAT_64 = 0xcafebabf;

    /** A class file has the same magic; its version, 45 and more, stands where a universal file has its count. */
    private static final int MOST_SLICES = 44;

    private static final int CPU_X86 = 7;
    private static final int CPU_ARM = 12;
    private static final int CPU_X86_64 = 0x01000007;
    static final int CPU_ARM64 = 0x0100000c;

    static final int LC_SEGMENT = 0x1;
    static final int LC_SEGMENT_64 = 0x19;
    static final int LC_SYMTAB = 0x2;
    static final int LC_LOAD_DYLIB = 0xc;
    static final int LC_ID_DYLIB = 0xd;
    static final int LC_LOAD_WEAK_DYLIB = 0x80000018;
    static final int LC_RPATH = 0x8000001c;
    static final int LC_CODE_SIGNATURE = 0x1d;
    static final int LC_REEXPORT_DYLIB = 0x8000001f;
    static final int LC_LAZY_LOAD_DYLIB = 0x20;
    static final int LC_LOAD_UPWARD_DYLIB = 0x80000023;
    static final int LC_VERSION_MIN_MACOSX = 0x24;
    static final int LC_BUILD_VERSION = 0x32;
    static final int PLATFORM_MACOS = 1;

    private final BoundedFile file;
    private final long start;
    private final NameBudget names;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<String> rpaths = new ArrayList<>();
    private Optional<String> installName = Optional.empty();
    private Optional<OsVersion> minimumOs = Optional.empty();
    private final List<MachOSegment> segments = new ArrayList<>();
    private MachOSymbols symbols;
    private boolean signed;

    private MachOReader(BoundedFile file, long start, long length) {
        this.file = file;
        this.start = start;
        this.names = new NameBudget(length);
        Block none = Block.none(file.path());
        this.symbols = new MachOSymbols(true, none, none, length);
    }

    static MachOFile read(BoundedFile file) throws IOException {
        return new MachOReader(file, 0, file.size()).slice(file.size());
    }

    /** What is at the addresses of the exports whose names begin so; of a universal file, those of its first slice. */
    static ExportedData data(BoundedFile file, String prefix) throws IOException {
        long start = 0;
        long length = file.size();
        Block head = file.order(ByteOrder.BIG_ENDIAN).block(0, 8, "the Mach-O header");
        int magic = (int) head.u32(0);
        if (magic == FAT_32 || magic == FAT_64) {
            readUniversal(file);
            boolean wide = magic == FAT_64;
            Block first = file.order(ByteOrder.BIG_ENDIAN).block(8, wide ? 32 : 20, "the table of slices");
            start = first.word(8, wide);
            length = first.word(wide ? 16 : 12, wide);
        }
        MachOReader reader = new MachOReader(file, start, length);
        reader.slice(length);
        ExportedData data = new ExportedData(length);
        for (Map.Entry<String, Long> each : reader.symbols.addresses(prefix).entrySet()) {
            data.add(each.getKey(), (at, size) -> reader.at(each.getValue() + at, size, each.getKey()));
        }
        return data;
    }

    private Block at(long address, long size, String what) throws IOException {
        for (MachOSegment segment : segments) {
            long into = address - segment.address();
            if (into >= 0 && size >= 0 && into <= segment.fileSize() - size) {
                return file.block(start + segment.offset() + into, size, what);
            }
        }
        throw file.malformed(start, what + " is in no segment that the file holds");
    }

    static MachOUniversal readUniversal(BoundedFile file) throws IOException {
        Block head = file.order(ByteOrder.BIG_ENDIAN).block(0, 8, "the universal header");
        boolean wide = (int) head.u32(0) == FAT_64;
        long count = head.u32(4);
        if (count > MOST_SLICES) {
            throw head.malformed(4, "a Java class file, or a universal file with " + count + " slices");
        }
        int size = wide ? 32 : 20;
        Block table = file.block(8, count * size, "the table of slices");
        List<MachOFile> slices = new ArrayList<>();
        long left = file.size();
        for (int at = 0; at < table.length(); at += size) {
            long offset = table.word(at + 8, wide);
            long length = table.word(at + (wide ? 16 : 12), wide);
            if (offset < 0 || length < 0 || length > left || offset > file.size() - length) {
                throw table.malformed(at, "a slice reaches beyond the file's end, or into another");
            }
            left -= length;
            slices.add(new MachOReader(file, offset, length).slice(length));
        }
        return new MachOUniversal(file.path(), slices);
    }

    private MachOFile slice(long length) throws IOException {
        Block magic = file.order(ByteOrder.BIG_ENDIAN).block(start, 4, "the Mach-O magic");
        int value = (int) magic.u32(0);
        boolean wide = value == MAGIC_64 || value == CIGAM_64;
        if (!wide && value != MAGIC_32 && value != CIGAM_32) {
            throw magic.malformed(0, "a slice that is no Mach-O file");
        }
        file.order(value == MAGIC_64 || value == MAGIC_32 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int headerSize = wide ? 32 : 28;
        Block header = part(0, headerSize, length, "the Mach-O header");
        Block commands = part(headerSize, header.u32(20), length, "the load commands");
        readCommands(commands, header.u32(16), wide, length);
        return new MachOFile(
                file.path(),
                architecture((int) header.u32(4)),
                (int) header.u32(12),
                installName,
                dependencies,
                rpaths,
                minimumOs,
                signed,
                symbols);
    }

    /** A part of the slice, which must not reach into what follows it. */
    private Block part(long offset, long size, long length, String what) throws IOException {
        if (offset > length || size > length - offset) {
            throw file.malformed(start, what + " of " + size + " bytes reaches beyond the slice's end");
        }
        return file.block(start + offset, size, what);
    }

    private static Optional<Architecture> architecture(int cpu) {
        return Optional.ofNullable(
                switch (cpu) {
                    case CPU_X86_64 -> Architecture.X86_64;
                    case CPU_ARM64 -> Architecture.AARCH64;
                    case CPU_X86 -> Architecture.I686;
                    case CPU_ARM -> Architecture.ARMV7L;
                    default -> null;
                });
    }

    private void readCommands(Block commands, long count, boolean wide, long length) throws IOException {
        long at = 0;
        for (long left = count; left > 0; left--) {
            long size = commands.u32(at + 4);
            if (size < 8) {
                throw commands.malformed(at + 4, "a load command of " + size + " bytes");
            }
            readCommand(commands.part(at, size, "a load command"), wide, length);
            at += size;
        }
    }

    private void readCommand(Block command, boolean wide, long length) throws IOException {
        switch ((int) command.u32(0)) {
            case LC_LOAD_DYLIB -> dependencies.add(dependency(command, Dependency.Kind.REQUIRED));
            case LC_LOAD_WEAK_DYLIB -> dependencies.add(dependency(command, Dependency.Kind.WEAK));
            case LC_REEXPORT_DYLIB -> dependencies.add(dependency(command, Dependency.Kind.REEXPORTED));
            case LC_LAZY_LOAD_DYLIB -> dependencies.add(dependency(command, Dependency.Kind.LAZY));
            case LC_LOAD_UPWARD_DYLIB -> dependencies.add(dependency(command, Dependency.Kind.UPWARD));
            case LC_ID_DYLIB -> installName = Optional.of(name(command));
            case LC_RPATH -> rpaths.add(name(command));
            case LC_SEGMENT, LC_SEGMENT_64 -> segments.add(MachOSegment.of(command));
            case LC_SYMTAB -> symbols = symbols(command, wide, length);
            case LC_CODE_SIGNATURE -> signed = true;
            case LC_VERSION_MIN_MACOSX -> minimumOs = Optional.of(OsVersion.ofPacked(command.u32(8)));
            case LC_BUILD_VERSION -> {
                if (command.u32(8) == PLATFORM_MACOS) {
                    minimumOs = Optional.of(OsVersion.ofPacked(command.u32(12)));
                }
            }
            default -> {
                // What concerns only the loader.
            }
        }
    }

    private Dependency dependency(Block command, Dependency.Kind kind) {
        return new Dependency(name(command), kind);
    }

    /** The text whose place, from the command's start, follows the command's size. */
    private String name(Block command) {
        return command.string(command.u32(8), names, "a library's name");
    }

    private MachOSymbols symbols(Block command, boolean wide, long length) throws IOException {
        if (symbols.count() > 0) {
            throw command.malformed(0, "a second symbol table");
        }
        long count = command.u32(12);
        Block entries = part(command.u32(8), count * MachOSymbols.size(wide), length, "the symbol table");
        Block strings = part(command.u32(16), command.u32(20), length, "the string table");
        return new MachOSymbols(wide, entries, strings, length);
    }
}
