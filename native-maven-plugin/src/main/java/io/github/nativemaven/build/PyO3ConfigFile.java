package io.github.nativemaven.build;

import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.PythonVersion;
import java.nio.file.Path;

/**
 * The file by which PyO3's build scripts learn about a Python that can't be asked, because it runs on another machine.
 *
 * @see <a href="https://pyo3.rs/latest/building-and-distribution.html">PyO3, building and distribution</a>
 */
final class PyO3ConfigFile {
    private static final String NAME = "pyo3-config.txt";

    private PyO3ConfigFile() {}

    /** Where a unit's file lies. */
    static Path of(Unit unit) {
        return unit.directory().resolve(NAME);
    }

    /** The text for a Python; for the stable ABI of its oldest version. */
    static String text(Abi abi, Python python) {
        boolean stable = abi instanceof Abi.Stable;
        PythonVersion version = abi instanceof Abi.Stable it ? it.oldest() : python.version();
        String implementation = python.implementation() == Implementation.GRAALPY
                ? "GraalVM"
                : python.implementation().displayName();
        StringBuilder text = new StringBuilder();
        line(text, "implementation", implementation);
        line(text, "version", version);
        line(text, "shared", true);
        line(text, "abi3", stable);
        line(text, "pointer_width", python.pointerWidth());
        if (python.freeThreaded() || python.debug()) {
            String flags = (python.freeThreaded() ? "Py_GIL_DISABLED," : "") + (python.debug() ? "Py_DEBUG," : "");
            line(text, "build_flags", flags.substring(0, flags.length() - 1));
        }
        line(text, "suppress_build_script_link_lines", false);
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }
}
