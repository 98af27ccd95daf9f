package io.github.nativemaven.python;

import java.util.Arrays;

/** A Python that can be built for: one that runs here, or one of another machine. */
public sealed interface Python permits Interpreter, TargetPython {
    /** Who made it. */
    Implementation implementation();

    /** The version of the language. */
    PythonVersion version();

    /** The release: {@code 3.11.7}, {@code 3.14.0rc1}; the version of the language where no more is known. */
    String fullVersion();

    /** Whether it is built without the global interpreter lock (PEP 703). */
    boolean freeThreaded();

    /** Whether it is a debug build ({@code Py_DEBUG}), which has an ABI of its own. */
    boolean debug();

    /** {@code EXT_SUFFIX}: {@code .cpython-311-x86_64-linux-gnu.so}, {@code .cp311-win_amd64.pyd}. */
    String extensionSuffix();

    /** {@code SOABI}: {@code cpython-311-x86_64-linux-gnu}. */
    String soabi();

    /** 32 or 64, in bits. */
    int pointerWidth();

    /** The first part of a wheel's tag: {@code cp311}, {@code pp311}, {@code graalpy311}. */
    default String pythonTag() {
        return implementation().tagPrefix() + version().tag();
    }

    /** The second part of the tag of a wheel for this Python alone: {@code cp311}, {@code cp313t}, {@code pypy311_pp73}. */
    default String abiTag() {
        return switch (implementation()) {
            case CPYTHON -> pythonTag() + abiFlags();
            case PYPY -> soabiParts(2);
            case GRAALPY -> soabiParts(3);
        };
    }

    private String abiFlags() {
        boolean withMallocFlag = version().minor() <= 7;
        return (freeThreaded() ? "t" : "") + (debug() ? "d" : "") + (withMallocFlag ? "m" : "");
    }

    private String soabiParts(int count) {
        String[] parts = soabi().split("-");
        return String.join("_", Arrays.asList(parts).subList(0, Math.min(count, parts.length)))
                .replace('.', '_');
    }

    /** What PyO3's build script watches for a change of interpreter: {@code cpython-3.11-64bit}. */
    default String environmentSignature() {
        return implementation().id() + "-" + version() + (freeThreaded() ? "t" : "") + "-" + pointerWidth() + "bit";
    }

    /** The name to show: {@code CPython 3.11}, {@code CPython 3.13t}, {@code PyPy 3.11}. */
    default String describe() {
        return implementation().displayName() + " " + version() + (freeThreaded() ? "t" : "")
                + (debug() ? " (debug)" : "");
    }
}
