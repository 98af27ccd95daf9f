package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the Python language: {@code 3.11}.
 *
 * @param major 2 or 3
 * @param minor 0 and above
 */
public record PythonVersion(int major, int minor) implements Comparable<PythonVersion> {
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");
    private static final Pattern RELEASE = Pattern.compile(FORM.pattern() + "(?![0-9]).*");

    /**
     * Reads {@code major.minor}.
     *
     * @throws MalformedException when the text is not of this form
     */
    public static PythonVersion parse(String text) {
        return of(FORM.matcher(text), text, "expected major.minor, such as 3.11");
    }

    /**
     * The language version of a release: 3.11 for {@code 3.11.7}, {@code 3.11.0rc1} and {@code 3.11}.
     *
     * @throws MalformedException when the text does not begin with {@code major.minor}
     */
    public static PythonVersion ofRelease(String text) {
        return of(RELEASE.matcher(text), text, "expected a release of Python, such as 3.11.7");
    }

    private static PythonVersion of(Matcher matcher, String text, String reason) {
        if (!matcher.matches()) {
            throw new MalformedException("Python version", text, reason);
        }
        return new PythonVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The version as tags have it: {@code 311}. */
    public String tag() {
        return "" + major + minor;
    }

    /** Whether this version is the other one or a later one. */
    public boolean isAtLeast(PythonVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(PythonVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
