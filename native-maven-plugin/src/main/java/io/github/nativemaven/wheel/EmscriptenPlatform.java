package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.platform.PyodideAbi;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.util.List;
import java.util.Optional;

/**
 * In a browser: the Python decides for which platform a wheel is, and nothing in the library tells.
 *
 * @see <a href="https://peps.python.org/pep-0783/">PEP 783, Emscripten packaging</a>
 */
final class EmscriptenPlatform {
    private static final String MACHINE = "_wasm32";

    private EmscriptenPlatform() {}

    /** The platform that was wished for, else Pyodide's with the unit's Python. */
    static PlatformChooser.Choice choose(WheelSettings settings, Unit unit) {
        String tag = settings.compatibility().map(EmscriptenPlatform::checked).orElseGet(() -> minor(unit)
                .flatMap(PyodideAbi::of)
                .map(PyodideAbi::tag)
                .orElseThrow(() -> new PlatformChooser.NoPyodide(unit.abi().describe()).asFailure()));
        return new PlatformChooser.Choice(List.of(tag), Optional.empty(), ForeignLibraries.NONE);
    }

    private static Optional<Integer> minor(Unit unit) {
        if (unit.abi() instanceof Abi.Stable stable) {
            return Optional.of(stable.oldest().minor());
        }
        return unit.python().map(python -> python.version().minor());
    }

    private static String checked(Setting<String> wish) {
        try {
            if (wish.value().endsWith(MACHINE) && PlatformTag.parse(wish.value()) instanceof PlatformTag.Other) {
                return wish.value();
            }
        } catch (MalformedException e) {
            throw unknown(wish);
        }
        throw unknown(wish);
    }

    private static RuntimeException unknown(Setting<String> wish) {
        return new ProjectProblem.InvalidSetting(
                        wish,
                        "expected a platform for wasm32, such as pyodide_2025_0_wasm32, pyemscripten_2026_0_wasm32 or emscripten_4_0_9_wasm32")
                .asFailure();
    }
}
