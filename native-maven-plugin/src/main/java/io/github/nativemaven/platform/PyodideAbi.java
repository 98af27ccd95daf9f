package io.github.nativemaven.platform;

import java.util.List;
import java.util.Optional;

/**
 * What Pyodide, which is CPython in a browser, promises to keep for the wheels of one Python version.
 *
 * @param minor the minor version of CPython 3
 * @param tag the platform that wheels for it name
 * @param emscripten the release of Emscripten that they must be linked with, and no other
 * @see <a href="https://peps.python.org/pep-0783/">PEP 783, Emscripten packaging</a>
 */
public record PyodideAbi(int minor, String tag, String emscripten) {

    /** All that are fixed; the first two from before the PEP, whose tags begin with {@code pyemscripten}. */
    public static final List<PyodideAbi> ALL = List.of(
            new PyodideAbi(12, "pyodide_2024_0_wasm32", "3.1.58"),
            new PyodideAbi(13, "pyodide_2025_0_wasm32", "4.0.9"),
            new PyodideAbi(14, "pyemscripten_2026_0_wasm32", "5.0.3"));

    /** The one of a CPython 3; empty where there is none. */
    public static Optional<PyodideAbi> of(int minor) {
        return ALL.stream().filter(abi -> abi.minor() == minor).findFirst();
    }
}
