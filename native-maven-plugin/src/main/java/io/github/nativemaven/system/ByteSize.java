package io.github.nativemaven.system;

import io.github.nativemaven.platform.MalformedException;
import java.util.Locale;
import java.util.Map;

/**
 * An amount of memory or disk.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) {
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "B",
            1L,
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L,
            "KIB",
            1L << 10,
            "MIB",
            1L << 20,
            "GIB",
            1L << 30,
            "TIB",
            1L << 40);

    /**
     * Reads {@code 500MB}, {@code 2 GiB}, or a number of bytes. The case of letters doesn't matter.
     *
     * @throws MalformedException when it is of another form
     */
    public static ByteSize parse(String text) {
        String stripped = text.strip();
        int digits = 0;
        while (digits < stripped.length() && stripped.charAt(digits) >= '0' && stripped.charAt(digits) <= '9') {
            digits++;
        }
        Long unit = UNITS.get(stripped.substring(digits).strip().toUpperCase(Locale.ROOT));
        try {
            if (unit != null && digits > 0) {
                return new ByteSize(Math.multiplyExact(Long.parseLong(stripped.substring(0, digits)), unit));
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new MalformedException("size", text, "is too large");
        }
        throw new MalformedException("size", text, "expected a number and a unit, such as 500MB or 10GB");
    }

    /** The bytes, or the largest unit of a thousand that they are a whole number of: {@code 500MB}. */
    @Override
    public String toString() {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        long number = bytes;
        int unit = 0;
        while (unit < units.length - 1 && number > 0 && number % 1000 == 0) {
            number /= 1000;
            unit++;
        }
        return number + units[unit];
    }
}
