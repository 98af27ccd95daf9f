package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ElfSections.Section;
import io.github.nativemaven.binary.ElfSegments.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes copies of ELF libraries and programs without what only debuggers read. Everything that is loaded stays to the
 * byte where it is, the build id too, by which a debugger knows the original.
 */
public final class ElfStripper {
    /** Nothing that is only read needs more. */
    private static final long MOST_OF_ALIGNMENT = 64;

    private final BoundedFile file;
    private final ElfHeader header;
    private final List<Section> sections;
    private final int names;
    private final long endOfLoaded;
    private final boolean keepNames;

    /** Bytes of the original, and where they go. */
    private record Move(long from, long size, long to) {}

    /** What the copy is made of. */
    private record Layout(List<Move> moves, long tableAt, byte[] table, long namesAt, byte[] names, int namesIndex) {}

    /**
     * Copies a file, stripped.
     *
     * @param from the file
     * @param to the copy, which must not be there yet
     * @param keepNames whether the table of symbols stays, by which a backtrace has names
     * @throws MalformedBinaryException when it is no ELF file, or is damaged
     * @throws FileAlreadyExistsException when the copy is there
     * @throws IOException when one can't be read or the other not be written; then no copy is left
     */
    public static void strip(Path from, Path to, boolean keepNames) throws IOException {
        try (BoundedFile file = BoundedFile.open(from)) {
            ElfStripper stripper = new ElfStripper(file, keepNames);
            ChangedCopy.make(from, to, stripper::write);
        }
    }

    private ElfStripper(BoundedFile file, boolean keepNames) throws IOException {
        if (!(BinaryReader.read(file) instanceof ElfFile)) {
            throw file.malformed(0, "no ELF file");
        }
        this.file = file;
        this.keepNames = keepNames;
        this.header = ElfHeader.read(file);
        ElfSections read = ElfSections.read(file, header);
        this.sections = read.all();
        this.names = read.names();
        this.endOfLoaded = endOfLoaded(ElfSegments.read(file, header));
    }

    private long endOfLoaded(ElfSegments segments) {
        long end = header.segmentsAt() + header.segments() * header.segmentSize();
        for (Segment segment : segments.all()) {
            if (segment.fileSize() > 0) {
                if (segment.offset() < 0 || segment.fileSize() > file.size() - segment.offset()) {
                    throw file.malformed(segment.at(), "a segment reaches beyond the file's end");
                }
                end = Math.max(end, segment.offset() + segment.fileSize());
            }
        }
        return end;
    }

    private boolean isStripped(Section section) {
        if (section.isAllocated() || section.type() == ElfSections.NULL) {
            return false;
        }
        return switch (section.type()) {
            case ElfSections.SYMBOLS,
                    ElfSections.SYMBOL_SECTIONS,
                    ElfSections.STRINGS,
                    ElfSections.RELOCATIONS,
                    ElfSections.RELOCATIONS_WITH_ADDENDS -> !keepNames || isDebugInformation(section.name());
            default -> isDebugInformation(section.name());
        };
    }

    private static boolean isDebugInformation(String name) {
        return name.matches("(\\.rela?)?\\.z?debug.*|\\.gdb_index|\\.stab.*|\\.line|\\.gnu\\.debuglto_.*");
    }

    /**
     * Symbols say by its number in which section they are: numbers change only behind the last section that is loaded, and
     * where no symbols stay but those that the loader sees.
     */
    private List<Section> kept(int[] numbers) {
        int fixed = 0;
        boolean namesOfBoth = false;
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            fixed = section.isAllocated() || keepNames ? i : fixed;
            namesOfBoth |= keepNames && section.type() == ElfSections.SYMBOLS && section.link() == names;
        }
        List<Section> kept = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            boolean gone = i == names ? !namesOfBoth : isStripped(sections.get(i));
            numbers[i] = gone ? 0 : kept.size();
            if (!gone || i <= fixed) {
                kept.add(gone ? Section.NONE : sections.get(i));
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            kept.set(i, relinked(kept.get(i), numbers));
        }
        return kept;
    }

    private Section relinked(Section section, int[] numbers) {
        int link = number(section, section.link(), numbers);
        return section.linked(link, section.infoIsLink() ? number(section, section.info(), numbers) : section.info());
    }

    private int number(Section section, int old, int[] numbers) {
        if (old < 0 || old >= numbers.length) {
            throw file.malformed(0, "the section '" + section.name() + "' belongs to section " + old + " of none");
        }
        return numbers[old];
    }

    private Layout layout() {
        List<Section> kept = kept(new int[sections.size()]);
        List<Move> moves = new ArrayList<>(List.of(new Move(0, endOfLoaded, 0)));
        long at = endOfLoaded;
        long budget = file.size();
        for (int i = 0; i < kept.size(); i++) {
            Section section = kept.get(i);
            if (section.hasBytes() && section.size() > 0 && section.offset() + section.size() > endOfLoaded) {
                at = align(at, Math.min(Math.max(section.alignment(), 1), MOST_OF_ALIGNMENT));
                moves.add(new Move(section.offset(), section.size(), at));
                kept.set(i, section.at(at));
                at += section.size();
                budget -= section.size();
                if (budget < 0) {
                    throw file.malformed(0, "sections overlap");
                }
            }
        }
        byte[] text = names(kept);
        kept.add(new Section(".shstrtab", ElfSections.STRINGS, 0, 0, at, text.length, 0, 0, 1, 0));
        ByteBuffer table = ByteBuffer.allocate(kept.size() * ElfSections.size(header.wide()))
                .order(header.order());
        int name = 1;
        for (Section section : kept) {
            ElfSections.put(table, section, section.name().isEmpty() ? 0 : name, header.wide());
            name += length(section.name());
        }
        return new Layout(moves, align(at + text.length, 8), table.array(), at, text, kept.size() - 1);
    }

    private static int length(String name) {
        return name.isEmpty() ? 0 : name.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static byte[] names(List<Section> kept) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(0);
        for (Section section : kept) {
            if (!section.name().isEmpty()) {
                text.writeBytes(section.name().getBytes(StandardCharsets.UTF_8));
                text.write(0);
            }
        }
        text.writeBytes(".shstrtab\0".getBytes(StandardCharsets.UTF_8));
        return text.toByteArray();
    }

    private static long align(long at, long to) {
        return Long.bitCount(to) == 1 ? at + to - 1 & -to : at;
    }

    private void write(ChangedCopy copy) throws IOException {
        if (sections.isEmpty()) {
            copy.whole();
            return;
        }
        Layout layout = layout();
        for (Move move : layout.moves()) {
            copy.part(move.from(), move.size(), move.to());
        }
        copy.write(layout.namesAt(), layout.names());
        copy.write(layout.tableAt(), layout.table());
        int word = header.wide() ? 8 : 4;
        ByteBuffer place = ByteBuffer.allocate(word).order(header.order());
        if (header.wide()) {
            place.putLong(layout.tableAt());
        } else {
            place.putInt((int) layout.tableAt());
        }
        copy.write(24 + 2L * word, place.array());
        ByteBuffer numbers = ByteBuffer.allocate(4).order(header.order());
        numbers.putShort((short) (layout.namesIndex() + 1)).putShort((short) layout.namesIndex());
        copy.write(24 + 3L * word + 12, numbers.array());
    }
}
