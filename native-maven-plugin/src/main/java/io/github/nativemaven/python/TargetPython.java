package io.github.nativemaven.python;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python of a machine that isn't this one: all that must be known of it to build for it.
 *
 * @param implementation who made it
 * @param version the version of the language
 * @param fullVersion the release, or the version of the language where no more is known
 * @param freeThreaded whether it is built without the global interpreter lock (PEP 703)
 * @param debug whether it is a debug build, which has an ABI of its own
 * @param extensionSuffix {@code EXT_SUFFIX}: {@code .cpython-311-aarch64-linux-gnu.so}
 * @param soabi {@code SOABI}: {@code cpython-311-aarch64-linux-gnu}
 * @param pointerWidth 32 or 64, in bits
 */
public record TargetPython(
        Implementation implementation,
        PythonVersion version,
        String fullVersion,
        boolean freeThreaded,
        boolean debug,
        String extensionSuffix,
        String soabi,
        int pointerWidth)
        implements Python {

    /** The versions that can be computed: CPython 3.7 to 3.15, PyPy 3.8 to 3.11. */
    private static final int OLDEST_CPYTHON = 7;

    private static final int NEWEST_CPYTHON = 15;
    private static final int FIRST_FREE_THREADED = 13;
    private static final int OLDEST_PYPY = 8;
    private static final int NEWEST_PYPY = 11;

    /** From 3.11 on, a Python that is linked with musl says so in its suffix. */
    private static final PythonVersion FIRST_WITH_MUSL = new PythonVersion(3, 11);

    /**
     * The Python of a version as its makers release it for a target.
     *
     * @param freeThreaded whether it has no global interpreter lock; CPython 3.13 and later
     */
    public static TargetPython of(
            TargetTriple target, Implementation implementation, PythonVersion version, boolean freeThreaded) {
        String base =
                switch (implementation) {
                    case CPYTHON -> "cpython-" + version.tag() + (freeThreaded ? "t" : "") + malloc(version);
                    case PYPY -> "pypy" + version.tag() + "-pp73";
                    case GRAALPY -> "graalpy-" + version.tag() + "-native";
                };
        String system = system(target, version);
        String soabi = system.isEmpty() ? base : base + "-" + system;
        boolean windows = target.os() == OperatingSystem.WINDOWS;
        String windowsBase = implementation == Implementation.CPYTHON
                ? "cp" + version.tag() + (freeThreaded ? "t" : "") + malloc(version)
                : base;
        return new TargetPython(
                implementation,
                version,
                version.toString(),
                freeThreaded,
                false,
                windows ? "." + windowsBase + "-" + system + ".pyd" : "." + soabi + ".so",
                windows ? windowsBase + "-" + system : soabi,
                target.architecture().pointerWidth());
    }

    private static String malloc(PythonVersion version) {
        return version.minor() <= OLDEST_CPYTHON ? "m" : "";
    }

    /** The last part of {@code SOABI}: {@code x86_64-linux-gnu}, {@code darwin}, {@code win_amd64}. */
    private static String system(TargetTriple target, PythonVersion version) {
        return switch (target.os()) {
            case LINUX -> machine(target) + "-linux-" + libc(target, version);
            case MACOS -> "darwin";
            case WINDOWS -> target.architecture().windows();
            case EMSCRIPTEN -> "wasm32-emscripten";
            default -> "";
        };
    }

    private static String machine(TargetTriple target) {
        return switch (target.architecture()) {
            case I686 -> "i386";
            case ARMV7L, ARMV6L -> "arm";
            case PPC64LE -> "powerpc64le";
            case PPC64 -> "powerpc64";
            default -> target.architecture().linux();
        };
    }

    private static String libc(TargetTriple target, PythonVersion version) {
        boolean musl = target.libc() == CLibrary.MUSL && version.isAtLeast(FIRST_WITH_MUSL);
        boolean hardFloat = target.value().endsWith("eabihf");
        boolean arm = target.architecture() == Architecture.ARMV7L || target.architecture() == Architecture.ARMV6L;
        String abi = arm ? (hardFloat ? "eabihf" : "eabi") : "";
        return (musl ? "musl" : "gnu") + abi;
    }

    /** Whether a version is one that can be computed. */
    static boolean isKnown(Implementation implementation, PythonVersion version, boolean freeThreaded) {
        if (version.major() != 3) {
            return false;
        }
        return switch (implementation) {
            case CPYTHON ->
                version.minor() >= (freeThreaded ? FIRST_FREE_THREADED : OLDEST_CPYTHON)
                        && version.minor() <= NEWEST_CPYTHON;
            case PYPY -> version.minor() >= OLDEST_PYPY && version.minor() <= NEWEST_PYPY && !freeThreaded;
            case GRAALPY -> false;
        };
    }

    /** Every CPython with the global interpreter lock that can be computed for a target, the oldest first. */
    static List<TargetPython> all(TargetTriple target) {
        List<TargetPython> all = new ArrayList<>();
        for (int minor = OLDEST_CPYTHON; minor <= NEWEST_CPYTHON; minor++) {
            all.add(of(target, Implementation.CPYTHON, new PythonVersion(3, minor), false));
        }
        return all;
    }
}
