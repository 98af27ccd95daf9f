package io.github.nativemaven.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes small Mach-O libraries: a header, load commands and a symbol table. */
final class MachOImage {
    static final int X86_64 = 0x01000007;
    static final int ARM64 = 0x0100000c;
    static final int I386 = 7;

    static final int EXPORTED = 0x0f;
    static final int IMPORTED = 0x01;
    static final int LOCAL = 0x0e;
    static final int PRIVATE = 0x1f;
    static final int DEBUG = 0x24;

    private record Symbol(int nameAt, int type) {}

    private final boolean wide;
    private final ByteOrder order;
    private final int cpu;
    private final List<byte[]> commands = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

    MachOImage(boolean wide, ByteOrder order, int cpu) {
        this.wide = wide;
        this.order = order;
        this.cpu = cpu;
        strings.write(' ');
        strings.write(0);
    }

    static MachOImage arm64() {
        return new MachOImage(true, ByteOrder.LITTLE_ENDIAN, ARM64);
    }

    MachOImage symbol(int type, String name) {
        symbols.add(new Symbol(strings.size(), type));
        strings.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return this;
    }

    /** A load command whose text follows {@code head} bytes. */
    MachOImage named(int command, int head, String name) {
        int size = (head + name.length() + 1 + 7) & ~7;
        ByteBuffer bytes = ByteBuffer.allocate(size).order(order);
        bytes.putInt(command).putInt(size).putInt(head).position(head);
        bytes.put(name.getBytes(StandardCharsets.UTF_8));
        commands.add(bytes.array());
        return this;
    }

    MachOImage library(int command, String name) {
        return named(command, 24, name);
    }

    MachOImage command(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length + 4).order(order);
        bytes.putInt(numbers[0]).putInt(bytes.capacity());
        for (int i = 1; i < numbers.length; i++) {
            bytes.putInt(numbers[i]);
        }
        commands.add(bytes.array());
        return this;
    }

    byte[] bytes() {
        int commandsSize = 24;
        for (byte[] command : commands) {
            commandsSize += command.length;
        }
        int header = wide ? 32 : 28;
        int symbolsAt = header + commandsSize;
        int symbolsSize = symbols.size() * (wide ? 16 : 12);
        ByteBuffer image =
                ByteBuffer.allocate(symbolsAt + symbolsSize + strings.size()).order(order);
        image.putInt(wide ? 0xfeedfacf : 0xfeedface).putInt(cpu).putInt(0).putInt(6);
        image.putInt(commands.size() + 1).putInt(commandsSize).putInt(0);
        image.position(header);
        commands.forEach(image::put);
        image.putInt(2).putInt(24).putInt(symbolsAt).putInt(symbols.size());
        image.putInt(symbolsAt + symbolsSize).putInt(strings.size());
        for (Symbol symbol : symbols) {
            image.putInt(symbol.nameAt())
                    .put((byte) symbol.type())
                    .put((byte) 1)
                    .putShort((short) 0);
            image.putInt(0);
            if (wide) {
                image.putInt(0);
            }
        }
        image.put(strings.toByteArray());
        return image.array();
    }

    /** One file of several. */
    static byte[] universal(boolean wide, byte[]... slices) {
        int entry = wide ? 32 : 20;
        int at = 8 + entry * slices.length;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(at);
        head.putInt(wide ? 0xcafebabf : 0xcafebabe).putInt(slices.length);
        for (byte[] slice : slices) {
            head.putInt(0).putInt(0);
            if (wide) {
                head.putLong(at).putLong(slice.length).putInt(0).putInt(0);
            } else {
                head.putInt(at).putInt(slice.length).putInt(0);
            }
            at += slice.length;
            all.writeBytes(slice);
        }
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        image.writeBytes(head.array());
        image.writeBytes(all.toByteArray());
        return image.toByteArray();
    }
}
