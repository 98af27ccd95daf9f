package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.7", "3.11", "2.7", "3.100"})
    void versionsPrintAsTheyWereRead(String text) {
        assertThat(PythonVersion.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3.", ".3", "3.11.7", "3.011", "v3.11", "3.11 ", "3.11t", "-3.1", "3.12345"})
    void otherTextsAreNoVersions(String text) {
        assertThatThrownBy(() -> PythonVersion.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"3.11.7, 3.11", "3.14.0rc1, 3.14", "3.13, 3.13", "3.13.0+, 3.13", "3.9a1, 3.9"})
    void aReleaseBelongsToAVersion(String release, String version) {
        assertThat(PythonVersion.ofRelease(release)).hasToString(version);
    }

    @ParameterizedTest
    @CsvSource({"3.9, 3.10", "2.7, 3.0", "3.13, 3.14"})
    void versionsAreOrderedByNumber(String earlier, String later) {
        assertThat(PythonVersion.parse(earlier)).isLessThan(PythonVersion.parse(later));
        assertThat(PythonVersion.parse(later).isAtLeast(PythonVersion.parse(earlier)))
                .isTrue();
        assertThat(PythonVersion.parse(earlier).isAtLeast(PythonVersion.parse(later)))
                .isFalse();
        assertThat(PythonVersion.parse(earlier).isAtLeast(PythonVersion.parse(earlier)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CPYTHON, 3.11, false, false, cpython-311-x86_64-linux-gnu, cp311, cp311, cpython-3.11-64bit, CPython 3.11",
        "CPYTHON, 3.13, true, false, cpython-313t-x86_64-linux-gnu, cp313, cp313t, cpython-3.13t-64bit, CPython 3.13t",
        "CPYTHON, 3.14, true, true, cpython-314td-darwin, cp314, cp314td, cpython-3.14t-64bit, CPython 3.14t (debug)",
        "CPYTHON, 3.7, false, false, cpython-37m-x86_64-linux-gnu, cp37, cp37m, cpython-3.7-64bit, CPython 3.7",
        "CPYTHON, 3.12, false, false, cp312-win_amd64, cp312, cp312, cpython-3.12-64bit, CPython 3.12",
        "PYPY, 3.11, false, false, pypy311-pp73-x86_64-linux-gnu, pp311, pypy311_pp73, pypy-3.11-64bit, PyPy 3.11",
        "PYPY, 3.10, false, false, pypy310-pp73, pp310, pypy310_pp73, pypy-3.10-64bit, PyPy 3.10",
        "GRAALPY, 3.11, false, false, graalpy242-311-native-x86_64-linux, graalpy311, graalpy242_311_native, "
                + "graalpy-3.11-64bit, GraalPy 3.11",
    })
    void anInterpreterHasTagsAndNames(
            Implementation implementation,
            String version,
            boolean freeThreaded,
            boolean debug,
            String soabi,
            String pythonTag,
            String abiTag,
            String signature,
            String name) {
        Path path = Path.of("python");
        Interpreter interpreter = new Interpreter(
                path,
                implementation,
                PythonVersion.parse(version),
                version + ".1",
                freeThreaded,
                debug,
                "." + soabi + ".so",
                soabi,
                64,
                "linux-x86_64",
                Optional.empty(),
                Optional.empty(),
                path,
                path,
                path,
                path,
                path,
                new InstallScheme(path, path, path, path, path),
                Map.of());
        assertThat(interpreter.pythonTag()).isEqualTo(pythonTag);
        assertThat(interpreter.abiTag()).isEqualTo(abiTag);
        assertThat(interpreter.environmentSignature()).isEqualTo(signature);
        assertThat(interpreter.describe()).isEqualTo(name);
    }
}
