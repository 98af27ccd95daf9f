package io.github.nativemaven.build;

import io.github.nativemaven.python.PythonVersion;
import java.util.Map;
import java.util.Optional;

/**
 * Which CPythons a release of PyO3 supports. A release that isn't in the table is asked by building.
 *
 * @param oldest the oldest CPython
 * @param newest the newest CPython
 */
record PyO3Support(PythonVersion oldest, PythonVersion newest) {
    /** From the constants that each release's own build script checks against. */
    private static final Map<String, PyO3Support> RELEASES = Map.of(
            "0.23", cpython(7, 13),
            "0.24", cpython(7, 13),
            "0.25", cpython(7, 13),
            "0.26", cpython(7, 14),
            "0.27", cpython(7, 14),
            "0.28", cpython(7, 14));

    private static PyO3Support cpython(int oldest, int newest) {
        return new PyO3Support(new PythonVersion(3, oldest), new PythonVersion(3, newest));
    }

    static Optional<PyO3Support> of(String version) {
        int second = version.indexOf('.', version.indexOf('.') + 1);
        return Optional.ofNullable(RELEASES.get(second < 0 ? version : version.substring(0, second)));
    }

    boolean accepts(PythonVersion version) {
        return version.isAtLeast(oldest) && newest.isAtLeast(version);
    }
}
