package io.github.nativemaven.binary;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The symbol table of a Mach-O file ({@code nlist}), as the bytes that it is. */
final class MachOSymbols {
    private static final int DEBUG = 0xe0;
    private static final int PRIVATE = 0x10;
    private static final int EXTERNAL = 0x01;
    private static final int TYPE = 0x0e;
    private static final int UNDEFINED = 0;

    private final boolean wide;
    private final Block symbols;
    private final Block strings;
    private final long budget;

    MachOSymbols(boolean wide, Block symbols, Block strings, long budget) {
        this.wide = wide;
        this.symbols = symbols;
        this.strings = strings;
        this.budget = budget;
    }

    /** The bytes of one entry. */
    static int size(boolean wide) {
        return wide ? 16 : 12;
    }

    int count() {
        return symbols.length() / size(wide);
    }

    Set<String> exports(String prefix) {
        return names(true, prefix);
    }

    Set<String> imports() {
        return names(false, "");
    }

    /** The names as a C source has them: the symbol's begins with an underscore more. */
    private Set<String> names(boolean defined, String prefix) {
        Set<String> found = new LinkedHashSet<>();
        NameBudget budget = new NameBudget(this.budget);
        byte[] start = (prefix.isEmpty() ? "" : "_" + prefix).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= symbols.length() - size(wide); at += size(wide)) {
            long name = symbols.u32(at);
            if (name != 0 && isExternal(symbols.u8(at + 4), defined) && strings.startsWith(name, start)) {
                String symbol = strings.string(name, budget, "a symbol's name");
                found.add(symbol.startsWith("_") ? symbol.substring(1) : symbol);
            }
        }
        return found;
    }

    /** The addresses of the exports whose names begin so, by their names as a C source has them. */
    Map<String, Long> addresses(String prefix) {
        Map<String, Long> found = new LinkedHashMap<>();
        NameBudget budget = new NameBudget(this.budget);
        byte[] start = ("_" + prefix).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= symbols.length() - size(wide); at += size(wide)) {
            long name = symbols.u32(at);
            if (name != 0 && isExternal(symbols.u8(at + 4), true) && strings.startsWith(name, start)) {
                String symbol = strings.string(name, budget, "a symbol's name");
                found.put(symbol.substring(1), symbols.word(at + 8L, wide));
            }
        }
        return found;
    }

    private static boolean isExternal(int type, boolean defined) {
        return (type & DEBUG) == 0
                && (type & PRIVATE) == 0
                && (type & EXTERNAL) != 0
                && ((type & TYPE) != UNDEFINED) == defined;
    }
}
