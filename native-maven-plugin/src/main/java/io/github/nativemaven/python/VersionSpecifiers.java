package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Clauses that a version must all satisfy: {@code >=3.8,<4,!=3.9.*}. Without a clause every version does.
 *
 * @param clauses in their author's order, which has no meaning for who reads them
 * @see <a href="https://packaging.python.org/en/latest/specifications/version-specifiers/">Version specifiers (PEP 440)</a>
 */
public record VersionSpecifiers(List<VersionSpecifier> clauses) {
    private static final String KIND = "version specifier";

    /** Every version. */
    public static final VersionSpecifiers ANY = new VersionSpecifiers(List.of());

    public VersionSpecifiers {
        clauses = List.copyOf(clauses);
    }

    /** What is done with pre-releases and developmental releases that are in range. */
    public enum PreReleases {
        /** They are like all others. */
        ALLOWED,
        /** They are not contained. */
        EXCLUDED,
        /** They are contained only where one of the clauses names a pre-release itself: {@code >=2.0rc1}. */
        IF_NAMED
    }

    /**
     * Reads clauses with commas between them; one more comma may follow the last. Blank text is {@link #ANY}.
     *
     * @throws MalformedException when there is anything else
     */
    public static VersionSpecifiers parse(String text) {
        Cursor cursor = new Cursor(KIND, text);
        VersionSpecifiers specifiers = cursor.skipBlanks().atEnd() ? ANY : read(cursor);
        if (!cursor.atEnd()) {
            throw cursor.expected("a comma or nothing more");
        }
        return specifiers;
    }

    /** Reads at least one clause from inside a longer text, and passes the blanks that follow. */
    static VersionSpecifiers read(Cursor cursor) {
        List<VersionSpecifier> clauses = new ArrayList<>();
        do {
            clauses.add(VersionSpecifier.read(cursor));
        } while (cursor.skipBlanks().take(",") && isOperator(cursor.skipBlanks().peek()));
        return new VersionSpecifiers(clauses);
    }

    static boolean isOperator(int c) {
        return "~=!<>".indexOf(c) >= 0;
    }

    /** Whether the version is in the range. */
    public boolean contains(Pep440Version version, PreReleases preReleases) {
        return (!version.isPreRelease() || takesPreReleases(preReleases))
                && clauses.stream().allMatch(clause -> clause.contains(version));
    }

    private boolean takesPreReleases(PreReleases preReleases) {
        return switch (preReleases) {
            case ALLOWED -> true;
            case EXCLUDED -> false;
            case IF_NAMED -> clauses.stream().anyMatch(VersionSpecifier::namesPreRelease);
        };
    }

    /**
     * The clauses with commas and no spaces between them, in their author's order and spelling: a reader takes any
     * order, and a person finds in METADATA what stands in the project's own files.
     */
    @Override
    public String toString() {
        return clauses.stream().map(VersionSpecifier::toString).collect(Collectors.joining(","));
    }
}
