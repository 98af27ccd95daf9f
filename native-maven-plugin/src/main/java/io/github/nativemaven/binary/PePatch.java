package io.github.nativemaven.binary;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What shall be changed in a PE file. {@link #NOTHING} is where to begin: {@code
 * PePatch.NOTHING.replaceNeeded("libx.dll", "libx-1a2b3c4d.dll")}.
 *
 * @param replaced needed libraries, in lower case, and what shall be needed in their place; those that are not needed are
 *     left aside
 */
public record PePatch(Map<String, String> replaced) {

    /** Leaves a file as it is. */
    public static final PePatch NOTHING = new PePatch(Map.of());

    public PePatch {
        Map<String, String> lower = new HashMap<>();
        replaced.forEach((library, by) -> lower.put(library.toLowerCase(Locale.ROOT), checked(by)));
        replaced = Map.copyOf(lower);
    }

    /** Windows reads a name byte by byte, in whatever code page it has. */
    private static String checked(String name) {
        if (name.isEmpty()
                || name.indexOf('\0') >= 0
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("a name that is empty, or not of ASCII: '" + name + "'");
        }
        return name;
    }

    /** The same, and needs one library in the place of another, however its name is spelt. */
    public PePatch replaceNeeded(String library, String by) {
        Map<String, String> all = new HashMap<>(replaced);
        all.put(library.toLowerCase(Locale.ROOT), by);
        return new PePatch(all);
    }

    /** What shall be needed in the place of a library; empty where it stays. */
    Optional<String> by(String library) {
        return Optional.ofNullable(replaced.get(library.toLowerCase(Locale.ROOT)));
    }
}
