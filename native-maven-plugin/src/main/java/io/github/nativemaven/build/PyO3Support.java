package io.github.nativemaven.build;

import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.PythonVersion;
import java.util.Map;
import java.util.Optional;

/**
 * Which Pythons a release of PyO3 supports. A release that isn't in the table is asked by building.
 *
 * @param oldest the oldest CPython
 * @param newest the newest, of every implementation
 * @param oldestFreeThreaded the oldest CPython without the global interpreter lock
 * @param oldestPyPy the oldest PyPy
 */
record PyO3Support(
        PythonVersion oldest, PythonVersion newest, PythonVersion oldestFreeThreaded, PythonVersion oldestPyPy) {
    /** From the constants that each release's own build script checks against. */
    private static final Map<String, PyO3Support> RELEASES = Map.of(
            "0.23", of(7, 13, 13, 7),
            "0.24", of(7, 13, 13, 7),
            "0.25", of(7, 13, 13, 7),
            "0.26", of(7, 14, 13, 7),
            "0.27", of(7, 14, 13, 7),
            "0.28", of(7, 14, 13, 11),
            "0.29", of(8, 15, 14, 11),
            "0.30", of(9, 15, 14, 11));

    private static PyO3Support of(int oldest, int newest, int oldestFreeThreaded, int oldestPyPy) {
        return new PyO3Support(minor(oldest), minor(newest), minor(oldestFreeThreaded), minor(oldestPyPy));
    }

    private static PythonVersion minor(int minor) {
        return new PythonVersion(3, minor);
    }

    static Optional<PyO3Support> of(String version) {
        int second = version.indexOf('.', version.indexOf('.') + 1);
        return Optional.ofNullable(RELEASES.get(second < 0 ? version : version.substring(0, second)));
    }

    /** The oldest of an interpreter's kind. */
    PythonVersion oldest(Python interpreter) {
        if (interpreter.implementation() == Implementation.PYPY) {
            return oldestPyPy;
        }
        return interpreter.freeThreaded() ? oldestFreeThreaded : oldest;
    }

    /** @param version the interpreter's, or the first of the stable ABI that is compiled for in its stead */
    boolean accepts(Python interpreter, PythonVersion version) {
        return version.isAtLeast(oldest(interpreter)) && newest.isAtLeast(version);
    }
}
