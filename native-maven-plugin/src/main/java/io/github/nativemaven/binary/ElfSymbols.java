package io.github.nativemaven.binary;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The dynamic symbol table, as the bytes that it is.
 *
 * @see <a href="https://gabi.xinuos.com/elf/05-symtab.html">System V ABI, symbol table</a>
 */
final class ElfSymbols {
    private static final int GLOBAL = 1;
    private static final int WEAK = 2;
    private static final int UNIQUE = 10;
    private static final int HIDDEN = 2;
    private static final int INTERNAL = 1;
    private static final int VERSION_MASK = 0x7fff;

    private final boolean wide;
    private final Block symbols;
    private final Block strings;
    private final Block versions;
    private final long budget;

    /**
     * @param symbols whole entries of {@link #size}
     * @param strings the texts that they name
     * @param versions two bytes for each symbol; null where the file has no versions
     * @param budget the most bytes that the names can have
     */
    ElfSymbols(boolean wide, Block symbols, Block strings, Block versions, long budget) {
        this.wide = wide;
        this.symbols = symbols;
        this.strings = strings;
        this.versions = versions;
        this.budget = budget;
    }

    /** The bytes of one entry. */
    static int size(boolean wide) {
        return wide ? 24 : 16;
    }

    /** Whether these are the same symbols, in a string table that may only have grown behind. */
    boolean sameAs(ElfSymbols other) {
        return other.symbols.startsWith(symbols)
                && symbols.startsWith(other.symbols)
                && (versions == null
                        ? other.versions == null
                        : other.versions != null && other.versions.startsWith(versions))
                && other.strings.startsWith(strings);
    }

    /** The number of symbols, the first one, which stands for none, included. */
    int count() {
        return symbols.length() / size(wide);
    }

    Block strings() {
        return strings;
    }

    /** Whether another library must define this symbol. */
    boolean isImport(int symbol) {
        return section(symbol) == 0 && isVisibleOutside(symbol);
    }

    boolean isWeak(int symbol) {
        return binding(symbol) == WEAK;
    }

    /** The index of the version that is defined or needed; 0 and 1 stand for none. */
    int version(int symbol) {
        return versions == null ? 0 : versions.u16(2L * symbol) & VERSION_MASK;
    }

    String name(int symbol, NameBudget names) {
        return strings.string(nameAt(symbol), names, "a symbol's name");
    }

    NameBudget names() {
        return new NameBudget(budget);
    }

    Set<String> exports(byte[] prefix) {
        Set<String> found = new LinkedHashSet<>();
        NameBudget names = names();
        for (int i = 1, count = count(); i < count; i++) {
            if (section(i) != 0 && nameAt(i) != 0 && isExport(i) && isNamed(i, prefix)) {
                found.add(name(i, names));
            }
        }
        return found;
    }

    /** The addresses of the exports whose names begin so, by their names. */
    Map<String, Long> addresses(byte[] prefix) {
        Map<String, Long> found = new LinkedHashMap<>();
        NameBudget names = names();
        for (int i = 1, count = count(); i < count; i++) {
            if (section(i) != 0 && nameAt(i) != 0 && isExport(i) && isNamed(i, prefix)) {
                found.put(name(i, names), symbols.word(at(i) + (wide ? 8 : 4), wide));
            }
        }
        return found;
    }

    /** A name beyond the table is damage, and not only a name that begins otherwise. */
    private boolean isNamed(int symbol, byte[] prefix) {
        if (nameAt(symbol) >= strings.length()) {
            throw symbols.malformed(at(symbol), "a symbol's name is beyond the string table");
        }
        return strings.startsWith(nameAt(symbol), prefix);
    }

    private boolean isExport(int symbol) {
        int visibility = symbols.u8(at(symbol) + (wide ? 5 : 13)) & 3;
        return isVisibleOutside(symbol) && visibility != HIDDEN && visibility != INTERNAL;
    }

    private boolean isVisibleOutside(int symbol) {
        int binding = binding(symbol);
        return binding == GLOBAL || binding == WEAK || binding == UNIQUE;
    }

    private long at(int symbol) {
        return (long) symbol * size(wide);
    }

    private long nameAt(int symbol) {
        return symbols.u32(at(symbol));
    }

    private int binding(int symbol) {
        return symbols.u8(at(symbol) + (wide ? 4 : 12)) >> 4;
    }

    private int section(int symbol) {
        return symbols.u16(at(symbol) + (wide ? 6 : 14));
    }
}
