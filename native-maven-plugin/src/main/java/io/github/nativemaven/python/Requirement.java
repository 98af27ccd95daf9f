package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dependency on a distribution: {@code numpy[dev]>=1.20,<3; python_version < "3.13"}.
 *
 * @param name the distribution
 * @param extras its extras, normalised, sorted, each once
 * @param specifiers the versions; {@link VersionSpecifiers#ANY} where there is a URL
 * @param url where it is, instead of versions: no spaces
 * @param marker where it is needed; everywhere when empty
 * @see <a href="https://packaging.python.org/en/latest/specifications/dependency-specifiers/">Dependency specifiers (PEP 508)</a>
 */
public record Requirement(
        DistributionName name,
        List<String> extras,
        VersionSpecifiers specifiers,
        Optional<String> url,
        Optional<Marker> marker) {
    private static final String KIND = "requirement";

    /** @throws MalformedException for a URL that has a space in it or versions beside it, or for an invalid extra */
    public Requirement {
        extras = extras.stream()
                .map(extra -> new DistributionName(extra).normalized())
                .distinct()
                .sorted()
                .toList();
        if (url.isPresent()) {
            checkUrl(url.get(), specifiers);
        }
    }

    private static void checkUrl(String url, VersionSpecifiers specifiers) {
        if (url.isEmpty() || url.endsWith(";") || !url.chars().allMatch(Requirement::isUrlPart)) {
            throw new MalformedException(
                    "URL of a requirement", url, "expected no spaces, no control characters and no ';' at its end");
        }
        if (!specifiers.clauses().isEmpty()) {
            throw new MalformedException("URL of a requirement", url, "versions (" + specifiers + ") don't go with it");
        }
    }

    /**
     * Reads a requirement.
     *
     * @throws MalformedException when it is none, with the place
     */
    public static Requirement parse(String text) {
        Cursor cursor = new Cursor(KIND, text);
        DistributionName name = readName(cursor.skipBlanks(), "the name of a distribution");
        List<String> extras = readExtras(cursor.skipBlanks());
        cursor.skipBlanks();
        VersionSpecifiers specifiers = VersionSpecifiers.ANY;
        Optional<String> url = Optional.empty();
        if (cursor.take("@")) {
            url = Optional.of(readUrl(cursor.skipBlanks()));
        } else {
            specifiers = readSpecifiers(cursor);
        }
        Optional<Marker> marker = Optional.empty();
        if (cursor.skipBlanks().take(";")) {
            marker = Optional.of(Marker.read(cursor));
        }
        if (!cursor.skipBlanks().atEnd()) {
            throw cursor.expected(
                    marker.isPresent() ? "'and', 'or' or nothing more" : "a version, ';' or nothing more");
        }
        return new Requirement(name, extras, specifiers, url, marker);
    }

    private static DistributionName readName(Cursor cursor, String what) {
        int at = cursor.position();
        String name = cursor.takeWhile(DistributionName::isPart);
        if (name.isEmpty()) {
            throw cursor.expected(what);
        }
        try {
            return new DistributionName(name);
        } catch (MalformedException e) {
            throw cursor.malformed(at, e.reason() + ",");
        }
    }

    private static List<String> readExtras(Cursor cursor) {
        List<String> extras = new ArrayList<>();
        if (!cursor.take("[") || cursor.skipBlanks().take("]")) {
            return extras;
        }
        do {
            extras.add(readName(cursor.skipBlanks(), "the name of an extra").value());
        } while (cursor.skipBlanks().take(","));
        if (!cursor.take("]")) {
            throw cursor.expected("',' or ']'");
        }
        return extras;
    }

    private static String readUrl(Cursor cursor) {
        String url = cursor.takeWhile(Requirement::isUrlPart);
        if (url.isEmpty()) {
            throw cursor.expected("a URL");
        }
        if (url.endsWith(";")) {
            throw cursor.malformed(cursor.position() - 1, "expected a space before the ';' that follows a URL");
        }
        return url;
    }

    private static boolean isUrlPart(int c) {
        return c > ' ' && !Character.isISOControl(c) && !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }

    private static VersionSpecifiers readSpecifiers(Cursor cursor) {
        if (VersionSpecifiers.isOperator(cursor.peek())) {
            return VersionSpecifiers.read(cursor);
        }
        if (!cursor.take("(") || cursor.skipBlanks().take(")")) {
            return VersionSpecifiers.ANY;
        }
        VersionSpecifiers specifiers = VersionSpecifiers.read(cursor);
        if (!cursor.skipBlanks().take(")")) {
            throw cursor.expected("',' or ')'");
        }
        return specifiers;
    }

    /** Whether the distribution is needed there. */
    public boolean evaluate(MarkerEnvironment environment) {
        return marker.map(m -> m.evaluate(environment)).orElse(true);
    }

    /**
     * This requirement, needed only where an extra is asked for too.
     *
     * @throws MalformedException when that is no name of an extra
     */
    public Requirement withExtra(String extra) {
        Marker condition = Marker.extra(extra);
        return new Requirement(
                name,
                extras,
                specifiers,
                url,
                Optional.of(marker.map(m -> m.and(condition)).orElse(condition)));
    }

    /**
     * The form that belongs into METADATA: spaces, quotes, parentheses and extras in one way; the name, the versions and
     * their order as written.
     */
    @Override
    public String toString() {
        return name
                + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
                + specifiers
                + url.map(u -> " @ " + u).orElse("")
                + marker.map(m -> (url.isPresent() ? " ; " : "; ") + m).orElse("");
    }
}
