package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Features;
import io.github.nativemaven.build.Linker;
import io.github.nativemaven.build.TargetTools;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.TargetPython;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmscriptenPlatformTest {
    private static final TargetTriple BROWSER = TargetTriple.parse("wasm32-unknown-emscripten");

    private static Unit unit(int minor, boolean stable) {
        PythonVersion version = new PythonVersion(3, minor);
        TargetPython python = TargetPython.of(BROWSER, Implementation.CPYTHON, version, false);
        Abi abi = stable ? new Abi.Stable(version) : new Abi.VersionSpecific(python);
        TargetTools tools = new TargetTools(BROWSER, true, new Linker.Usual(), false, List.of(), List.of(), Map.of());
        return new Unit(abi, Optional.of(python), Path.of("target"), Features.OF_PROJECT, tools);
    }

    private static WheelSettings settings(String compatibility) {
        return new WheelSettings(
                Optional.ofNullable(compatibility).map(tag -> new Setting<>(tag, "-Drust.compatibility")),
                Setting.byDefault(AuditMode.REPAIR),
                6,
                Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "12, pyodide_2024_0_wasm32",
        "13, pyodide_2025_0_wasm32",
        "14, pyemscripten_2026_0_wasm32",
    })
    void thePythonDecides(int minor, String tag) {
        for (boolean stable : new boolean[] {false, true}) {
            assertThat(EmscriptenPlatform.choose(settings(null), unit(minor, stable))
                            .tags())
                    .containsExactly(tag);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"emscripten_3_1_58_wasm32", "pyodide_2024_0_wasm32", "pyemscripten_2027_1_wasm32"})
    void orTheUser(String tag) {
        assertThat(EmscriptenPlatform.choose(settings(tag), unit(11, false)).tags())
                .containsExactly(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypi", "manylinux_2_28", "linux_wasm32", "_wasm32", "Pyodide_2024_0_wasm32"})
    void whoCanNotNameAnotherSystem(String tag) {
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class, () -> EmscriptenPlatform.choose(settings(tag), unit(12, false)));

        assertThat(failure.problem()).isInstanceOf(ProjectProblem.InvalidSetting.class);
    }

    @Test
    void aPythonThatNoPyodideHasIsSaid() {
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class, () -> EmscriptenPlatform.choose(settings(null), unit(11, false)));

        assertThat(failure.problem()).isEqualTo(new PlatformChooser.NoPyodide("CPython 3.11"));
    }
}
