package io.github.nativemaven.python;

import java.util.Arrays;
import java.util.Set;

/**
 * Names in Python source.
 *
 * @see <a href="https://docs.python.org/3/reference/lexical_analysis.html#identifiers">Identifiers and keywords</a>
 */
public final class Identifiers {
    /** The words that the grammar takes for itself everywhere. */
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

    private Identifiers() {}

    /** Whether it is one or more identifiers with dots between them: {@code pkg._core}. */
    public static boolean isDotted(String text) {
        return Arrays.stream(text.split("\\.", -1)).allMatch(Identifiers::isIdentifier);
    }

    /** Whether an {@code import} statement can have it. */
    public static boolean isImportable(String text) {
        return isDotted(text) && Arrays.stream(text.split("\\.")).noneMatch(Identifiers::isKeyword);
    }

    /** Whether the grammar takes the word for itself. */
    public static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    /** Whether Python would take the word as a name, were it no keyword. */
    public static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && isStart(text.codePointAt(0))
                && text.codePoints()
                        .allMatch(c -> c == '_'
                                || Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private static boolean isStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c);
    }
}
