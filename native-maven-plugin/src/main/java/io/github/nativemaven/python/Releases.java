package io.github.nativemaven.python;

/** Whether a Python whose release is not known, only its version, can be meant by a range. */
public final class Releases {
    private static final String LATE = ".99";

    private Releases() {}

    /** Whether the release is in a range; where only the version is known, whether one of its releases is. */
    public static boolean mayBeIn(Python python, VersionSpecifiers range) {
        // As pip has it: a candidate for 3.15.0 is a 3.15.0.
        String release = python.fullVersion().replaceFirst("[^0-9.].*", "");
        if (!release.equals(python.version().toString())) {
            return contains(range, release);
        }
        return contains(range, release + ".0") || contains(range, release + LATE);
    }

    private static boolean contains(VersionSpecifiers range, String release) {
        return range.contains(Pep440Version.parse(release), VersionSpecifiers.PreReleases.ALLOWED);
    }
}
