package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A Mach-O file, or one of those in a universal file, as it shall become. Load commands grow into what is unused before the
 * first section; the signature comes at the end, in the place of any that is there.
 */
final class MachOSlice {
    private static final int PROGRAM = 2;
    private static final long MOST = 0xffff_0000L;
    private static final long SMALL_PAGE = 0x1000;
    private static final long LARGE_PAGE = 0x4000;
    private static final int SIGNATURE_ALIGNMENT = 16;
    private static final int WINDOW = 1 << 20;

    private final BoundedFile file;
    private final long start;
    private final long length;
    private final ByteOrder order;
    private final Block header;
    private final Block oldCommands;
    private final MachOCommands commands;

    /** What of the old slice is kept, up to the old signature. */
    private long kept;

    private Optional<MachOSignature> signature = Optional.empty();

    /**
     * @param start where it begins in the file
     * @param length its bytes there
     */
    MachOSlice(BoundedFile file, long start, long length, MachOPatch patch) throws IOException {
        this.file = file;
        this.start = start;
        this.length = length;
        this.kept = length;
        int magic = (int) file.order(ByteOrder.BIG_ENDIAN)
                .block(start, 4, "the Mach-O magic")
                .u32(0);
        boolean wide = magic == MachOReader.MAGIC_64 || magic == MachOReader.CIGAM_64;
        boolean big = magic == MachOReader.MAGIC_64 || magic == MachOReader.MAGIC_32;
        this.order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.header = file.order(order).block(start, wide ? 32 : 28, "the Mach-O header");
        this.oldCommands = file.block(start + header.length(), header.u32(20), "the load commands");
        this.commands = new MachOCommands(oldCommands, header.u32(16), order, wide);
        boolean signed = commands.first(MachOReader.LC_CODE_SIGNATURE).isPresent();
        boolean mustBe = header.u32(4) == MachOReader.CPU_ARM64;
        commands.apply(patch);
        if ((signed || mustBe) && (commands.changed() || patch.signed() || !signed)) {
            sign(patch.identifier());
        }
        if (commands.changed()) {
            requireRoom();
        }
    }

    /** Whether it becomes another than it is. */
    boolean changed() {
        return commands.changed() || signature.isPresent();
    }

    /** The bytes that it will have. */
    long newLength() {
        return signature.isPresent() ? signature.get().limit() + signature.get().size() : length;
    }

    private void sign(String identifier) throws IOException {
        Optional<Block> old = commands.first(MachOReader.LC_CODE_SIGNATURE);
        Block linkedit = segment("__LINKEDIT")
                .orElseThrow(() -> file.malformed(start, "no __LINKEDIT segment, in which a signature would be"));
        MachOSegment last = MachOSegment.of(linkedit);
        if (old.isPresent()) {
            kept = old.get().u32(8);
            requireAtEnd(old.get(), kept + old.get().u32(12), last);
        } else {
            kept = last.offset() + last.fileSize();
            requireAtEnd(linkedit, kept, last);
        }
        long limit = (kept + SIGNATURE_ALIGNMENT - 1) / SIGNATURE_ALIGNMENT * SIGNATURE_ALIGNMENT;
        Optional<MachOSegment> text = segment("__TEXT").map(MachOSegment::of);
        signature = Optional.of(new MachOSignature(
                identifier,
                limit,
                text.map(MachOSegment::offset).orElse(0L),
                text.map(MachOSegment::fileSize).orElse(0L),
                header.u32(12) == PROGRAM,
                info()));
        if (newLength() > MOST) {
            throw file.malformed(start, "too large for a signature: more than 4 GB");
        }
        long page = header.u32(4) == MachOReader.CPU_ARM64 ? LARGE_PAGE : SMALL_PAGE;
        commands.setSignature(limit, signature.get().size(), linkedit, page);
        requireLastInMemory(last, (newLength() - last.offset() + page - 1) / page * page);
    }

    private Optional<Block> segment(String name) {
        return commands.all().stream()
                .filter(MachOSegment::is)
                .filter(command -> MachOSegment.of(command).name().equals(name))
                .findFirst();
    }

    /** What follows the signature would be lost; zeros up to a page don't matter. */
    private void requireAtEnd(Block command, long end, MachOSegment last) throws IOException {
        if (last.offset() < 0 || last.offset() > kept || kept < headEnd() || kept > length || end < kept) {
            throw file.malformed(start + header.length(), "a signature, or the last segment, is where it can't be");
        }
        if (end > length || length - end >= LARGE_PAGE || !isZero(end, length - end)) {
            throw command.malformed(0, "what is signed ends at " + end + ", and not where the file ends: " + length);
        }
    }

    private boolean isZero(long at, long size) throws IOException {
        byte[] bytes = file.block(start + at, size, "what is behind").bytes();
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private void requireLastInMemory(MachOSegment last, long size) {
        for (Block command : commands.all()) {
            if (MachOSegment.is(command)) {
                long behind = MachOSegment.of(command).address() - last.address();
                if (behind > 0 && behind < size) {
                    throw file.malformed(start + header.length(), "a segment follows __LINKEDIT in memory");
                }
            }
        }
    }

    private long headEnd() {
        return (long) header.length() + oldCommands.length();
    }

    /** The digest of the property list that a program may have in it. */
    private Optional<byte[]> info() throws IOException {
        Optional<Block> text = segment("__TEXT");
        MachOSegment.Section[] found = new MachOSegment.Section[1];
        text.ifPresent(command -> MachOSegment.sections(command, section -> {
            if (section.name().equals("__info_plist")) {
                found[0] = section;
            }
        }));
        if (found[0] == null) {
            return Optional.empty();
        }
        if (found[0].offset() > length || found[0].size() > Math.min(length - found[0].offset(), WINDOW)) {
            throw file.malformed(start, "a property list that is larger than the file, or than 1 MB");
        }
        Block list = file.block(start + found[0].offset(), found[0].size(), "the property list");
        return Optional.of(MachOSignature.sha256().digest(list.bytes()));
    }

    /** The load commands end before the first section, and nothing that isn't zero is written over. */
    private void requireRoom() throws IOException {
        long[] end = {length};
        for (Block command : commands.all()) {
            if (MachOSegment.is(command)) {
                MachOSegment segment = MachOSegment.of(command);
                if (segment.offset() > 0 && segment.fileSize() > 0) {
                    end[0] = Math.min(end[0], segment.offset());
                }
                MachOSegment.sections(command, section -> end[0] = Math.min(end[0], section.offset()));
            } else if (MachOCommands.type(command) == MachOReader.LC_SYMTAB) {
                // They follow everything; in a damaged file they may lie among the commands.
                end[0] = Math.min(end[0], command.u32(12) == 0 ? length : command.u32(8));
                end[0] = Math.min(end[0], command.u32(20) == 0 ? length : command.u32(16));
            }
        }
        long room = end[0] - header.length();
        long wanted = commands.size();
        if (oldCommands.length() > room && wanted <= room) {
            throw file.malformed(start, "sections or symbols lie among the load commands");
        }
        if (wanted > room) {
            throw new HeaderFullException(file.path(), wanted, Math.max(room, oldCommands.length()));
        }
        long more = wanted - oldCommands.length();
        if (more > 0 && !isZero(headEnd(), more)) {
            throw new HeaderFullException(file.path(), wanted, oldCommands.length());
        }
    }

    /** Writes it to a place of a copy. */
    void write(ChangedCopy copy, long to) throws IOException {
        copy.part(start, kept, to);
        if (commands.changed()) {
            int size = Math.max(commands.size(), oldCommands.length());
            ByteBuffer head = ByteBuffer.allocate(header.length() + size).order(order);
            head.put(header.bytes());
            commands.addTo(head);
            head.putInt(16, commands.count()).putInt(20, commands.size());
            copy.write(to, head.array());
        }
        if (signature.isPresent()) {
            MachOSignature made = signature.get();
            copy.write(to + kept, new byte[(int) (made.limit() - kept)]);
            copy.write(to + made.limit(), made.of((at, length) -> copy.read(to + at, length)));
        }
    }
}
