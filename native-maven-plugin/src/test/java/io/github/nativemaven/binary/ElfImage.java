package io.github.nativemaven.binary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes small ELF libraries for any machine, without section headers: what a loader would need and no more. */
final class ElfImage {
    static final int X86_64 = 62;
    static final int ARM = 40;
    static final int S390 = 22;
    static final int PPC64 = 21;
    static final int I386 = 3;
    static final int AARCH64 = 183;

    private static final int GLOBAL_FUNCTION = 0x12;
    private static final int WEAK_FUNCTION = 0x22;
    private static final long ADDRESS = 0x400000;

    private record Symbol(String name, int info, int section, int version) {}

    private record Version(String name, int flags, int index) {}

    private record Segment(int type, int flags, byte[] bytes) {}

    private final boolean wide;
    private final ByteOrder order;
    private final int machine;
    private long flags;
    private boolean gnuHash;
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final Map<Long, List<String>> named = new LinkedHashMap<>();
    private final List<Symbol> imports = new ArrayList<>();
    private final List<Symbol> exports = new ArrayList<>();
    private final Map<String, List<Version>> needs = new LinkedHashMap<>();
    private final List<Segment> more = new ArrayList<>();
    private int versions = 1;

    ElfImage(boolean wide, ByteOrder order, int machine) {
        this.wide = wide;
        this.order = order;
        this.machine = machine;
        strings.write(0);
    }

    static ElfImage x86() {
        return new ElfImage(true, ByteOrder.LITTLE_ENDIAN, X86_64);
    }

    ElfImage flags(long flags) {
        this.flags = flags;
        return this;
    }

    ElfImage gnuHash() {
        gnuHash = true;
        return this;
    }

    /** One more program header, and its bytes at the end of the file. */
    ElfImage segment(int type, int segmentFlags, byte[] bytes) {
        more.add(new Segment(type, segmentFlags, bytes));
        return this;
    }

    /** Says which of the x86-64 levels it needs, as bits. */
    ElfImage x86Needs(int bits) {
        ByteBuffer note = ByteBuffer.allocate(wide ? 32 : 28).order(order);
        note.putInt(4).putInt(wide ? 16 : 12).putInt(5).put(new byte[] {'G', 'N', 'U', 0});
        note.putInt(0xc0008002).putInt(4).putInt(bits);
        return segment(0x6474e553, 4, note.array());
    }

    ElfImage executableStack() {
        return segment(ElfSegments.STACK, 7, new byte[0]);
    }

    ElfImage soname(String name) {
        return name(ElfDynamic.SONAME, name);
    }

    ElfImage needed(String... names) {
        for (String name : names) {
            name(ElfDynamic.NEEDED, name);
        }
        return this;
    }

    ElfImage rpath(String path) {
        return name(ElfDynamic.RPATH, path);
    }

    ElfImage runpath(String path) {
        return name(ElfDynamic.RUNPATH, path);
    }

    private ElfImage name(long tag, String name) {
        named.computeIfAbsent(tag, t -> new ArrayList<>()).add(name);
        return this;
    }

    /** A symbol that is needed in a version of a library: {@code memcpy@GLIBC_2.14}; or in none. */
    ElfImage imports(String library, String symbol) {
        return imports(library, symbol, false, false);
    }

    /** A symbol that is needed only where it is there, in a version that the loader may miss. */
    ElfImage importsWeak(String library, String symbol) {
        return imports(library, symbol, true, true);
    }

    private ElfImage imports(String library, String symbol, boolean weakSymbol, boolean weakVersion) {
        int at = symbol.indexOf('@');
        int index = 1;
        if (at >= 0) {
            index = ++versions;
            needs.computeIfAbsent(library, l -> new ArrayList<>())
                    .add(new Version(symbol.substring(at + 1), weakVersion ? 2 : 0, index));
        }
        String name = at < 0 ? symbol : symbol.substring(0, at);
        imports.add(new Symbol(name, weakSymbol ? WEAK_FUNCTION : GLOBAL_FUNCTION, 0, index));
        return this;
    }

    ElfImage exports(String... names) {
        for (String name : names) {
            exports.add(new Symbol(name, GLOBAL_FUNCTION, 1, 1));
        }
        return this;
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    ElfFile read(Path file) throws IOException {
        return (ElfFile) BinaryFile.read(write(file));
    }

    byte[] bytes() {
        int headers = wide ? 64 + (2 + more.size()) * 56 : 52 + (2 + more.size()) * 32;
        long symbolsAt = headers;
        byte[] symbols = symbols();
        long versionsAt = symbolsAt + symbols.length;
        byte[] symbolVersions = symbolVersions();
        long needsAt = versionsAt + symbolVersions.length;
        byte[] versionNeeds = versionNeeds();
        long hashAt = needsAt + versionNeeds.length;
        byte[] hash = gnuHash ? gnuHashTable() : hashTable();
        List<long[]> dynamic = new ArrayList<>();
        named.forEach((tag, names) -> names.forEach(name -> dynamic.add(new long[] {tag, string(name)})));
        long stringsAt = hashAt + hash.length;
        dynamic.add(new long[] {ElfDynamic.SYMBOL_TABLE, ADDRESS + symbolsAt});
        dynamic.add(new long[] {ElfDynamic.SYMBOL_SIZE, wide ? 24 : 16});
        dynamic.add(new long[] {gnuHash ? ElfDynamic.GNU_HASH : ElfDynamic.HASH, ADDRESS + hashAt});
        dynamic.add(new long[] {ElfDynamic.STRING_TABLE, ADDRESS + stringsAt});
        dynamic.add(new long[] {ElfDynamic.STRING_SIZE, strings.size()});
        dynamic.add(new long[] {ElfDynamic.SYMBOL_VERSIONS, ADDRESS + versionsAt});
        if (!needs.isEmpty()) {
            dynamic.add(new long[] {ElfDynamic.VERSION_NEEDS, ADDRESS + needsAt});
            dynamic.add(new long[] {ElfDynamic.VERSION_NEEDS_COUNT, needs.size()});
        }
        dynamic.add(new long[] {0, 0});
        long dynamicAt = stringsAt + strings.size();
        int dynamicSize = dynamic.size() * (wide ? 16 : 8);
        int moreAt = (int) dynamicAt + dynamicSize;
        int moreSize = more.stream().mapToInt(segment -> segment.bytes().length).sum();
        ByteBuffer image = ByteBuffer.allocate(moreAt + moreSize).order(order);
        header(image);
        segment(image, ElfSegments.LOAD, 5, 0, image.capacity());
        segment(image, ElfSegments.DYNAMIC, 5, dynamicAt, dynamicSize);
        for (Segment segment : more) {
            segment(image, segment.type(), segment.flags(), moreAt, segment.bytes().length);
            moreAt += segment.bytes().length;
        }
        image.put(symbols).put(symbolVersions).put(versionNeeds).put(hash).put(strings.toByteArray());
        for (long[] pair : dynamic) {
            word(image, pair[0]);
            word(image, pair[1]);
        }
        more.forEach(segment -> image.put(segment.bytes()));
        return image.array();
    }

    private void header(ByteBuffer image) {
        image.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
        image.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2))
                .put((byte) 1)
                .position(16);
        image.putShort((short) 3).putShort((short) machine).putInt(1);
        word(image, 0);
        word(image, wide ? 64 : 52);
        word(image, 0);
        image.putInt((int) flags).putShort((short) (wide ? 64 : 52));
        image.putShort((short) (wide ? 56 : 32)).putShort((short) (2 + more.size()));
        image.putShort((short) (wide ? 64 : 40)).putShort((short) 0).putShort((short) 0);
    }

    private void segment(ByteBuffer image, int type, int segmentFlags, long at, long size) {
        image.putInt(type);
        if (wide) {
            image.putInt(segmentFlags);
        }
        word(image, at);
        word(image, ADDRESS + at);
        word(image, ADDRESS + at);
        word(image, size);
        word(image, size);
        if (!wide) {
            image.putInt(segmentFlags);
        }
        word(image, 0x1000);
    }

    private void word(ByteBuffer image, long value) {
        if (wide) {
            image.putLong(value);
        } else {
            image.putInt((int) value);
        }
    }

    private int string(String text) {
        int at = strings.size();
        strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return at;
    }

    private List<Symbol> allSymbols() {
        List<Symbol> all = new ArrayList<>();
        all.add(new Symbol("", 0, 0, 0));
        all.addAll(imports);
        all.addAll(exports);
        return all;
    }

    private byte[] symbols() {
        List<Symbol> all = allSymbols();
        ByteBuffer table = ByteBuffer.allocate(all.size() * (wide ? 24 : 16)).order(order);
        for (Symbol symbol : all) {
            table.putInt(symbol.name().isEmpty() ? 0 : string(symbol.name()));
            if (wide) {
                table.put((byte) symbol.info()).put((byte) 0).putShort((short) symbol.section());
                table.putLong(0).putLong(0);
            } else {
                table.putInt(0).putInt(0);
                table.put((byte) symbol.info()).put((byte) 0).putShort((short) symbol.section());
            }
        }
        return table.array();
    }

    private byte[] symbolVersions() {
        List<Symbol> all = allSymbols();
        ByteBuffer table = ByteBuffer.allocate(all.size() * 2).order(order);
        all.forEach(symbol -> table.putShort((short) symbol.version()));
        return table.array();
    }

    private byte[] versionNeeds() {
        int entries = needs.size();
        for (List<Version> of : needs.values()) {
            entries += of.size();
        }
        ByteBuffer table = ByteBuffer.allocate(16 * entries).order(order);
        int librariesLeft = needs.size();
        for (Map.Entry<String, List<Version>> need : needs.entrySet()) {
            int count = need.getValue().size();
            table.putShort((short) 1).putShort((short) count).putInt(string(need.getKey()));
            table.putInt(16).putInt(--librariesLeft == 0 ? 0 : 16 * (count + 1));
            int versionsLeft = count;
            for (Version version : need.getValue()) {
                table.putInt(0).putShort((short) version.flags()).putShort((short) version.index());
                table.putInt(string(version.name())).putInt(--versionsLeft == 0 ? 0 : 16);
            }
        }
        return table.array();
    }

    private byte[] hashTable() {
        int count = allSymbols().size();
        boolean wideEntries = wide && machine == S390;
        ByteBuffer table =
                ByteBuffer.allocate((wideEntries ? 8 : 4) * (3 + count)).order(order);
        for (int number : new int[] {1, count, count - 1}) {
            if (wideEntries) {
                table.putLong(number);
            } else {
                table.putInt(number);
            }
        }
        return table.array();
    }

    /** One bucket with one chain; where nothing is exported, what GNU ld writes then. */
    private byte[] gnuHashTable() {
        int first = exports.isEmpty() ? 1 : imports.size() + 1;
        ByteBuffer table = ByteBuffer.allocate(16 + (wide ? 8 : 4) + 4 + 4 * exports.size())
                .order(order);
        table.putInt(1).putInt(first).putInt(1).putInt(0);
        word(table, -1);
        table.putInt(exports.isEmpty() ? 0 : first);
        for (int i = 1; i <= exports.size(); i++) {
            table.putInt(i == exports.size() ? 3 : 2);
        }
        return table.array();
    }
}
