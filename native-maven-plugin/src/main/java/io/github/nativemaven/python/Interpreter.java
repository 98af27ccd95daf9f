package io.github.nativemaven.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Python that can be run, and what it said about itself. All paths are absolute.
 *
 * @param executable the program as it was asked for, symbolic links kept: an environment's {@code bin/python} is
 *     another Python than what it links to
 * @param implementation who made it
 * @param version the version of the language
 * @param fullVersion the release: {@code 3.11.7}, {@code 3.14.0rc1}; for PyPy too the version of the language
 * @param freeThreaded whether it is built without the global interpreter lock (PEP 703)
 * @param debug whether it is a debug build ({@code Py_DEBUG}), which has an ABI of its own
 * @param extensionSuffix {@code EXT_SUFFIX}: {@code .cpython-311-x86_64-linux-gnu.so}, {@code .cp311-win_amd64.pyd}
 * @param soabi {@code SOABI}: {@code cpython-311-x86_64-linux-gnu}
 * @param pointerWidth 32 or 64, in bits
 * @param platform {@code sysconfig.get_platform()}: {@code linux-x86_64}, {@code macosx-11.0-arm64}; a
 *     {@code _PYTHON_HOST_PLATFORM} in the environment decides it
 * @param sharedLibrary the dynamic library of the interpreter, where there is one: {@code libpython3.11.so}, or its
 *     versioned name {@code libpython3.11.so.1.0} where the one for linking is not installed
 * @param staticLibrary the static library of the interpreter, where there is one: {@code libpython3.11.a}
 * @param libraryDirectory where the linker should look for the interpreter's library; it need not be there
 * @param prefix {@code sys.prefix}: the environment's root
 * @param basePrefix {@code sys.base_prefix}: the root of the installation that the environment was made from, or the
 *     same as {@code prefix} where this is no environment
 * @param baseExecutable the program of that installation, or the executable itself
 * @param standardLibrary the directory of Python's own modules
 * @param scheme where distributions are installed
 * @param markers the variables of dependency markers and their values
 * @see <a href="https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers">
 *     environment markers</a>
 */
public record Interpreter(
        Path executable,
        Implementation implementation,
        PythonVersion version,
        String fullVersion,
        boolean freeThreaded,
        boolean debug,
        String extensionSuffix,
        String soabi,
        int pointerWidth,
        String platform,
        Optional<Path> sharedLibrary,
        Optional<Path> staticLibrary,
        Path libraryDirectory,
        Path prefix,
        Path basePrefix,
        Path baseExecutable,
        Path standardLibrary,
        InstallScheme scheme,
        Map<String, String> markers)
        implements Python {

    public Interpreter {
        markers = Collections.unmodifiableMap(new TreeMap<>(markers));
    }

    /** Whether this is the Python of a virtual environment (PEP 405). */
    public boolean isVirtual() {
        return !prefix.equals(basePrefix);
    }

    /**
     * Whether the system's package manager owns this Python's packages, so that nobody else may install any (PEP 668).
     * An environment made from it is not managed.
     */
    public boolean isExternallyManaged() {
        return !isVirtual() && Files.exists(standardLibrary.resolve("EXTERNALLY-MANAGED"));
    }

    /** Whether this Python can put pip into a new environment. Debian ships that apart. Looked up at each call. */
    public boolean hasEnsurepip() {
        return Files.exists(standardLibrary.resolve("ensurepip").resolve("__init__.py"));
    }

    /** Whether pip is installed in the environment itself. Looked up at each call. */
    public boolean hasPip() {
        return Files.exists(scheme.purelib().resolve("pip").resolve("__init__.py"));
    }
}
