package io.github.nativemaven.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes small PE libraries: headers, and one section with import and export tables. */
final class PeImage {
    static final int AMD64 = 0x8664;
    static final int ARM64 = 0xaa64;
    static final int I386 = 0x14c;

    private static final int SECTION_ADDRESS = 0x1000;
    private static final int SECTION_OFFSET = 0x200;
    private static final long IMAGE_BASE = 0x400000;

    private record Library(String name, boolean delayed, boolean absolute, List<String> symbols) {}

    private final boolean wide;
    private final int machine;
    private final List<Library> libraries = new ArrayList<>();
    private List<String> exports = List.of();

    PeImage(boolean wide, int machine) {
        this.wide = wide;
        this.machine = machine;
    }

    /** A number instead of a name stands for an import by ordinal. */
    PeImage imports(String library, String... symbols) {
        libraries.add(new Library(library, false, false, List.of(symbols)));
        return this;
    }

    PeImage delayed(String library, String... symbols) {
        libraries.add(new Library(library, true, false, List.of(symbols)));
        return this;
    }

    /** As old linkers did: addresses instead of distances from the image. */
    PeImage delayedAbsolute(String library, String... symbols) {
        libraries.add(new Library(library, true, true, List.of(symbols)));
        return this;
    }

    PeImage exports(String... names) {
        exports = List.of(names);
        return this;
    }

    private final ByteArrayOutputStream section = new ByteArrayOutputStream();

    byte[] bytes() {
        section.reset();
        int imports = table(false);
        int delayed = table(true);
        int exported = exports.isEmpty() ? 0 : exportTable();
        int optionalSize = (wide ? 112 : 96) + 16 * 8;
        ByteBuffer image = ByteBuffer.allocate(SECTION_OFFSET + section.size()).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(60, 64);
        image.position(64);
        image.put(new byte[] {'P', 'E', 0, 0}).putShort((short) machine).putShort((short) 1);
        image.putInt(0).putInt(0).putInt(0).putShort((short) optionalSize).putShort((short) 0x2002);
        int optional = image.position();
        image.putShort((short) (wide ? 0x20b : 0x10b));
        if (wide) {
            image.putLong(optional + 24, IMAGE_BASE);
        } else {
            image.putInt(optional + 28, (int) IMAGE_BASE);
        }
        image.putInt(optional + 32, SECTION_ADDRESS).putInt(optional + 36, SECTION_OFFSET);
        image.putInt(optional + 56, 2 * SECTION_ADDRESS).putInt(optional + 60, SECTION_OFFSET);
        int directories = optional + (wide ? 108 : 92);
        image.putInt(directories, 16);
        image.putInt(directories + 4, exported);
        image.putInt(directories + 4 + 8, imports);
        image.putInt(directories + 4 + 13 * 8, delayed);
        image.position(optional + optionalSize);
        image.put(new byte[] {'.', 'r', 'd', 'a', 't', 'a', 0, 0})
                .putInt(section.size())
                .putInt(SECTION_ADDRESS);
        image.putInt(section.size()).putInt(SECTION_OFFSET);
        image.position(SECTION_OFFSET);
        return image.put(section.toByteArray()).array();
    }

    /** The address of what is written next. */
    private int here() {
        return SECTION_ADDRESS + section.size();
    }

    private int text(String text, int before) {
        int at = here();
        section.writeBytes(new byte[before]);
        section.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        section.write(0);
        return at;
    }

    private void numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            bytes.putInt((int) number);
        }
        section.writeBytes(bytes.array());
    }

    private int table(boolean delayed) {
        List<long[]> entries = new ArrayList<>();
        for (Library library : libraries) {
            if (library.delayed() == delayed) {
                long base = library.absolute() ? IMAGE_BASE : 0;
                long name = text(library.name(), 0) + base;
                long symbols = symbols(library.symbols(), base) + base;
                entries.add(
                        delayed
                                ? new long[] {library.absolute() ? 0 : 1, name, 0, 0, symbols, 0, 0, 0}
                                : new long[] {0, 0, 0, name, symbols});
            }
        }
        if (entries.isEmpty()) {
            return 0;
        }
        int at = here();
        entries.forEach(this::numbers);
        numbers(new long[8]);
        return at;
    }

    private int symbols(List<String> symbols, long base) {
        List<Long> entries = new ArrayList<>();
        for (String symbol : symbols) {
            boolean ordinal = Character.isDigit(symbol.charAt(0));
            entries.add(ordinal ? -Long.parseLong(symbol) : text(symbol, 2) + base);
        }
        int at = here();
        for (long entry : entries) {
            long high = wide ? 0x8000_0000L : 0;
            if (entry < 0) {
                numbers(wide ? new long[] {-entry, high} : new long[] {0x8000_0000L - entry});
            } else {
                numbers(wide ? new long[] {entry, 0} : new long[] {entry});
            }
        }
        numbers(0, 0);
        return at;
    }

    private int exportTable() {
        long[] names = exports.stream().mapToLong(name -> text(name, 0)).toArray();
        int table = here();
        numbers(names);
        int at = here();
        numbers(0, 0, 0, 0, 1, names.length, names.length, 0, table, 0);
        return at;
    }
}
