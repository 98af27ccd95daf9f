package io.github.nativemaven.project;

import static io.github.nativemaven.project.Projects.demo;
import static io.github.nativemaven.project.Projects.manifest;
import static io.github.nativemaven.project.Projects.resolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Crate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects on the disk, resolved with the real cargo. */
class WorkspaceResolutionTest {
    @TempDir
    Path directory;

    @Test
    void aMemberOfAWorkspaceInheritsFields() {
        Projects.pyo3(directory.resolve("member"));
        Path root = Trees.write(
                directory,
                "Cargo.toml",
                "[workspace]\nmembers = [\"member\", \"other\"]\nexclude = [\"member/pyo3\"]\n\n"
                        + "[workspace.package]\nversion = \"1.2.3\"\ndescription = \"inherited\"\n",
                "member/Cargo.toml",
                manifest("demo")
                        .replace("version = \"1.2.3\"", "version.workspace = true\ndescription.workspace = true"),
                "member/src/lib.rs",
                "",
                "other/Cargo.toml",
                "[package]\nname = \"other\"\nversion = \"9.0.0\"\n",
                "other/src/lib.rs",
                "");
        Project project = resolve(root.resolve("member"));
        assertThat(project.crate().version()).isEqualTo("1.2.3");
        assertThat(project.crate().about().description()).contains("inherited");
        assertThat(project.workspace().workspaceRoot()).isEqualTo(real(root));
        assertThat(resolve(root).crate().name())
                .as("a workspace's only dynamic library")
                .isEqualTo("demo");
    }

    @Test
    void aWorkspaceWithSeveralDynamicLibrariesListsThem() {
        Projects.pyo3(directory.resolve("a"));
        Projects.pyo3(directory.resolve("b"));
        Trees.write(
                directory,
                "Cargo.toml",
                "[workspace]\nmembers = [\"a\", \"b\"]\nexclude = [\"a/pyo3\", \"b/pyo3\"]\n",
                "a/Cargo.toml",
                manifest("a").replace("path = \"pyo3\"", "path = \"../a/pyo3\""),
                "a/src/lib.rs",
                "",
                "b/Cargo.toml",
                manifest("b").replace("path = \"pyo3\"", "path = \"../a/pyo3\""),
                "b/src/lib.rs",
                "");
        assertThatThrownBy(() -> resolve(directory))
                .hasMessageContaining("NoPackage")
                .hasMessageContaining("a/Cargo.toml")
                .hasMessageContaining("b/Cargo.toml");
    }

    @Test
    void manifestPathNamesTheCrate() {
        Projects.pyo3(directory.resolve("native"));
        Trees.write(
                directory,
                "pyproject.toml",
                "[tool.maturin]\nmanifest-path = \"native/Cargo.toml\"\n",
                "native/Cargo.toml",
                manifest("demo"),
                "native/src/lib.rs",
                "");
        assertThat(resolve(directory).crate().directory()).isEqualTo(real(directory.resolve("native")));
    }

    /** The workspace's root lies beside the crate and not above it. */
    @Test
    void anInvertedWorkspace() {
        Projects.pyo3(directory.resolve("python"));
        Trees.write(
                directory,
                "python/Cargo.toml",
                manifest("demo", "\n[workspace]\nmembers = [\".\", \"../core\"]\nexclude = [\"pyo3\"]\n"),
                "python/src/lib.rs",
                "",
                "core/Cargo.toml",
                "[package]\nname = \"core-part\"\nversion = \"0.1.0\"\nworkspace = \"../python\"\n",
                "core/src/lib.rs",
                "");
        Project project = resolve(directory.resolve("python"));
        assertThat(project.crate().name()).isEqualTo("demo");
        assertThat(project.workspace().memberCrates()).extracting(Crate::name).contains("demo", "core-part");
    }

    @Test
    void settingsOfPyprojectReachCargo() {
        demo(
                directory,
                "pyproject.toml",
                "[tool.maturin]\nfeatures = [\"x\", { feature = \"y\", python-version = \">=3.12\" }]\n"
                        + "strip = true\nfrozen = true\n",
                "Cargo.toml",
                manifest("demo", "[features]\nx = []\ny = []\n"));
        Trees.write(directory, "Cargo.lock", "");
        Project project = Projects.resolve(withLock());
        assertThat(project.cargo().features()).containsExactly("x");
        assertThat(project.conditionalFeatures())
                .extracting(Maturin.Feature::name)
                .containsExactly("y");
        assertThat(project.rustcArguments()).containsExactly("-C", "strip=symbols");
        assertThat(project.cargo().locked()).isTrue();
        assertThat(project.cargo().offline()).isTrue();
    }

    private Path withLock() {
        Trees.write(
                directory,
                "Cargo.lock",
                "version = 4\n\n[[package]]\nname = \"demo\"\nversion = \"1.2.3\"\ndependencies = [\n \"pyo3\",\n]\n\n"
                        + "[[package]]\nname = \"pyo3\"\nversion = \"0.28.3\"\n");
        return directory;
    }

    @Test
    void warnsOfKeysThatMeanNothing() {
        demo(
                directory,
                "pyproject.toml",
                "[project]\nname = \"demo\"\nversion = \"1.2.3\"\nlicence = \"MIT\"\n\n[tool.maturin]\nfeature = []\n");
        assertThat(Projects.warnings(directory))
                .containsExactly(
                        "pyproject.toml:4 project.licence is no key of [project], and is passed over. Did you mean license?",
                        "pyproject.toml:7 tool.maturin.feature is no setting. Did you mean features?");
    }

    @Test
    void packagesAreThoseThatAreNamed() {
        demo(
                directory,
                "pyproject.toml",
                "[tool.maturin]\npython-source = \"py\"\npython-packages = [\"extra\", \"single\"]\n",
                "py/demo/__init__.py",
                "",
                "py/extra/data.json",
                "{}",
                "py/single.py",
                "",
                "py/other/__init__.py",
                "");
        assertThat(resolve(directory).layout().sources())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("demo", "extra", "single.py");
    }

    @Test
    void allOfMavensPlaceIsShipped() {
        demo(
                directory,
                "src/main/python/demo/__init__.py",
                "",
                "src/main/python/other/__init__.py",
                "",
                "src/main/python/x.egg-info/PKG-INFO",
                "");
        assertThat(resolve(directory).layout().sources())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("demo", "other");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPythonPackageThatIsNotThereIsNamed() throws Exception {
        demo(directory, "pyproject.toml", "[tool.maturin]\npython-packages = [\"gone\"]\n");
        assertThatThrownBy(() -> resolve(directory))
                .hasMessageContaining("pyproject.toml:2 tool.maturin.python-packages")
                .hasMessageContaining("gone");
        assertThat(Files.exists(directory.resolve("gone"))).isFalse();
    }
}
