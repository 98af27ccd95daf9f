package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPythonTest {
    private static final TargetTriple ARM = TargetTriple.parse("aarch64-unknown-linux-gnu");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknown-linux-gnu,       3.11,       .cpython-311-x86_64-linux-gnu.so,        cp311",
        "aarch64-unknown-linux-gnu,      3.7,        .cpython-37m-aarch64-linux-gnu.so,       cp37m",
        "aarch64-unknown-linux-gnu,      3.13t,      .cpython-313t-aarch64-linux-gnu.so,      cp313t",
        "aarch64-unknown-linux-gnu,      pypy3.11,   .pypy311-pp73-aarch64-linux-gnu.so,      pypy311_pp73",
        "i686-unknown-linux-gnu,         3.12,       .cpython-312-i386-linux-gnu.so,          cp312",
        "armv7-unknown-linux-gnueabihf,  3.11,       .cpython-311-arm-linux-gnueabihf.so,     cp311",
        "arm-unknown-linux-gnueabi,      3.11,       .cpython-311-arm-linux-gnueabi.so,       cp311",
        "armv7-unknown-linux-musleabihf, 3.11,       .cpython-311-arm-linux-musleabihf.so,    cp311",
        "powerpc64le-unknown-linux-gnu,  3.11,       .cpython-311-powerpc64le-linux-gnu.so,   cp311",
        "s390x-unknown-linux-gnu,        3.11,       .cpython-311-s390x-linux-gnu.so,         cp311",
        "riscv64gc-unknown-linux-gnu,    3.11,       .cpython-311-riscv64-linux-gnu.so,       cp311",
        "x86_64-unknown-linux-musl,      3.10,       .cpython-310-x86_64-linux-gnu.so,        cp310",
        "x86_64-unknown-linux-musl,      3.11,       .cpython-311-x86_64-linux-musl.so,       cp311",
        "x86_64-pc-windows-gnu,          3.11,       .cp311-win_amd64.pyd,                    cp311",
        "x86_64-pc-windows-msvc,         3.7,        .cp37m-win_amd64.pyd,                    cp37m",
        "aarch64-pc-windows-msvc,        3.13t,      .cp313t-win_arm64.pyd,                   cp313t",
        "i686-pc-windows-msvc,           3.12,       .cp312-win32.pyd,                        cp312",
        "x86_64-pc-windows-msvc,         pypy3.10,   .pypy310-pp73-win_amd64.pyd,             pypy310_pp73",
        "aarch64-apple-darwin,           3.11,       .cpython-311-darwin.so,                  cp311",
        "x86_64-apple-darwin,            3.13t,      .cpython-313t-darwin.so,                 cp313t",
        "x86_64-apple-darwin,            pypy3.9,    .pypy39-pp73-darwin.so,                  pypy39_pp73",
        "wasm32-unknown-emscripten,      3.12,       .cpython-312-wasm32-emscripten.so,       cp312",
        "x86_64-unknown-freebsd,         3.11,       .cpython-311.so,                         cp311",
    })
    void hasTheSuffixAndTheTagOfItsSystem(String target, String word, String suffix, String abiTag) {
        List<TargetPython> found = pythons(Map.of()).find(TargetTriple.parse(target), List.of(word));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).extensionSuffix()).isEqualTo(suffix);
        assertThat(found.get(0).abiTag()).isEqualTo(abiTag);
        assertThat(found.get(0).pointerWidth()).isEqualTo(target.matches("(i686|arm|armv7|wasm32)-.*") ? 32 : 64);
    }

    @Test
    void theTableSaysWhatThePythonsOfThisMachineSay() {
        TargetTriple host = Cargo.find(RealPythons.host(), TestProject.settings(), Events.ignored())
                .toolchain(directory)
                .host();
        for (Interpreter real : RealPythons.all()) {
            TargetPython computed = TargetPython.of(host, real.implementation(), real.version(), real.freeThreaded());
            assertThat(computed.extensionSuffix()).isEqualTo(real.extensionSuffix());
            assertThat(computed.soabi()).isEqualTo(real.soabi());
            assertThat(computed.abiTag()).isEqualTo(real.abiTag());
            assertThat(computed.pythonTag()).isEqualTo(real.pythonTag());
        }
    }

    @Test
    void theLibraryOfARealPythonSaysTheSameAsThePython() throws IOException {
        for (Interpreter real : RealPythons.all()) {
            List<TargetPython> found = CrossLibrary.read(real.standardLibrary());
            assertThat(found).as(real.standardLibrary().toString()).isNotEmpty();
            assertThat(found.get(0).extensionSuffix()).isEqualTo(real.extensionSuffix());
            assertThat(found.get(0).abiTag()).isEqualTo(real.abiTag());
            assertThat(found.get(0).version()).isEqualTo(real.version());
            assertThat(found.get(0).pointerWidth()).isEqualTo(real.pointerWidth());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3.11;3.12,        3.11 3.12",
        "3.11;python3.11,  3.11",
        "'>=3.9,<3.12',    3.9 3.10 3.11",
        "all,              3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15",
        "'',               3.10",
        "/some/python3,    3.10",
        "3.13;3.13t,       3.13 3.13t",
    })
    void findsWhatIsAskedFor(String words, String versions) {
        List<String> asked =
                Arrays.stream(words.split(";")).filter(word -> !word.isEmpty()).toList();
        assertThat(names(pythons(Map.of()).find(ARM, asked))).isEqualTo(versions);
    }

    @ParameterizedTest
    @CsvSource({"3.6", "3.16", "3.12t", "pypy3.12", "graalpy3.11", ">=3.16"})
    void whatNobodyKnowsIsAnError(String word) {
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> pythons(Map.of()).find(ARM, List.of(word)));
        assertThat(failure.problem()).isInstanceOfSatisfying(TargetPythons.NotKnown.class, problem -> {
            assertThat(problem.asked()).isEqualTo(word);
            assertThat(problem.found()).contains("3.7", "3.15");
        });
    }

    @Test
    void aLibraryOfTheTargetIsReadWhereOneIsNamed() {
        Trees.write(
                directory,
                "lib/python3.12/_sysconfigdata__linux_aarch64-linux-gnu.py",
                "build_time_vars = {'ABIFLAGS': '', 'EXT_SUFFIX': '.cpython-312-aarch64-linux-gnu.so',\n"
                        + " 'Py_GIL_DISABLED': 0, 'SIZEOF_VOID_P': 8,\n 'SOABI':\n'cpython-312-aarch64-linux-gnu',"
                        + " 'VERSION': '3.12'}\n",
                "lib/python3.14t/build-details.json",
                """
                {"schema_version": "1.0", "platform": "linux-aarch64", "language": {"version": "3.14"},
                "implementation": {"name": "cpython", "version": {"major": 3, "minor": 14}},
                "abi": {"flags": ["t"], "extension_suffix": ".cpython-314t-aarch64-linux-gnu.so"}}""");
        TargetPythons pythons = pythons(Map.of(TargetPythons.LIBRARY_VARIABLE, directory.toString()));
        assertThat(names(pythons.find(ARM, List.of()))).isEqualTo("3.12 3.14t");
        assertThat(names(pythons.find(ARM, List.of("3.14t")))).isEqualTo("3.14t");
        TargetPython threaded = pythons.find(ARM, List.of("3.14t")).get(0);
        assertThat(threaded.extensionSuffix()).isEqualTo(".cpython-314t-aarch64-linux-gnu.so");
        assertThat(threaded.abiTag()).isEqualTo("cp314t");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> pythons.find(ARM, List.of("3.11")));
        assertThat(failure.problem())
                .isEqualTo(new TargetPythons.NotKnown("3.11", ARM, Optional.of(directory), List.of("3.12", "3.14t")));
    }

    @Test
    void aDirectoryWithoutAPythonIsNamed() {
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class, () -> pythons(Map.of(TargetPythons.LIBRARY_VARIABLE, directory.toString()))
                        .find(ARM, List.of()));
        assertThat(failure.problem()).isEqualTo(new TargetPythons.NoLibrary(TargetPythons.LIBRARY_VARIABLE, directory));
    }

    @Test
    void pyO3sOwnVariableNamesTheVersion() {
        assertThat(names(pythons(Map.of("PYO3_CROSS_PYTHON_VERSION", "3.9")).find(ARM, List.of())))
                .isEqualTo("3.9");
    }

    /** On a machine whose only Python is 3.10; a range means 3.8 and later. */
    private TargetPythons pythons(Map<String, String> environment) {
        return new TargetPythons(
                RealPythons.host(directory, environment),
                words -> List.of(io.github.nativemaven.Interpreters.of("3.10.13")),
                python -> python.version().minor() >= 8);
    }

    private static String names(List<TargetPython> pythons) {
        return pythons.stream()
                .map(python -> python.version() + (python.freeThreaded() ? "t" : ""))
                .collect(Collectors.joining(" "));
    }
}
