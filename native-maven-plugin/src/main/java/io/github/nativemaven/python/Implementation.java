package io.github.nativemaven.python;

import java.util.Arrays;
import java.util.Optional;

/** Implementations of Python that an extension module can be built for: a table of the names that each has. */
public enum Implementation {
    CPYTHON("cpython", "CPython", "cp"),
    PYPY("pypy", "PyPy", "pp"),
    GRAALPY("graalpy", "GraalVM", "graalpy");

    private final String id;
    private final String markerName;
    private final String tagPrefix;

    Implementation(String id, String markerName, String tagPrefix) {
        this.id = id;
        this.markerName = markerName;
        this.tagPrefix = tagPrefix;
    }

    /** Python's own {@code sys.implementation.name}, which is PEP 508's {@code implementation_name}: {@code cpython}. */
    public String id() {
        return id;
    }

    /** PEP 508's {@code platform_python_implementation}: {@code CPython}, {@code PyPy}, {@code GraalVM}. */
    public String markerName() {
        return markerName;
    }

    /** The name to show: {@code CPython}, {@code PyPy}, {@code GraalPy}. */
    public String displayName() {
        return this == GRAALPY ? "GraalPy" : markerName;
    }

    /** What a python tag begins with: {@code cp} in {@code cp311}. */
    public String tagPrefix() {
        return tagPrefix;
    }

    /** From Python's {@code sys.implementation.name}. */
    public static Optional<Implementation> ofId(String id) {
        return Arrays.stream(values()).filter(i -> i.id.equals(id)).findFirst();
    }
}
