package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a Maven version is called elsewhere: {@code 1.2-RC1-SNAPSHOT} is {@code 1.2rc1.dev0} to Python and
 * {@code 1.2.0-RC1-SNAPSHOT} to Cargo.
 *
 * <p>A Maven version is numbers with dots, then at most one of {@code alpha}, {@code beta}, {@code M} and {@code RC} with
 * a number, then {@code SP} or {@code post} with a number, then {@code SNAPSHOT}, or {@code dev} with a number; or
 * after the numbers only {@code Final}, {@code GA} or {@code RELEASE}, which say nothing. Case has no meaning; {@code -} or
 * {@code .} may stand between, and before a number; a missing number is zero.
 *
 * <p>A milestone is an alpha to Python, which has no other word for it: {@code M1} and {@code alpha-1} are the same there.
 */
public final class VersionMapping {
    private static final String KIND = "Maven version";

    private static final String ACCEPTED = "accepted are numbers with dots, then at most one of -alpha-N, -beta-N, -MN"
            + " and -RCN, then at most -SNAPSHOT, such as 1.2.3, 1.2.3-alpha-1, 1.2.3-RC1, 1.2.3-SNAPSHOT";

    /** Cargo has exactly so many numbers. */
    private static final int CARGO_NUMBERS = 3;

    private final String maven;
    private final List<BigInteger> numbers;
    private final List<Qualifier> qualifiers;

    private VersionMapping(String maven, List<BigInteger> numbers, List<Qualifier> qualifiers) {
        this.maven = maven;
        this.numbers = List.copyOf(numbers);
        this.qualifiers = List.copyOf(qualifiers);
    }

    /**
     * Reads a Maven version.
     *
     * @throws MalformedException when it has no counterpart in Python; the reason shows what has one
     */
    public static VersionMapping parse(String maven) {
        return new Scanner(maven).mapping();
    }

    /** The version of the Python distribution. */
    public Pep440Version pep440() {
        return Pep440Version.parse(numbers.stream().map(BigInteger::toString).collect(Collectors.joining("."))
                + qualifiers.stream().map(Qualifier::pep440).collect(Collectors.joining()));
    }

    /**
     * The version of the crate, as SemVer: three numbers, and what follows them in the POM's own letters, so that a Maven
     * version that is also a SemVer version stays as it is. What follows a release ({@code post1}) is build metadata.
     *
     * @throws MalformedException when there are more than three numbers, or larger ones than Cargo's
     * @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>
     */
    public String semVer() {
        if (numbers.size() > CARGO_NUMBERS || numbers.stream().anyMatch(n -> n.bitLength() > Long.SIZE)) {
            throw new MalformedException(KIND, maven, "Cargo takes at most three numbers below 2^64, such as 1.2.3");
        }
        List<String> three = new ArrayList<>();
        for (int i = 0; i < CARGO_NUMBERS; i++) {
            three.add(i < numbers.size() ? numbers.get(i).toString() : "0");
        }
        return String.join(".", three) + suffix('-', Kind.PRE_RELEASE, Kind.DEV) + suffix('+', Kind.POST, Kind.POST);
    }

    private String suffix(char first, Kind one, Kind other) {
        StringBuilder suffix = new StringBuilder();
        for (Qualifier qualifier : qualifiers) {
            if (qualifier.word.kind == one || qualifier.word.kind == other) {
                suffix.append(suffix.isEmpty() ? String.valueOf(first) : qualifier.separator);
                suffix.append(qualifier.semVer());
            }
        }
        return suffix.toString();
    }

    /** As in the POM. */
    @Override
    public String toString() {
        return maven;
    }

    private enum Kind {
        PRE_RELEASE,
        POST,
        DEV,
        NOTHING
    }

    /** A word that follows the numbers. Longer words come before those that they start with. */
    private enum Word {
        ALPHA("alpha", Kind.PRE_RELEASE, "a"),
        BETA("beta", Kind.PRE_RELEASE, "b"),
        MILESTONE("milestone", Kind.PRE_RELEASE, "a"),
        RELEASE_CANDIDATE("rc", Kind.PRE_RELEASE, "rc"),
        CANDIDATE_FOR_RELEASE("cr", Kind.PRE_RELEASE, "rc"),
        A("a", Kind.PRE_RELEASE, "a"),
        B("b", Kind.PRE_RELEASE, "b"),
        M("m", Kind.PRE_RELEASE, "a"),
        SERVICE_PACK("sp", Kind.POST, ".post"),
        POST("post", Kind.POST, ".post"),
        SNAPSHOT("snapshot", Kind.DEV, ".dev0"),
        DEV("dev", Kind.DEV, ".dev"),
        FINAL("final", Kind.NOTHING, ""),
        GA("ga", Kind.NOTHING, ""),
        RELEASE("release", Kind.NOTHING, "");

        private final String text;
        private final Kind kind;
        private final String pep440;

        Word(String text, Kind kind, String pep440) {
            this.text = text;
            this.kind = kind;
            this.pep440 = pep440;
        }

        boolean takesNumber() {
            return kind != Kind.NOTHING && this != SNAPSHOT;
        }
    }

    /**
     * A word and its number.
     *
     * @param separator what stands before the word: nothing, a dash or a dot
     * @param written the word in the POM's letters
     * @param numberSeparator what stands before the number
     */
    private record Qualifier(
            Word word, String separator, String written, String numberSeparator, Optional<BigInteger> number) {

        String pep440() {
            return word.pep440 + (word.takesNumber() ? number.orElse(BigInteger.ZERO) : "");
        }

        String semVer() {
            return written + numberSeparator + number.map(BigInteger::toString).orElse("");
        }
    }

    private static final class Scanner {
        private final String text;
        private final String lower;
        private int at;

        Scanner(String text) {
            this.text = text;
            this.lower = text.chars().allMatch(c -> c < 128) ? text.toLowerCase(Locale.ROOT) : "";
        }

        VersionMapping mapping() {
            List<BigInteger> numbers = new ArrayList<>();
            do {
                numbers.add(number().orElseThrow(this::malformed));
            } while (takeDotOfNumber());
            List<Qualifier> qualifiers = new ArrayList<>();
            int last = -1;
            while (at < lower.length()) {
                Qualifier qualifier = qualifier();
                int kind = qualifier.word.kind.ordinal();
                boolean alone = qualifier.word.kind != Kind.NOTHING || qualifiers.isEmpty();
                if (kind <= last || !alone) {
                    throw malformed();
                }
                last = kind;
                qualifiers.add(qualifier);
            }
            return new VersionMapping(text, numbers, qualifiers);
        }

        private boolean takeDotOfNumber() {
            boolean here = at + 1 < lower.length() && lower.charAt(at) == '.' && Cursor.isDigit(lower.charAt(at + 1));
            at += here ? 1 : 0;
            return here;
        }

        private Qualifier qualifier() {
            String separator = separator();
            int start = at;
            for (Word word : Word.values()) {
                if (lower.startsWith(word.text, at)) {
                    at += word.text.length();
                    return qualifier(word, separator, text.substring(start, at));
                }
            }
            throw malformed();
        }

        private Qualifier qualifier(Word word, String separator, String written) {
            int end = at;
            String numberSeparator = word.takesNumber() ? separator() : "";
            Optional<BigInteger> number = word.takesNumber() ? number() : Optional.empty();
            if (number.isEmpty()) {
                at = end;
                numberSeparator = "";
            }
            return new Qualifier(word, separator, written, numberSeparator, number);
        }

        private String separator() {
            boolean here = at < lower.length() && (lower.charAt(at) == '-' || lower.charAt(at) == '.');
            at += here ? 1 : 0;
            return here ? lower.substring(at - 1, at) : "";
        }

        private Optional<BigInteger> number() {
            int start = at;
            while (at < lower.length() && Cursor.isDigit(lower.charAt(at))) {
                at++;
            }
            return start == at ? Optional.empty() : Optional.of(new BigInteger(lower.substring(start, at)));
        }

        private MalformedException malformed() {
            return new MalformedException(KIND, text, ACCEPTED);
        }
    }
}
