package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.Trees;
import io.github.nativemaven.project.Maturin.Format;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.PythonVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaturinTest {
    @TempDir
    Path directory;

    private Maturin read(String lines) {
        return pyproject(lines).maturin();
    }

    private PyProject pyproject(String lines) {
        Trees.write(directory, "pyproject.toml", "[tool.maturin]\n" + lines);
        return PyProject.read(directory.resolve("pyproject.toml"));
    }

    @Test
    void everyDocumentedKeyIsKnown() {
        PyProject read = pyproject("""
                profile = "release"
                editable-profile = "dev"
                features = ["a b", "c,d"]
                all-features = false
                no-default-features = true
                manifest-path = "Cargo.toml"
                frozen = true
                locked = false
                config = ["build.jobs=1"]
                unstable-flags = ["next"]
                rustc-args = ["-C", "opt-level=1"]
                include = []
                exclude = []
                bindings = "pyo3"
                compatibility = "pypi"
                auditwheel = "check"
                skip-auditwheel = false
                python-source = "src"
                python-packages = ["one", "two"]
                strip = true
                sdist-generator = "git"
                use-base-python = false
                targets = [{ name = "demo", kind = "bin" }]
                target.x86_64-apple-darwin.macos-deployment-target = "11.0"
                module-name = "demo._core"
                data = "data"
                sbom = { rust = false, include = ["a.cdx.json"] }
                """);
        assertThat(read.remarks()).isEmpty();
        Maturin maturin = read.maturin();
        assertThat(maturin.unconditionalFeatures()).containsExactly("a", "b", "c", "d");
        assertThat(maturin.cargoArguments()).containsExactly("--config", "build.jobs=1", "-Z", "next");
        assertThat(maturin.rustcArguments()).containsExactly("-C", "opt-level=1");
        assertThat(maturin.frozen()).isTrue();
        assertThat(maturin.strip()).contains(true);
        assertThat(maturin.targets()).containsExactly(new Maturin.Target("demo", Optional.of("bin")));
        assertThat(maturin.macosDeploymentTargets()).containsEntry("x86_64-apple-darwin", "11.0");
        assertThat(maturin.sbom().rust()).isFalse();
        assertThat(maturin.auditMode().orElseThrow().origin()).isEqualTo("pyproject.toml:17 tool.maturin.auditwheel");
    }

    @Test
    void aKeyThatMeansNothingGetsAGuess() {
        assertThat(pyproject("stripp = true\nmodule_name = \"a\"\n").remarks())
                .containsExactly(
                        "pyproject.toml:2 tool.maturin.stripp is no setting. Did you mean strip?",
                        "pyproject.toml:3 tool.maturin.module_name is no setting. Did you mean module-name?");
    }

    @ParameterizedTest
    @CsvSource({
        "3.11, CPYTHON, new all",
        "3.10, CPYTHON, all",
        "3.11, PYPY, new pypy all",
    })
    void featuresDependOnThePython(String version, Implementation implementation, String expected) {
        Maturin maturin = read("""
                features = [
                  { feature = "new", python-version = ">=3.11" },
                  { feature = "pypy", python-implementation = "PyPy" },
                  { feature = "old-cpython", python-version = "<3.10", python-implementation = "cpython" },
                  "all",
                ]
                """);
        assertThat(maturin.features().stream()
                        .filter(feature -> feature.isFor(PythonVersion.parse(version), implementation))
                        .map(Maturin.Feature::name))
                .containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void rulesSayWhichArchiveTheyAreFor() {
        Maturin maturin = read("""
                include = ["a", { path = "b", format = "sdist" }, { path = "./c", format = ["sdist", "wheel"] },
                  { path = "d/*.py", from = "out-dir", to = "pkg/", crate-name = "other" }]
                """);
        assertThat(maturin.include()).extracting(Maturin.FileRule::path).containsExactly("a", "b", "c", "d/*.py");
        assertThat(maturin.include().get(1).formats()).containsExactly(Format.SDIST);
        assertThat(maturin.include().get(2).formats()).containsExactlyInAnyOrder(Format.SDIST, Format.WHEEL);
        assertThat(maturin.include().get(3).formats()).containsExactly(Format.WHEEL);
        assertThat(maturin.include().get(3).outDirectory())
                .contains(new Maturin.OutDirectory("pkg", Optional.of("other")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include = ['../secret']|must not leave the project",
                "include = ['/etc/passwd']|must be relative",
                "include = [{ path = 'a', format = 'zip' }]|write \"sdist\", \"wheel\" or both",
                "include = [{ path = 'a', from = 'out-dir' }]|write to =",
                "include = [{ path = 'a', from = 'out-dir', to = '../x' }]|must stay in the wheel",
                "include = [{ path = 'a', formats = 'sdist' }]|did you mean format?",
                "include = [3]|expected a glob",
                "features = [{ feature = 'a', python-version = '3.11' }]|write \">=3.11\"",
                "features = [{ python-version = '>=3.11' }]|write feature =",
                "strip = 'yes'|expected true or false",
                "sdist-generator = 'hg'|expected cargo or git",
            })
    void whatIsWrongIsSaidWithItsLine(String line, String reason) {
        assertThatThrownBy(() -> read(line.replace('\'', '"')))
                .hasMessageContaining(reason)
                .hasMessageMatching("(?s).*(pyproject.toml:2|line=2).*");
    }
}
