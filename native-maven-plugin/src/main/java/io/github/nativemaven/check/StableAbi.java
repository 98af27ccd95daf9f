package io.github.nativemaven.check;

import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions and variables of CPython's stable ABI, by the version from which on they are in it.
 *
 * @see <a href="https://docs.python.org/3/c-api/stable.html">C API stability</a>
 */
final class StableAbi {
    private final Map<String, Integer> minors;
    private final int newest;

    private StableAbi(Map<String, Integer> minors, int newest) {
        this.minors = minors;
        this.newest = newest;
    }

    static StableAbi read() throws IOException {
        Map<String, Integer> minors = new HashMap<>();
        int newest = 0;
        String table = new String(Resources.read(StableAbi.class, "stable-abi.txt"), StandardCharsets.UTF_8);
        for (String line : table.split("\n")) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                String[] words = line.split(" ");
                int minor = Integer.parseInt(words[0].substring("3.".length()));
                newest = Math.max(newest, minor);
                for (int i = 1; i < words.length; i++) {
                    minors.put(words[i], minor);
                }
            }
        }
        return new StableAbi(minors, newest);
    }

    /**
     * What of some symbols is of Python, and not in its stable ABI of a version. Nobody knows what is in one that is newer
     * than the table but not in the table.
     *
     * @param minor 3.9 as {@code 9}
     * @return names with the version that has them, {@code PyObject_Vectorcall (3.12)}, or alone; in the order given
     */
    List<String> beyond(Collection<String> symbols, int minor) {
        List<String> beyond = new ArrayList<>();
        for (String symbol : symbols) {
            if (!symbol.startsWith("Py") && !symbol.startsWith("_Py")) {
                continue;
            }
            Integer since = minors.get(symbol);
            if (since == null ? minor <= newest : since > minor) {
                beyond.add(since == null ? symbol : symbol + " (3." + since + ")");
            }
        }
        return beyond;
    }
}
