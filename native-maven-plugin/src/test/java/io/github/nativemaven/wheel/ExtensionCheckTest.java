package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.Interpreters;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.binary.BinaryImages;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionCheckTest {
    private static Project project;

    @TempDir
    Path directory;

    @BeforeAll
    static void resolve(@TempDir Path place) {
        project = TestProject.at(place.resolve("project"))
                .withExtension("crate-name")
                .set("moduleName", "pkg._core")
                .resolve();
    }

    private static BuildFailure check(Path library) {
        Interpreter interpreter = Interpreters.of("3.11.7");
        Unit unit = new Unit(
                project.toolchain().host(),
                new Abi.VersionSpecific(interpreter),
                Optional.of(interpreter),
                library.getParent());
        UnitResult result = new UnitResult(
                unit, Optional.of(library), List.of(), List.of(), Map.of(), List.of(), Set.of(), 0, 0, Duration.ZERO);
        return catchThrowableOfType(BuildFailure.class, () -> ExtensionCheck.check(project, result));
    }

    private Path linux(String needed, String... exports) throws IOException {
        return BinaryImages.linux(directory.resolve("lib.so"), needed, "2.17", exports);
    }

    @ParameterizedTest
    @CsvSource({"PyInit__core", "PyModExport__core", "other PyInit__core PyInit_x", "PyModExport_x PyInit__core"})
    void aModuleOfItsNameIsAccepted(String exports) throws IOException {
        assertThat(check(linux("libc.so.6", exports.split(" ")))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PyInit_core,                  core",
        "PyInit_b PyInit_a,            b a",
        "PyInit_x PyModExport_x,       x",
        "other,                        ''",
        "XPyInit__core,                ''",
    })
    void anotherModuleIsNamed(String exports, String found) throws IOException {
        assertThat(check(linux("libc.so.6", exports.split(" "))).problem())
                .isEqualTo(new ExtensionCheck.OtherModule(
                        project.crate().manifest(), "_core", found.isEmpty() ? List.of() : List.of(found.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({"libpython3.11.so.1.0", "libpython3.so", "/opt/python/lib/libpython3.13t.so"})
    void aLibraryThatIsLinkedWithPythonIsRefused(String library) throws IOException {
        assertThat(check(linux("libc.so.6 " + library, "PyInit__core")).problem())
                .isEqualTo(new ExtensionCheck.LinkedWithPython(project.crate().manifest(), library));
    }

    @ParameterizedTest
    @CsvSource({"libpythonic.so", "notlibpython3.11.so"})
    void othersMayBeCalledSimilarly(String library) throws IOException {
        assertThat(check(linux(library, "PyInit__core"))).isNull();
    }

    @Test
    void otherSystemsWriteNamesInTheirOwnWay() throws IOException {
        assertThat(check(BinaryImages.macos(directory.resolve("x.dylib"), "PyInit__core")))
                .isNull();
        assertThat(check(BinaryImages.macos(directory.resolve("y.dylib"), "PyInit_x"))
                        .problem())
                .isEqualTo(new ExtensionCheck.OtherModule(project.crate().manifest(), "_core", List.of("x")));
        assertThat(check(BinaryImages.windows(directory.resolve("x.dll"), "PyInit__core")))
                .isNull();
    }
}
