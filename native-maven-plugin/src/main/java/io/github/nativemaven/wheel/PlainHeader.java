package io.github.nativemaven.wheel;

import java.util.regex.Pattern;

/**
 * A C header without what only a preprocessor understands: cffi reads declarations, and of directives only a
 * {@code #define} of a number.
 */
final class PlainHeader {
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\r?\\n");
    private static final Pattern OF_CPLUSPLUS = Pattern.compile(
            "(?ms)^[ \\t]*#[ \\t]*if(def[ \\t]+|[ \\t]+defined[ \\t(]+)__cplusplus\\b.*?^[ \\t]*#[ \\t]*endif[^\\n]*$");
    private static final Pattern DIRECTIVE = Pattern.compile(
            "(?m)^[ \\t]*#(?![ \\t]*define[ \\t]+\\w+[ \\t]+\\(?-?(0[xX][0-9a-fA-F]+|\\d+)[uUlL]*\\)?[ \\t\\r]*$).*$");

    private PlainHeader() {}

    /** The declarations. Lines keep their numbers, so that what cffi says of one can be found. */
    static String of(String header) {
        String joined = CONTINUED.matcher(header).replaceAll(" ");
        String c = OF_CPLUSPLUS.matcher(joined).replaceAll(match -> "\n".repeat((int)
                match.group().chars().filter(letter -> letter == '\n').count()));
        return DIRECTIVE.matcher(c).replaceAll("");
    }
}
