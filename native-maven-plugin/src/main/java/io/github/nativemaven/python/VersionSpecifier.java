package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One clause of a version specifier: {@code >=3.8}, {@code !=3.9.*}, {@code ===anything}.
 *
 * <p>The version keeps its author's spelling. Clauses are equal when their texts are.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/version-specifiers/">Version specifiers (PEP 440)</a>
 */
public final class VersionSpecifier {
    private static final String KIND = "version specifier";
    private static final String WILDCARD = ".*";

    private final Operator operator;
    private final String text;
    private final Pep440Version version;
    private final boolean prefix;

    private VersionSpecifier(Operator operator, String text, Pep440Version version, boolean prefix) {
        this.operator = operator;
        this.text = text;
        this.version = version;
        this.prefix = prefix;
    }

    /** How versions are compared; the longer operators come before those that they start with. */
    public enum Operator {
        COMPATIBLE("~="),
        ARBITRARY("==="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        GREATER(">");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        @Override
        public String toString() {
            return symbol;
        }

        static Optional<Operator> take(Cursor cursor) {
            return Arrays.stream(values()).filter(o -> cursor.take(o.symbol)).findFirst();
        }
    }

    /**
     * Reads one clause.
     *
     * @throws MalformedException when it is none
     */
    public static VersionSpecifier parse(String text) {
        Cursor cursor = new Cursor(KIND, text);
        VersionSpecifier specifier = read(cursor.skipBlanks());
        if (!cursor.skipBlanks().atEnd()) {
            throw cursor.expected("nothing more");
        }
        return specifier;
    }

    /** Reads a clause from inside a longer text. */
    static VersionSpecifier read(Cursor cursor) {
        Operator operator = Operator.take(cursor)
                .orElseThrow(() -> cursor.expected("one of ~=, ==, !=, <=, >=, <, >, === and a version"));
        cursor.skipBlanks();
        int at = cursor.position();
        String text = cursor.takeWhile(
                operator == Operator.ARBITRARY ? VersionSpecifier::isArbitraryPart : VersionSpecifier::isVersionPart);
        if (text.isEmpty()) {
            throw cursor.expected("a version after " + operator);
        }
        try {
            return of(operator, text);
        } catch (MalformedException e) {
            throw cursor.malformed(at, e.reason() + ", after " + operator);
        }
    }

    private static boolean isVersionPart(int c) {
        return DistributionName.isPart(c) || c == '*' || c == '+' || c == '!';
    }

    private static boolean isArbitraryPart(int c) {
        return c > ' ' && c < 127 && ",;()".indexOf(c) < 0;
    }

    /** @throws MalformedException when the operator does not go with such a text */
    static VersionSpecifier of(Operator operator, String text) {
        if (operator == Operator.ARBITRARY) {
            return new VersionSpecifier(
                    operator, text, Pep440Version.tryParse(text).orElse(null), false);
        }
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        boolean prefix = equality && text.endsWith(WILDCARD);
        Pep440Version version =
                Pep440Version.parse(prefix ? text.substring(0, text.length() - WILDCARD.length()) : text);
        if (!equality && !version.local().isEmpty()) {
            throw new MalformedException(KIND, text, "a local version (+) only goes with == and !=");
        }
        if (prefix && isMoreThanRelease(version)) {
            throw new MalformedException(KIND, text, "before .* only numbers with dots are accepted");
        }
        if (operator == Operator.COMPATIBLE && version.release().size() < 2) {
            throw new MalformedException(KIND, text, "expected at least two numbers, such as 1.0");
        }
        return new VersionSpecifier(operator, text, version, prefix);
    }

    private static boolean isMoreThanRelease(Pep440Version version) {
        return version.isPreRelease()
                || version.post().isPresent()
                || !version.local().isEmpty();
    }

    public Operator operator() {
        return operator;
    }

    /** The version as written, with {@code .*} where it is there. */
    public String text() {
        return text;
    }

    /** Whether this clause names a pre-release, and so asks for pre-releases. */
    boolean namesPreRelease() {
        return operator != Operator.NOT_EQUAL && version != null && version.isPreRelease();
    }

    /** Whether the version is in the range, pre-releases like all others. */
    public boolean contains(Pep440Version candidate) {
        return switch (operator) {
            case ARBITRARY -> text.toLowerCase(Locale.ROOT).equals(candidate.toString());
            case EQUAL -> isEqualTo(candidate);
            case NOT_EQUAL -> !isEqualTo(candidate);
            case COMPATIBLE -> candidate.withoutLocal().compareTo(version) >= 0 && isCompatible(candidate);
            case AT_MOST -> candidate.withoutLocal().compareTo(version) <= 0;
            case AT_LEAST -> candidate.withoutLocal().compareTo(version) >= 0;
            case LESS -> isLess(candidate);
            case GREATER -> isGreater(candidate);
        };
    }

    private boolean isEqualTo(Pep440Version candidate) {
        if (prefix) {
            return candidate.startsWith(version.epoch(), version.release());
        }
        return version.equals(version.local().isEmpty() ? candidate.withoutLocal() : candidate);
    }

    private boolean isCompatible(Pep440Version candidate) {
        List<BigInteger> release = version.release();
        return candidate.startsWith(version.epoch(), release.subList(0, release.size() - 1));
    }

    /** {@code <1.0} has no pre-release of 1.0 in it, {@code <1.0rc1} may have one of that. */
    private boolean isLess(Pep440Version candidate) {
        return candidate.compareTo(version.isPreRelease() ? version : version.firstDev()) < 0;
    }

    /** {@code >1.0} has neither a post-release nor a local version of 1.0 in it. */
    private boolean isGreater(Pep440Version candidate) {
        boolean ownPost =
                candidate.post().isPresent() && candidate.withoutPost().equals(version);
        return candidate.withoutLocal().compareTo(version) > 0 && !ownPost;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionSpecifier specifier && toString().equals(specifier.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Without spaces: {@code >=3.8}. */
    @Override
    public String toString() {
        return operator + text;
    }
}
