package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ElfFile.VersionNeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The versions that a file needs of its libraries: a list of libraries, each with a list of versions. Each entry says how
 * far its next one is.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html">LSB,
 *     symbol versioning</a>
 */
final class ElfVersionNeeds {
    private static final int ENTRY = 16;
    private static final int WEAK = 2;
    private static final int INDEX_MASK = 0x7fff;

    private final Block table;
    private final ElfSymbols symbols;
    private final NameBudget names;
    private final int[] users;
    private final List<VersionNeed> needs = new ArrayList<>();
    private long entriesLeft;

    private ElfVersionNeeds(Block table, ElfSymbols symbols, NameBudget names) {
        this.table = table;
        this.symbols = symbols;
        this.names = names;
        this.users = users(symbols);
        this.entriesLeft = table.length() / ENTRY;
    }

    /** @param libraries how many libraries the list has */
    static List<VersionNeed> read(Block table, long libraries, ElfSymbols symbols, NameBudget names) {
        ElfVersionNeeds reader = new ElfVersionNeeds(table, symbols, names);
        long at = 0;
        for (long left = libraries; left > 0; left--) {
            reader.take(at);
            reader.library(at);
            at += reader.step(at + 12, left);
        }
        return reader.needs;
    }

    private void library(long at) {
        String library = symbols.strings().string(table.u32(at + 4), names, "a needed library");
        long versionAt = at + table.u32(at + 8);
        for (int left = table.u16(at + 2); left > 0; left--) {
            take(versionAt);
            version(library, versionAt);
            versionAt += step(versionAt + 12, left);
        }
    }

    private void version(String library, long at) {
        int index = table.u16(at + 6) & INDEX_MASK;
        int user = index < users.length ? users[index] : 0;
        needs.add(new VersionNeed(
                library,
                symbols.strings().string(table.u32(at + 8), names, "a version's name"),
                (table.u16(at + 4) & WEAK) != 0,
                user == 0 ? Optional.empty() : Optional.of(symbols.name(user, names))));
    }

    private void take(long at) {
        if (--entriesLeft < 0) {
            throw table.malformed(at, "there are more version needs than fit: they overlap");
        }
    }

    private long step(long at, long left) {
        long step = table.u32(at);
        if (left > 1 && step < ENTRY) {
            throw table.malformed(at, "the list of version needs does not go on");
        }
        return step;
    }

    /** For each version, one symbol that needs it: the first that is not weak, else the first. */
    private static int[] users(ElfSymbols symbols) {
        int[] users = new int[0];
        for (int i = 1, count = symbols.count(); i < count; i++) {
            int version = symbols.isImport(i) ? symbols.version(i) : 0;
            if (version > 1) {
                if (version >= users.length) {
                    users = Arrays.copyOf(users, Math.max(2 * users.length, version + 1));
                }
                if (users[version] == 0 || symbols.isWeak(users[version]) && !symbols.isWeak(i)) {
                    users[version] = i;
                }
            }
        }
        return users;
    }
}
