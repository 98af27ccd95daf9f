package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.VersionSpecifiers.PreReleases;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody asked for who wants an interpreter. */
sealed interface Wanted {
    /** The word for every Python that is there. */
    String ALL = "all";

    /** A program, or an environment's directory. */
    record File(String path) implements Wanted {}

    /** A program's name, to be found on PATH: {@code python3.11}. */
    record Name(String name) implements Wanted {
        private static final Pattern VERSIONED = Pattern.compile("(python|pypy|graalpy)(\\d+\\.\\d+t?)(\\.exe)?");

        /** The version that the name promises. */
        Optional<Version> version() {
            Matcher matcher = VERSIONED.matcher(name);
            return matcher.matches()
                    ? Version.of(matcher.group(1).replace("python", "") + matcher.group(2))
                    : Optional.empty();
        }
    }

    /**
     * A version: {@code 3.11}, {@code 3.11.7}, {@code 3.13t}, {@code pypy3.10}.
     *
     * @param release the whole release, where one was asked for
     */
    record Version(Implementation implementation, PythonVersion version, boolean freeThreaded, Optional<String> release)
            implements Wanted {
        private static final Pattern FORM = Pattern.compile(
                "(?:(cpython|pypy|graalpy)-?)?((?:0|[1-9]\\d?)\\.(?:0|[1-9]\\d?))(\\.\\d+(?:(?:a|b|rc)\\d+)?)?(t)?");

        static Optional<Version> of(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return Optional.of(new Version(
                    Implementation.ofId(matcher.group(1) == null ? "cpython" : matcher.group(1))
                            .orElseThrow(),
                    PythonVersion.parse(matcher.group(2)),
                    matcher.group(4) != null,
                    Optional.ofNullable(matcher.group(3)).map(rest -> matcher.group(2) + rest)));
        }

        boolean accepts(Interpreter interpreter) {
            return interpreter.implementation() == implementation
                    && interpreter.version().equals(version)
                    && interpreter.freeThreaded() == freeThreaded
                    && !interpreter.debug()
                    && release.map(interpreter.fullVersion()::equals).orElse(true);
        }
    }

    /** Every CPython with the global interpreter lock whose release is in a range: {@code >=3.10,<3.13}. */
    record Range(VersionSpecifiers specifiers) implements Wanted {
        boolean accepts(Interpreter interpreter) {
            return interpreter.implementation() == Implementation.CPYTHON
                    && !interpreter.freeThreaded()
                    && !interpreter.debug()
                    && specifiers.contains(Pep440Version.parse(interpreter.fullVersion()), PreReleases.ALLOWED);
        }
    }

    /** Every Python that is there. */
    record All() implements Wanted {}

    /**
     * Reads what was asked for.
     *
     * @throws MalformedException when it is none of the forms above
     */
    static Wanted parse(String text) {
        String asked = text.strip();
        if (asked.isEmpty()) {
            throw new MalformedException("interpreter", text, "expected python3.11, 3.11, >=3.10, a path, or all");
        }
        if (asked.equals(ALL)) {
            return new All();
        }
        if (asked.contains("/") || asked.contains("\\") || asked.startsWith(".")) {
            return new File(asked);
        }
        if ("<>=!~".indexOf(asked.charAt(0)) >= 0) {
            return new Range(VersionSpecifiers.parse(asked));
        }
        Optional<Version> version = Version.of(asked);
        return version.isPresent() ? version.get() : new Name(asked);
    }
}
