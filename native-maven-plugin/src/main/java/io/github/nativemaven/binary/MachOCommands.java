package io.github.nativemaven.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The load commands of a Mach-O file, and how they are changed. What isn't changed stays as it is, to the byte. */
final class MachOCommands {
    /** Command and size. */
    private static final int START = 8;

    private static final int RPATH_TEXT = 12;

    private final ByteOrder order;
    private final boolean wide;
    private final Path path;
    private final List<Block> commands = new ArrayList<>();
    private final NameBudget names;
    private boolean changed;

    /**
     * @param all the commands' bytes
     * @param count how many there are
     */
    MachOCommands(Block all, long count, ByteOrder order, boolean wide) {
        this.order = order;
        this.wide = wide;
        this.path = all.path();
        this.names = new NameBudget(4L * all.length());
        long at = 0;
        for (long left = count; left > 0; left--) {
            long size = all.u32(at + 4);
            if (size < START) {
                throw all.malformed(at + 4, "a load command of " + size + " bytes");
            }
            commands.add(all.part(at, size, "a load command"));
            at += size;
        }
    }

    /** Whether anything has been changed. */
    boolean changed() {
        return changed;
    }

    int count() {
        return commands.size();
    }

    /** The bytes of all of them. */
    int size() {
        int size = 0;
        for (Block command : commands) {
            size += command.length();
        }
        return size;
    }

    void addTo(ByteBuffer bytes) {
        commands.forEach(command -> bytes.put(command.bytes()));
    }

    List<Block> all() {
        return List.copyOf(commands);
    }

    /** The first of a type. */
    Optional<Block> first(int type) {
        return commands.stream().filter(command -> type(command) == type).findFirst();
    }

    static int type(Block command) {
        return (int) command.u32(0);
    }

    /** Changes what is asked for, but for the signature. */
    void apply(MachOPatch patch) {
        Set<String> rpaths = new HashSet<>();
        for (int i = 0; i < commands.size(); i++) {
            Block command = commands.get(i);
            switch (type(command)) {
                case MachOReader.LC_LOAD_DYLIB,
                        MachOReader.LC_LOAD_WEAK_DYLIB,
                        MachOReader.LC_REEXPORT_DYLIB,
                        MachOReader.LC_LAZY_LOAD_DYLIB,
                        MachOReader.LC_LOAD_UPWARD_DYLIB ->
                    rename(i, Optional.ofNullable(patch.replaced().get(text(command))));
                case MachOReader.LC_ID_DYLIB -> rename(i, patch.installName());
                case MachOReader.LC_RPATH -> {
                    if (patch.removedRpaths().contains(text(command))) {
                        commands.remove(i--);
                        changed = true;
                    } else {
                        rpaths.add(text(command));
                    }
                }
                default -> {
                    // Nothing in it is ever changed.
                }
            }
        }
        for (String directory : patch.addedRpaths()) {
            if (rpaths.add(directory)) {
                ByteBuffer start =
                        buffer(RPATH_TEXT).putInt(MachOReader.LC_RPATH).putInt(0);
                add(block(withText(start.putInt(RPATH_TEXT).array(), directory)));
            }
        }
    }

    private String text(Block command) {
        return command.string(command.u32(START), names, "a library's name");
    }

    private void rename(int i, Optional<String> name) {
        Block command = commands.get(i);
        if (name.isEmpty() || name.get().equals(text(command))) {
            return;
        }
        long start = command.u32(START);
        if (start < RPATH_TEXT) {
            throw command.malformed(START, "a name that begins within the command's numbers");
        }
        byte[] fixed = command.part(0, start, "a load command's numbers").bytes();
        set(i, withText(fixed, name.get()));
    }

    private byte[] withText(byte[] fixed, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int word = wide ? 8 : 4;
        int size = (fixed.length + bytes.length + word) / word * word;
        return buffer(size).put(fixed).put(bytes).putInt(4, size).array();
    }

    /** Sets the place of the signature, and the end of the last segment, which is the signature's. */
    void setSignature(long at, long size, Block linkedit, long page) {
        byte[] signature = buffer(16)
                .putInt(MachOReader.LC_CODE_SIGNATURE)
                .putInt(16)
                .putInt((int) at)
                .putInt((int) size)
                .array();
        Optional<Block> old = first(MachOReader.LC_CODE_SIGNATURE);
        if (old.isPresent()) {
            set(commands.indexOf(old.get()), signature);
        } else {
            add(block(signature));
        }
        long length = at + size - MachOSegment.of(linkedit).offset();
        long memory = (length + page - 1) / page * page;
        byte[] bytes = linkedit.bytes();
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(order);
        if (type(linkedit) == MachOReader.LC_SEGMENT_64) {
            numbers.putLong(32, memory).putLong(48, length);
        } else {
            numbers.putInt(28, (int) memory).putInt(36, (int) length);
        }
        set(commands.indexOf(linkedit), bytes);
    }

    private void add(Block command) {
        commands.add(command);
        changed = true;
    }

    private void set(int i, byte[] bytes) {
        commands.set(i, block(bytes));
        changed = true;
    }

    private Block block(byte[] bytes) {
        return new Block(path, 0, bytes, order);
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }
}
