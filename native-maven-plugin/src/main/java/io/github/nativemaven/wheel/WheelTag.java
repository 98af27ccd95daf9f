package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What a wheel runs on: {@code cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64}. Each of the three parts may name
 * several, and then the wheel runs on every combination.
 *
 * @param interpreters implementation and version: {@code cp311}, {@code py3}; in lower case, in the order given
 * @param abis the ABI of extension modules: {@code cp311}, {@code abi3}, {@code none}; likewise
 * @param platforms the platform: {@code win_amd64}, {@code any}; likewise
 * @see <a href="https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/">Platform compatibility tags (PEP 425)</a>
 */
public record WheelTag(List<String> interpreters, List<String> abis, List<String> platforms) {
    private static final String KIND = "wheel tag";
    private static final String ACCEPTED =
            "expected interpreter-abi-platform, each of letters, digits and '_', with '.'"
                    + " between several, such as cp311-cp311-win_amd64 or py2.py3-none-any";

    /** @throws MalformedException when a part is empty, or has anything but letters, digits and {@code _} in it */
    public WheelTag {
        interpreters = checked(interpreters);
        abis = checked(abis);
        platforms = checked(platforms);
    }

    private static List<String> checked(List<String> part) {
        if (part.isEmpty() || !part.stream().allMatch(WheelTag::isTag)) {
            throw new MalformedException(KIND, String.join(".", part), ACCEPTED);
        }
        return part.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean isTag(String text) {
        return !text.isEmpty() && text.chars().allMatch(WheelTag::isTagPart);
    }

    private static boolean isTagPart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /**
     * Reads a tag.
     *
     * @throws MalformedException when it is none
     */
    public static WheelTag parse(String text) {
        String[] parts = text.split("-", -1);
        try {
            if (parts.length == 3) {
                return new WheelTag(several(parts[0]), several(parts[1]), several(parts[2]));
            }
        } catch (MalformedException e) {
            // Told below, with the whole text.
        }
        throw new MalformedException(KIND, text, ACCEPTED);
    }

    private static List<String> several(String part) {
        return List.of(part.split("\\.", -1));
    }

    /** Every combination as a tag of its own, sorted by its text, each once: what the file {@code WHEEL} lists. */
    public List<WheelTag> expand() {
        TreeSet<String> all = new TreeSet<>();
        for (String interpreter : interpreters) {
            for (String abi : abis) {
                for (String platform : platforms) {
                    all.add(interpreter + "-" + abi + "-" + platform);
                }
            }
        }
        return all.stream().map(WheelTag::parse).toList();
    }

    @Override
    public String toString() {
        return String.join(".", interpreters) + "-" + String.join(".", abis) + "-" + String.join(".", platforms);
    }
}
