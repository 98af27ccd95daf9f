package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The version of a Python distribution: {@code 1!2.0rc1.post2.dev3+local.4}.
 *
 * <p>Two versions are equal when neither comes before the other: {@code 1.0} equals {@code 1.0.0}, and each keeps its
 * own text. Numbers are as large as they come.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/version-specifiers/">Version specifiers (PEP 440)</a>
 */
public final class Pep440Version implements Comparable<Pep440Version> {
    private static final String ACCEPTED = "expected numbers with dots, then optional suffixes in this order, such as"
            + " 1.2.3, 1.2a1, 1.2b1, 1.2rc1, 1.2.post1, 1.2.dev1, 1.2+local.1, 1!1.2";

    private final BigInteger epoch;
    private final List<BigInteger> release;
    private final PreRelease preRelease;
    private final BigInteger post;
    private final BigInteger dev;
    private final List<String> local;

    private Pep440Version(
            BigInteger epoch,
            List<BigInteger> release,
            PreRelease preRelease,
            BigInteger post,
            BigInteger dev,
            List<String> local) {
        this.epoch = epoch;
        this.release = List.copyOf(release);
        this.preRelease = preRelease;
        this.post = post;
        this.dev = dev;
        this.local = List.copyOf(local);
    }

    /** How near a pre-release is to the release, in ascending order. */
    public enum Phase {
        ALPHA("a"),
        BETA("b"),
        RELEASE_CANDIDATE("rc");

        private final String letters;

        Phase(String letters) {
            this.letters = letters;
        }

        @Override
        public String toString() {
            return letters;
        }
    }

    /**
     * The part {@code rc1}.
     *
     * @param phase alpha, beta or release candidate
     * @param number zero or more
     */
    public record PreRelease(Phase phase, BigInteger number) implements Comparable<PreRelease> {
        @Override
        public int compareTo(PreRelease other) {
            int order = phase.compareTo(other.phase);
            return order != 0 ? order : number.compareTo(other.number);
        }

        @Override
        public String toString() {
            return phase.toString() + number;
        }
    }

    /**
     * Reads a version in any of PEP 440's spellings: {@code v1.0-ALPHA.1} is {@code 1.0a1}.
     *
     * @throws MalformedException when it is none
     */
    public static Pep440Version parse(String text) {
        return tryParse(text).orElseThrow(() -> new MalformedException("version", text, ACCEPTED));
    }

    /** Reads a version, or gives nothing when the text is none. */
    public static Optional<Pep440Version> tryParse(String text) {
        return Optional.ofNullable(new Scanner(text).version());
    }

    /** The number before the {@code !}, zero where there is none. */
    public BigInteger epoch() {
        return epoch;
    }

    /** The numbers of the release, at least one: 1, 2 and 3 of {@code 1.2.3rc1}. */
    public List<BigInteger> release() {
        return release;
    }

    /** The part {@code a1}, {@code b1} or {@code rc1}. */
    public Optional<PreRelease> preRelease() {
        return Optional.ofNullable(preRelease);
    }

    /** The number after {@code .post}. */
    public Optional<BigInteger> post() {
        return Optional.ofNullable(post);
    }

    /** The number after {@code .dev}. */
    public Optional<BigInteger> dev() {
        return Optional.ofNullable(dev);
    }

    /** The parts after the {@code +}, in lower case. */
    public List<String> local() {
        return local;
    }

    /** Whether installers take it only when asked: a pre-release in the narrow sense, or a developmental release. */
    public boolean isPreRelease() {
        return preRelease != null || dev != null;
    }

    /** Without the part after the {@code +}. */
    public Pep440Version withoutLocal() {
        return new Pep440Version(epoch, release, preRelease, post, dev, List.of());
    }

    /** What the post-release {@code 1.0rc1.post2} was made after: {@code 1.0rc1}. */
    Pep440Version withoutPost() {
        return new Pep440Version(epoch, release, preRelease, null, null, List.of());
    }

    /** The lowest version that leads to this one: {@code 1.0.dev0} for {@code 1.0}. */
    Pep440Version firstDev() {
        return new Pep440Version(epoch, release, preRelease, post, BigInteger.ZERO, List.of());
    }

    /** Whether the release starts with these numbers, zeros added where it is shorter. */
    boolean startsWith(BigInteger otherEpoch, List<BigInteger> prefix) {
        return epoch.equals(otherEpoch)
                && compareReleases(release.stream().limit(prefix.size()).toList(), prefix) == 0;
    }

    @Override
    public int compareTo(Pep440Version other) {
        int order = epoch.compareTo(other.epoch);
        order = order != 0 ? order : compareReleases(release, other.release);
        order = order != 0 ? order : Integer.compare(stage(), other.stage());
        order = order != 0 ? order : compare(preRelease, other.preRelease, -1);
        order = order != 0 ? order : compare(post, other.post, -1);
        order = order != 0 ? order : compare(dev, other.dev, 1);
        return order != 0 ? order : compareLocals(local, other.local);
    }

    /** 1.0.dev1 comes before 1.0a1, and that before 1.0. */
    private int stage() {
        if (preRelease != null) {
            return 1;
        }
        return post == null && dev != null ? 0 : 2;
    }

    /** @param absent where a missing part stands: -1 before all others, 1 after them */
    private static <T extends Comparable<T>> int compare(T left, T right, int absent) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? absent : -absent;
        }
        return left.compareTo(right);
    }

    private static int compareReleases(List<BigInteger> left, List<BigInteger> right) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            BigInteger a = i < left.size() ? left.get(i) : BigInteger.ZERO;
            BigInteger b = i < right.size() ? right.get(i) : BigInteger.ZERO;
            int order = a.compareTo(b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareLocals(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compareLocalParts(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareLocalParts(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber == rightNumber ? left.compareTo(right) : Boolean.compare(leftNumber, rightNumber);
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(Cursor::isDigit);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pep440Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        int significant = release.size();
        while (significant > 0 && release.get(significant - 1).signum() == 0) {
            significant--;
        }
        return Arrays.asList(epoch, release.subList(0, significant), preRelease, post, dev, local)
                .hashCode();
    }

    /** The normal form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return (epoch.signum() == 0 ? "" : epoch + "!")
                + release.stream().map(BigInteger::toString).collect(Collectors.joining("."))
                + (preRelease == null ? "" : preRelease)
                + (post == null ? "" : ".post" + post)
                + (dev == null ? "" : ".dev" + dev)
                + (local.isEmpty() ? "" : "+" + String.join(".", local));
    }

    /** Reads one version; null stands for no match. */
    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            // A letter outside of ASCII could become one inside it in lower case.
            boolean ascii = text.chars().allMatch(c -> c < 128);
            this.text = ascii ? strip(text.toLowerCase(Locale.ROOT)) : "";
        }

        private static String strip(String text) {
            int start = 0;
            int end = text.length();
            while (start < end && isSpace(text.charAt(start))) {
                start++;
            }
            while (end > start && isSpace(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(start, end);
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c >= '\t' && c <= '\r';
        }

        Pep440Version version() {
            take("v");
            BigInteger first = number();
            if (first == null) {
                return null;
            }
            BigInteger epoch = BigInteger.ZERO;
            if (take("!")) {
                epoch = first;
                first = number();
            }
            List<BigInteger> release = first == null ? List.of() : release(first);
            PreRelease pre = preRelease();
            BigInteger post = post();
            BigInteger dev = dev();
            List<String> local = local();
            boolean whole = at == text.length() && !release.isEmpty() && local != null;
            return whole ? new Pep440Version(epoch, release, pre, post, dev, local) : null;
        }

        private List<BigInteger> release(BigInteger first) {
            List<BigInteger> numbers = new ArrayList<>(List.of(first));
            while (at + 1 < text.length() && text.charAt(at) == '.' && Cursor.isDigit(text.charAt(at + 1))) {
                at++;
                numbers.add(number());
            }
            return numbers;
        }

        private PreRelease preRelease() {
            if (takeName("alpha", "a")) {
                return new PreRelease(Phase.ALPHA, nameNumber());
            }
            if (takeName("beta", "b")) {
                return new PreRelease(Phase.BETA, nameNumber());
            }
            return takeName("rc", "c", "preview", "pre") ? new PreRelease(Phase.RELEASE_CANDIDATE, nameNumber()) : null;
        }

        private BigInteger post() {
            if (at + 1 < text.length() && text.charAt(at) == '-' && Cursor.isDigit(text.charAt(at + 1))) {
                at++;
                return number();
            }
            return takeName("post", "rev", "r") ? nameNumber() : null;
        }

        private BigInteger dev() {
            return takeName("dev") ? nameNumber() : null;
        }

        /** Passes an optional separator and one of the names. */
        private boolean takeName(String... names) {
            int start = at;
            takeSeparator();
            for (String name : names) {
                if (take(name)) {
                    return true;
                }
            }
            at = start;
            return false;
        }

        /** A number after a name, which may have a separator before it or be missing. */
        private BigInteger nameNumber() {
            takeSeparator();
            BigInteger number = number();
            return number == null ? BigInteger.ZERO : number;
        }

        private List<String> local() {
            if (!take("+")) {
                return List.of();
            }
            List<String> parts = new ArrayList<>();
            do {
                int start = at;
                while (at < text.length() && Cursor.isAlphanumeric(text.charAt(at))) {
                    at++;
                }
                if (start == at) {
                    return null;
                }
                String part = text.substring(start, at);
                parts.add(isNumber(part) ? new BigInteger(part).toString() : part);
            } while (takeSeparator());
            return parts;
        }

        private BigInteger number() {
            int start = at;
            while (at < text.length() && Cursor.isDigit(text.charAt(at))) {
                at++;
            }
            return start == at ? null : new BigInteger(text.substring(start, at));
        }

        private boolean takeSeparator() {
            return take(".") || take("-") || take("_");
        }

        private boolean take(String expected) {
            boolean here = text.startsWith(expected, at);
            at += here ? expected.length() : 0;
            return here;
        }
    }
}
