package io.github.nativemaven.project;

import io.github.nativemaven.platform.MalformedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The full name of an extension module: {@code my_fast_lib}, {@code pkg.sub._core}.
 *
 * @param segments one or more Python identifiers
 */
public record ModuleName(List<String> segments) {
    /** The words that Python's grammar takes for itself everywhere. */
    private static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    public ModuleName {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a dotted name.
     *
     * @throws MalformedException where a part is no Python identifier
     */
    public static ModuleName parse(String text) {
        List<String> segments = List.of(text.split("\\.", -1));
        for (String segment : segments) {
            if (KEYWORDS.contains(segment)) {
                throw new MalformedException(
                        "module name", text, segment + " is a word of Python's own, which no module can be called");
            }
            if (!isIdentifier(segment)) {
                String hint = segment.contains("-")
                        ? "a '-' can't stand in a module's name; write " + text.replace('-', '_')
                        : "each part must be a Python identifier, such as my_package._core";
                throw new MalformedException("module name", text, hint);
            }
        }
        return new ModuleName(segments);
    }

    /** Whether Python would take the word as a name. */
    public static boolean isIdentifier(String word) {
        return !word.isEmpty()
                && (Character.isUnicodeIdentifierStart(word.charAt(0)) || word.charAt(0) == '_')
                && word.chars()
                        .allMatch(c -> c == '_'
                                || Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    /** The last part: what {@code PyInit_} is followed by. */
    public String last() {
        return segments.get(segments.size() - 1);
    }

    /** The first part: the package, or the module itself. */
    public String first() {
        return segments.get(0);
    }

    /** Whether the module lies in a package. */
    public boolean isDotted() {
        return segments.size() > 1;
    }

    /** The directory of the package that holds the module, with {@code /}: {@code pkg/sub}; empty where there is none. */
    public String packagePath() {
        return segments.subList(0, segments.size() - 1).stream().collect(Collectors.joining("/"));
    }

    @Override
    public String toString() {
        return String.join(".", segments);
    }
}
