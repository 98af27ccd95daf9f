package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsDetectorTest {
    private static final Path MANIFEST = Path.of("crate", "Cargo.toml");

    /** Libraries are written as their crate types, programs as their names, both parted by spaces. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            depends on, library,     programs,   found
            pyo3,       cdylib,      '',         'pyo3, PyO3 0.28.3, []'
            pyo3,       cdylib rlib, tool,       'pyo3, PyO3 0.28.3, []'
            pyo3,       '',          tool,       'bin, program tool with PyO3 0.28.3, [tool]'
            pyo3,       rlib,        tool,       'bin, program tool with PyO3 0.28.3, [tool]'
            pyo3-ffi,   cdylib,      '',         'pyo3-ffi, pyo3-ffi 0.28.3, []'
            uniffi,     cdylib,      '',         'uniffi, UniFFI 0.28.3, []'
            uniffi,     rlib,        tool,       'uniffi, UniFFI 0.28.3, []'
            serde,      cdylib,      '',         'cffi, cffi, []'
            serde,      cdylib,      tool,       'cffi, cffi, []'
            serde,      '',          tool,       'bin, program tool, [tool]'
            serde,      lib,         b a,        'bin, programs b, a, [b, a]'
            """, useHeadersInDisplayName = true)
    void isWhatTheCrateDependsOnAndIsMadeAs(String dependency, String library, String programs, String found) {
        assertThat(shown(detect(crate(library, programs), List.of(dependency), null, null)))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            asked, depends on,  library, programs,  'names of programs', found
            bin,   pyo3,        cdylib,  tool,      '',                  'bin, program tool with PyO3 0.28.3, [tool]'
            bin,   serde,       cdylib,  a b,       b,                   'bin, program b, [b]'
            cffi,  pyo3,        cdylib,  '',        '',                  'cffi, cffi, []'
            cffi,  serde,       lib,     '',        '',                  'cffi, cffi, []'
            '',    pyo3,        cdylib,  tool,      tool,                'pyo3, PyO3 0.28.3, [tool]'
            '',    serde,       cdylib,  tool,      tool,                'cffi, cffi, [tool]'
            """, useHeadersInDisplayName = true)
    void isWhatIsAskedFor(
            String asked, String dependency, String library, String programs, String names, String found) {
        assertThat(shown(detect(crate(library, programs), List.of(dependency), asked, names)))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            asked,  depends on, library, programs, names, says
            cython, pyo3,       cdylib,  '',       '',    'expected one of pyo3, pyo3-ffi, cffi, uniffi, bin'
            uniffi, pyo3,       cdylib,  '',       '',    'does not depend on uniffi'
            '',     serde,      '',      a b,      c,     'there are: a, b'
            '',     pyo3,       lib,     '',       '',    'NoDynamicLibrary'
            cffi,   serde,      '',      a,        '',    'NoDynamicLibrary'
            '',     serde,      lib,     '',       '',    'NoBindings'
            bin,    serde,      cdylib,  '',       '',    'NoPrograms'
            """, useHeadersInDisplayName = true)
    void saysWhatIsMissing(
            String asked, String dependency, String library, String programs, String names, String says) {
        assertThat(problem(crate(library, programs), List.of(dependency), asked, names)
                        .toString())
                .contains(says);
    }

    @Test
    void aSecondReleaseOfPyO3IsRefused() {
        assertThat(problem(crate("cdylib", ""), List.of("pyo3", "pyo3"), null, null))
                .isEqualTo(new ProjectProblem.SeveralBindings(MANIFEST, List.of("0.28.3", "0.28.3")));
    }

    @Test
    void uniffiMayBeReachedThroughAnotherCrate() {
        Crate crate = crate("cdylib", "");
        Crate core = new Crate("core", "core", "1.0.0", MANIFEST, false, List.of(), Optional.empty(), crate.about());
        CargoMetadata direct = metadata(core, List.of("uniffi"));
        Map<String, Crate> crates = new LinkedHashMap<>(direct.crates());
        crates.put(crate.id(), crate);
        Map<String, CargoMetadata.Node> nodes = new LinkedHashMap<>(direct.nodes());
        nodes.put(crate.id(), new CargoMetadata.Node(List.of("core"), List.of(), Set.of()));
        CargoMetadata workspace = new CargoMetadata(Path.of("crate"), crates, List.of(crate.id()), nodes);
        assertThat(BindingsDetector.detect(workspace, crate, Optional.empty(), Optional.empty()))
                .isInstanceOf(Bindings.UniFfi.class);
    }

    @Test
    void programsWhoseFeaturesAreOffAreLeftOut() {
        Crate.Target plain = program("plain");
        Crate.Target on = new Crate.Target("on", List.of("bin"), List.of("bin"), MANIFEST, List.of("fast"));
        Crate.Target off = new Crate.Target("off", List.of("bin"), List.of("bin"), MANIFEST, List.of("slow"));
        Crate.Target deep = new Crate.Target("deep", List.of("bin"), List.of("bin"), MANIFEST, List.of("serde/derive"));
        Crate.Target bindgen = program("uniffi-bindgen");
        Bindings bindings = detect(crate(List.of(plain, on, off, deep, bindgen)), List.of("serde"), null, null);
        assertThat(bindings.programs()).containsExactly("plain", "on", "deep");
        assertThat(problem(crate(List.of(off)), List.of("serde"), null, null))
                .isEqualTo(new ProjectProblem.NoPrograms(MANIFEST, List.of("slow")));
    }

    private static String shown(Bindings bindings) {
        return bindings.id() + ", " + bindings.describe() + ", " + bindings.programs();
    }

    private static Problem problem(Crate crate, List<String> dependencies, String asked, String names) {
        return catchThrowableOfType(BuildFailure.class, () -> detect(crate, dependencies, asked, names))
                .problem();
    }

    private static Bindings detect(Crate crate, List<String> dependencies, String asked, String names) {
        return BindingsDetector.detect(
                metadata(crate, dependencies),
                crate,
                Optional.ofNullable(asked).filter(text -> !text.isEmpty()).map(text -> new Setting<>(text, "test")),
                Optional.ofNullable(names)
                        .filter(text -> !text.isEmpty())
                        .map(text -> new Setting<>(words(text), "test")));
    }

    private static CargoMetadata metadata(Crate crate, List<String> dependencies) {
        Map<String, Crate> crates = new LinkedHashMap<>(Map.of(crate.id(), crate));
        Map<String, CargoMetadata.Node> nodes = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        for (String name : dependencies) {
            String id = name + ids.size();
            ids.add(id);
            crates.put(id, new Crate(id, name, "0.28.3", MANIFEST, true, List.of(), Optional.empty(), crate.about()));
            nodes.put(id, new CargoMetadata.Node(List.of(), List.of(), Set.of("derive")));
        }
        nodes.put(crate.id(), new CargoMetadata.Node(ids, List.of(), Set.of("fast")));
        return new CargoMetadata(Path.of("crate"), crates, List.of(crate.id()), nodes);
    }

    private static Crate crate(String library, String programs) {
        List<Crate.Target> targets = new ArrayList<>();
        if (!library.isEmpty()) {
            targets.add(new Crate.Target("it", words(library), words(library), MANIFEST, List.of()));
        }
        words(programs).forEach(name -> targets.add(program(name)));
        return crate(targets);
    }

    private static Crate crate(List<Crate.Target> targets) {
        Crate.About about = new Crate.About(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new Crate("it", "it", "0.1.0", MANIFEST, false, targets, Optional.empty(), about);
    }

    private static Crate.Target program(String name) {
        return new Crate.Target(name, List.of("bin"), List.of("bin"), MANIFEST, List.of());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
