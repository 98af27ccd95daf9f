package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The section headers: what debuggers and linkers see of a file, which loaders never look at.
 *
 * @see <a href="https://gabi.xinuos.com/elf/03-sheader.html">System V ABI, section header table</a>
 */
final class ElfSections {
    static final int NULL = 0;
    static final int SYMBOLS = 2;
    static final int STRINGS = 3;
    static final int RELOCATIONS_WITH_ADDENDS = 4;
    static final int NOTE = 7;
    static final int NO_BITS = 8;
    static final int RELOCATIONS = 9;
    static final int SYMBOL_SECTIONS = 18;

    private static final int ALLOCATED = 2;
    private static final int INFO_IS_LINK = 0x40;
    private static final int RESERVED = 0xff00;

    /**
     * One section header; sizes and places in bytes.
     *
     * @param name as in the table of names
     * @param link the number of another section, by type
     * @param info whatever the type says
     */
    record Section(
            String name,
            int type,
            long flags,
            long address,
            long offset,
            long size,
            int link,
            int info,
            long alignment,
            long entrySize) {

        /** What isn't there any more, so that those after it keep their numbers. */
        static final Section NONE = new Section("", NULL, 0, 0, 0, 0, 0, 0, 0, 0);

        boolean isAllocated() {
            return (flags & ALLOCATED) != 0;
        }

        boolean hasBytes() {
            return type != NO_BITS && type != NULL;
        }

        /** Whether {@link #info} is the number of a section. */
        boolean infoIsLink() {
            return (flags & INFO_IS_LINK) != 0 || type == RELOCATIONS || type == RELOCATIONS_WITH_ADDENDS;
        }

        Section at(long offset) {
            return new Section(name, type, flags, address, offset, size, link, info, alignment, entrySize);
        }

        Section linked(int link, int info) {
            return new Section(name, type, flags, address, offset, size, link, info, alignment, entrySize);
        }
    }

    private final List<Section> all;
    private final int names;

    private ElfSections(List<Section> all, int names) {
        this.all = all;
        this.names = names;
    }

    /** Reads them; none where the file has no table. */
    static ElfSections read(BoundedFile file, ElfHeader header) throws IOException {
        if (header.sectionsAt() == 0 || header.sections() == 0) {
            return new ElfSections(List.of(), 0);
        }
        int size = size(header.wide());
        if (header.sectionSize() != size) {
            throw file.malformed(
                    header.wide() ? 58 : 46, "section headers of " + header.sectionSize() + " bytes, expected " + size);
        }
        if (header.sections() >= RESERVED) {
            throw file.malformed(header.wide() ? 60 : 48, header.sections() + " sections");
        }
        Block table = file.block(header.sectionsAt(), header.sections() * size, "the section header table");
        int names = file.block(header.wide() ? 62 : 50, 2, "the ELF header").u16(0);
        if (names >= header.sections()) {
            throw file.malformed(header.wide() ? 62 : 50, "the section of names is none of the sections");
        }
        Section text = section(table, names * size, header.wide(), "");
        Block strings = file.block(text.offset(), text.size(), "the names of sections");
        NameBudget budget = new NameBudget(file.size());
        List<Section> all = new ArrayList<>();
        for (int at = 0; at < table.length(); at += size) {
            String name = table.u32(at) == 0 && strings.length() == 0
                    ? ""
                    : strings.string(table.u32(at), budget, "a section's name");
            Section section = section(table, at, header.wide(), name);
            if (section.hasBytes()) {
                check(file, section);
            }
            all.add(section);
        }
        return new ElfSections(all, names);
    }

    private static void check(BoundedFile file, Section section) {
        boolean inside = section.offset() >= 0
                && section.size() >= 0
                && section.offset() <= file.size()
                && section.size() <= file.size() - section.offset();
        if (!inside) {
            throw file.malformed(0, "the section '" + section.name() + "' reaches beyond the file's end");
        }
    }

    private static Section section(Block table, long at, boolean wide, String name) {
        int word = wide ? 8 : 4;
        long flags = at + 8;
        long link = flags + 4L * word;
        return new Section(
                name,
                (int) table.u32(at + 4),
                table.word(flags, wide),
                table.word(flags + word, wide),
                table.word(flags + 2L * word, wide),
                table.word(flags + 3L * word, wide),
                (int) table.u32(link),
                (int) table.u32(link + 4),
                table.word(link + 8, wide),
                table.word(link + 8 + word, wide));
    }

    /** How large one header is. */
    static int size(boolean wide) {
        return wide ? 64 : 40;
    }

    List<Section> all() {
        return all;
    }

    /** The number of the section in which the names are. */
    int names() {
        return names;
    }

    /** Writes one header. */
    static void put(ByteBuffer to, Section section, int name, boolean wide) {
        to.putInt(name).putInt(section.type());
        word(to, section.flags(), wide);
        word(to, section.address(), wide);
        word(to, section.offset(), wide);
        word(to, section.size(), wide);
        to.putInt(section.link()).putInt(section.info());
        word(to, section.alignment(), wide);
        word(to, section.entrySize(), wide);
    }

    private static void word(ByteBuffer to, long value, boolean wide) {
        if (wide) {
            to.putLong(value);
        } else {
            to.putInt((int) value);
        }
    }
}
