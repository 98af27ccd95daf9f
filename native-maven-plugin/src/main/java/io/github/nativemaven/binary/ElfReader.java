package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ElfFile.VersionNeed;
import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads ELF files as the loader does: through the program headers and the dynamic section, so that a file without section
 * headers reads the same.
 */
final class ElfReader {
    static final int MAGIC = 0x7f454c46;

    private static final int EM_386 = 3;
    private static final int EM_PPC64 = 21;
    private static final int EM_S390 = 22;
    private static final int EM_ARM = 40;
    private static final int EM_X86_64 = 62;
    private static final int EM_AARCH64 = 183;
    private static final int EM_RISCV = 243;
    private static final int EM_LOONGARCH = 258;

    /** The table does not say how long it is; the largest known one has some hundred entries of 16 bytes. */
    static final int MOST_OF_VERSION_NEEDS = 1024 * 1024;

    private final BoundedFile file;
    private final ElfHeader header;
    private final ElfSegments segments;
    private final ElfDynamic dynamic;
    private final NameBudget names;

    private ElfReader(BoundedFile file) throws IOException {
        this.file = file;
        this.header = ElfHeader.read(file);
        this.segments = ElfSegments.read(file, header);
        this.dynamic = ElfDynamic.read(file, header, segments);
        this.names = new NameBudget(file.size());
    }

    static ElfFile read(BoundedFile file) throws IOException {
        return new ElfReader(file).read();
    }

    private ElfFile read() throws IOException {
        Block strings = strings();
        ElfSymbols symbols = symbols(strings);
        return new ElfFile(
                file.path(),
                architecture(),
                header,
                interpreter(),
                first(strings, ElfDynamic.SONAME),
                all(strings, ElfDynamic.NEEDED),
                directories(strings, ElfDynamic.RPATH),
                directories(strings, ElfDynamic.RUNPATH),
                versionNeeds(symbols),
                isX86() ? ElfProperties.x86Level(file, header, segments) : 1,
                segments.first(ElfSegments.STACK)
                        .filter(stack -> (stack.flags() & ElfSegments.EXECUTABLE) != 0)
                        .isPresent(),
                symbols);
    }

    /** What is at the addresses of the exports whose names begin so. */
    static ExportedData data(BoundedFile file, String prefix) throws IOException {
        ElfReader reader = new ElfReader(file);
        ExportedData data = new ExportedData(file.size());
        Map<String, Long> addresses =
                reader.symbols(reader.strings()).addresses(prefix.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, Long> each : addresses.entrySet()) {
            data.add(each.getKey(), (at, length) -> reader.segments.at(each.getValue() + at, length, each.getKey()));
        }
        return data;
    }

    private Optional<Architecture> architecture() {
        boolean little = header.order() == ByteOrder.LITTLE_ENDIAN;
        Architecture named =
                switch (header.machine()) {
                    case EM_386 -> Architecture.I686;
                    case EM_X86_64 -> Architecture.X86_64;
                    case EM_AARCH64 -> Architecture.AARCH64;
                    case EM_ARM -> Architecture.ARMV7L;
                    case EM_PPC64 -> little ? Architecture.PPC64LE : Architecture.PPC64;
                    case EM_S390 -> Architecture.S390X;
                    case EM_RISCV -> Architecture.RISCV64;
                    case EM_LOONGARCH -> Architecture.LOONGARCH64;
                    default -> null;
                };
        // The same machine with other pointers or another byte order (x32, riscv32, armeb) is another platform.
        return Optional.ofNullable(named)
                .filter(a -> a.pointerWidth() == (header.wide() ? 64 : 32) && a.bigEndian() != little);
    }

    private boolean isX86() {
        return header.machine() == EM_X86_64 || header.machine() == EM_386;
    }

    private Optional<String> interpreter() throws IOException {
        ElfSegments.Segment segment = segments.first(ElfSegments.INTERPRETER).orElse(null);
        if (segment == null) {
            return Optional.empty();
        }
        Block block = file.block(segment.offset(), segment.fileSize(), "the interpreter's path");
        return Optional.of(block.string(0, names, "the interpreter's path"));
    }

    private Block strings() throws IOException {
        if (!dynamic.has(ElfDynamic.STRING_TABLE)) {
            return Block.none(file.path());
        }
        return segments.at(
                dynamic.value(ElfDynamic.STRING_TABLE, 0),
                dynamic.value(ElfDynamic.STRING_SIZE, 0),
                "the dynamic string table");
    }

    private Optional<String> first(Block strings, long tag) {
        return dynamic.has(tag)
                ? Optional.of(strings.string(dynamic.value(tag, 0), names, "a name in the dynamic section"))
                : Optional.empty();
    }

    private List<String> all(Block strings, long tag) {
        List<String> found = new ArrayList<>();
        for (long at : dynamic.values(tag)) {
            found.add(strings.string(at, names, "a name in the dynamic section"));
        }
        return found;
    }

    private List<String> directories(Block strings, long tag) {
        String path = first(strings, tag).orElse("");
        return path.isEmpty() ? List.of() : List.of(path.split(":"));
    }

    private ElfSymbols symbols(Block strings) throws IOException {
        int size = ElfSymbols.size(header.wide());
        long stated = dynamic.value(ElfDynamic.SYMBOL_SIZE, size);
        if (stated != size) {
            throw file.malformed(0, "symbols of " + stated + " bytes, expected " + size);
        }
        long count = new ElfSymbolCount(file, header, segments, dynamic).count();
        long address = dynamic.value(ElfDynamic.SYMBOL_TABLE, 0);
        Block symbols = count == 0
                ? Block.none(file.path())
                : segments.at(address, multiply(count, size), "the dynamic symbol table");
        Block versions = dynamic.has(ElfDynamic.SYMBOL_VERSIONS) && count > 0
                ? segments.at(
                        dynamic.value(ElfDynamic.SYMBOL_VERSIONS, 0), multiply(count, 2), "the symbol version table")
                : null;
        return new ElfSymbols(header.wide(), symbols, strings, versions, file.size());
    }

    /** A product that is too large becomes negative, which no check of a size lets through; so does a negative count. */
    private static long multiply(long count, int size) {
        return count < 0 || count > Integer.MAX_VALUE ? -1 : count * size;
    }

    private List<VersionNeed> versionNeeds(ElfSymbols symbols) throws IOException {
        long libraries = dynamic.value(ElfDynamic.VERSION_NEEDS_COUNT, 0);
        if (!dynamic.has(ElfDynamic.VERSION_NEEDS) || libraries == 0) {
            return List.of();
        }
        long address = dynamic.value(ElfDynamic.VERSION_NEEDS, 0);
        long length = Math.min(segments.available(address), MOST_OF_VERSION_NEEDS);
        Block table = segments.at(address, length, "the version needs");
        return ElfVersionNeeds.read(table, libraries, symbols, names);
    }
}
