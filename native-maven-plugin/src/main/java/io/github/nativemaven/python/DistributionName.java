package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.util.Locale;

/**
 * The name of a Python distribution, as its author writes it: {@code My.Fast-Lib}.
 *
 * <p>Names that differ only in case and in runs of {@code -}, {@code _} and {@code .} are equal.
 *
 * @param value letters and digits of ASCII with {@code .}, {@code _} and {@code -} between them
 * @see <a href="https://packaging.python.org/en/latest/specifications/name-normalization/">Names and normalization</a>
 */
public record DistributionName(String value) {

    /** @throws MalformedException when it is not of this form */
    public DistributionName {
        if (!isValid(value)) {
            throw new MalformedException(
                    "distribution name",
                    value,
                    "expected ASCII letters, digits, '.', '_' and '-', with a letter or digit first and last");
        }
    }

    /**
     * Reads a name.
     *
     * @throws MalformedException when it is none
     */
    public static DistributionName parse(String text) {
        return new DistributionName(text);
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && Cursor.isAlphanumeric(text.charAt(0))
                && Cursor.isAlphanumeric(text.charAt(text.length() - 1))
                && text.chars().allMatch(DistributionName::isPart);
    }

    static boolean isPart(int c) {
        return Cursor.isAlphanumeric(c) || isSeparator(c);
    }

    private static boolean isSeparator(int c) {
        return c == '-' || c == '_' || c == '.';
    }

    /** The form in which names are compared and looked up: {@code my-fast-lib}. */
    public String normalized() {
        return joined('-');
    }

    /** The form in file names of wheels and sdists: {@code my_fast_lib}. */
    public String escaped() {
        return joined('_');
    }

    private String joined(char separator) {
        StringBuilder result = new StringBuilder(value.length());
        boolean between = false;
        for (char c : value.toLowerCase(Locale.ROOT).toCharArray()) {
            if (!isSeparator(c)) {
                result.append(c);
            } else if (!between) {
                result.append(separator);
            }
            between = isSeparator(c);
        }
        return result.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistributionName name && normalized().equals(name.normalized());
    }

    @Override
    public int hashCode() {
        return normalized().hashCode();
    }

    /** As the author wrote it. */
    @Override
    public String toString() {
        return value;
    }
}
