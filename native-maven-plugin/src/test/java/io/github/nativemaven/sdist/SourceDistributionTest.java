package io.github.nativemaven.sdist;

import static io.github.nativemaven.project.Projects.demo;
import static io.github.nativemaven.project.Projects.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Projects;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.ProjectMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source distributions of crates without dependencies from elsewhere; what is unpacked is resolved by cargo. */
class SourceDistributionTest {
    @TempDir
    Path temporary;

    private Path pack(Path directory, String to) {
        try {
            Project project = Projects.resolve(directory);
            Cargo cargo = Cargo.find(Host.current(), project.cargo(), Events.ignored());
            return SourceDistribution.write(
                    project,
                    cargo,
                    ProjectMetadata.of(project).write(),
                    ProjectMetadata.licenseFiles(project),
                    Events.ignored(),
                    Instant.EPOCH,
                    temporary.resolve(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs, unpacks, lets cargo read what was unpacked, packs that, and compares. */
    private List<String> roundTrip(Path directory) throws IOException {
        Path first = pack(directory, "first");
        List<String> names = unpack(first, temporary.resolve("unpacked"));
        Path second = pack(temporary.resolve("unpacked/demo-1.2.3"), "second");
        assertThat(unpack(second, temporary.resolve("again"))).isEqualTo(names);
        for (String name : names) {
            assertThat(temporary.resolve("again/demo-1.2.3").resolve(name))
                    .as(name)
                    .hasSameTextualContentAs(
                            temporary.resolve("unpacked/demo-1.2.3").resolve(name));
        }
        assertThat(second).hasSameBinaryContentAs(first);
        return names;
    }

    private static List<String> unpack(Path archive, Path to) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = to.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(tar, file);
                names.add(entry.getName().substring(entry.getName().indexOf('/') + 1));
            }
        }
        return names;
    }

    private String unpacked(String path) throws IOException {
        return Files.readString(temporary.resolve("unpacked/demo-1.2.3").resolve(path));
    }

    @Test
    void aCrateWithAPathDependencyInIt() throws IOException {
        Path project = demo(
                temporary.resolve("project"),
                "demo/__init__.py",
                "",
                "demo/_core.abi3.so",
                "left by develop",
                "demo/__pycache__/x.pyc",
                "",
                "LICENSE",
                "MIT");
        assertThat(roundTrip(project))
                .startsWith("PKG-INFO")
                .containsExactlyInAnyOrder(
                        "PKG-INFO",
                        "Cargo.toml",
                        "Cargo.lock",
                        "LICENSE",
                        "demo/__init__.py",
                        "pom.xml",
                        "pyo3/Cargo.toml",
                        "pyo3/src/lib.rs",
                        "pyproject.toml",
                        "src/lib.rs");
        assertThat(unpacked("Cargo.toml")).isEqualTo(Files.readString(project.resolve("Cargo.toml")));
    }

    @Test
    void aPathDependencyBesideTheProject() throws IOException {
        Path beside = temporary.resolve("all");
        Projects.pyo3(beside);
        Trees.write(
                beside,
                "project/Cargo.toml",
                manifest("demo", "helper = { path = \"../helper\", optional = true }\n")
                        .replace("path = \"pyo3\"", "path = \"../pyo3\""),
                "project/src/lib.rs",
                "",
                "project/pom.xml",
                "<project/>",
                "helper/Cargo.toml",
                "[package]\nname = \"helper\"\nversion = \"0.1.0\"\n[dev-dependencies]\nleaf = { path = \"../leaf\" }\n",
                "helper/src/lib.rs",
                "",
                "leaf/Cargo.toml",
                "[package]\nname = \"leaf\"\nversion = \"0.1.0\"\n",
                "leaf/src/lib.rs",
                "");
        assertThat(roundTrip(beside.resolve("project")))
                .contains(
                        "local_dependencies/pyo3/src/lib.rs",
                        "local_dependencies/helper/src/lib.rs",
                        "local_dependencies/leaf/Cargo.toml");
        assertThat(unpacked("Cargo.toml")).contains("path = \"local_dependencies/helper\"");
        assertThat(unpacked("local_dependencies/helper/Cargo.toml")).contains("path = \"../leaf\"");
    }

    @Test
    void aMemberBelowAWorkspaceThatStaysOutside() throws IOException {
        Path root = temporary.resolve("workspace");
        Projects.pyo3(root);
        Trees.write(
                root,
                "Cargo.toml",
                "[workspace]\nmembers = [\"py\", \"util\", \"unrelated\"]\nexclude = [\"pyo3\"]\nresolver = \"2\"\n\n"
                        + "[workspace.package]\nversion = \"1.2.3\"\nedition = \"2021\"\nreadme = \"README.md\"\n\n"
                        + "[workspace.dependencies]\nutil = { path = \"util\", features = [\"a\"] }\n"
                        + "pyo3 = { path = \"pyo3\" }\n\n[workspace.lints.rust]\nunused = \"warn\"\n\n"
                        + "[profile.release]\nlto = true\n",
                "README.md",
                "of the workspace",
                "py/Cargo.toml",
                "[package]\nname = \"demo\"\nversion.workspace = true\nedition = { workspace = true }\n"
                        + "readme.workspace = true\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n[lints]\nworkspace = true\n\n"
                        + "[dependencies]\nutil = { workspace = true, features = [\"b\"] }\npyo3 = { workspace = true }\n",
                "py/src/lib.rs",
                "",
                "py/pom.xml",
                "<project/>",
                "util/Cargo.toml",
                "[package]\nname = \"util\"\nversion.workspace = true\n[features]\na = []\nb = []\n",
                "util/src/lib.rs",
                "",
                "unrelated/Cargo.toml",
                "[package]\nname = \"unrelated\"\nversion = \"0.1.0\"\n",
                "unrelated/src/lib.rs",
                "");
        List<String> names = roundTrip(root.resolve("py"));
        assertThat(names).contains("README.md", "Cargo.lock", "local_dependencies/util/Cargo.toml");
        assertThat(names).noneMatch(name -> name.contains("unrelated"));
        assertThat(unpacked("Cargo.toml"))
                .contains("version = \"1.2.3\"", "readme = \"README.md\"", "[profile]", "[workspace]", "unused")
                .contains("features = [\"a\", \"b\"]")
                .doesNotContain("workspace = true");
        assertThat(unpacked("README.md")).isEqualTo("of the workspace");
    }

    @Test
    void aWorkspaceInTheProjectIsCutDownToWhatIsNeeded() throws IOException {
        Path root = temporary.resolve("workspace");
        Projects.pyo3(root);
        Trees.write(
                root,
                "pom.xml",
                "<project/>",
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\ndefault-members = [\"crates/unrelated\"]\nexclude = [\"pyo3\"]\n\n"
                        + "[workspace.package]\nversion = \"1.2.3\"\n",
                "crates/py/Cargo.toml",
                manifest("demo", "util = { path = \"../util\" }\n")
                        .replace("version = \"1.2.3\"", "version.workspace = true")
                        .replace("path = \"pyo3\"", "path = \"../../pyo3\""),
                "crates/py/src/lib.rs",
                "",
                "crates/util/Cargo.toml",
                "[package]\nname = \"util\"\nversion = \"0.1.0\"\n",
                "crates/util/src/lib.rs",
                "",
                "crates/unrelated/Cargo.toml",
                "[package]\nname = \"unrelated\"\nversion = \"0.1.0\"\n",
                "crates/unrelated/src/lib.rs",
                "");
        assertThat(roundTrip(root))
                .contains("crates/py/Cargo.toml", "crates/util/src/lib.rs", "pyo3/Cargo.toml", "Cargo.lock")
                .noneMatch(name -> name.contains("unrelated"));
        assertThat(unpacked("Cargo.toml"))
                .contains("members = [\"crates/py\", \"crates/util\"]")
                .doesNotContain("default-members");
        assertThat(unpacked("crates/py/Cargo.toml")).contains("version.workspace = true");
    }

    @Test
    void theCrateMayLieBesideTheProject() throws IOException {
        Path beside = temporary.resolve("all");
        Projects.pyo3(beside.resolve("rust"));
        Trees.write(
                beside,
                "rust/Cargo.toml",
                manifest("demo"),
                "rust/src/lib.rs",
                "",
                "project/pom.xml",
                "<project/>",
                "project/pyproject.toml",
                "[tool.maturin]\nmanifest-path = \"../rust/Cargo.toml\" # outside\n");
        assertThat(roundTrip(beside.resolve("project"))).contains("crate/Cargo.toml", "crate/src/lib.rs");
        assertThat(unpacked("pyproject.toml")).contains("manifest-path = \"crate/Cargo.toml\" # outside");
    }

    @Test
    void rulesAddAndRemove() throws IOException {
        Path project = demo(
                temporary.resolve("project"),
                "pyproject.toml",
                "[tool.maturin]\ninclude = [{ path = \"data/**/*\", format = \"sdist\" }, \"prebuilt/x.so\"]\n"
                        + "exclude = [{ path = \"docs\", format = [\"sdist\"] }]\n",
                ".gitignore",
                "data/\n",
                "data/a/b.bin",
                "",
                "docs/index.md",
                "",
                "prebuilt/x.so",
                "");
        assertThat(roundTrip(project))
                .contains("data/a/b.bin", "prebuilt/x.so")
                .noneMatch(name -> name.startsWith("docs"));
    }

    @Test
    void whatTheProjectNamesOutsideOfItselfComesAlong() throws IOException {
        Path beside = temporary.resolve("all");
        Path project = demo(beside.resolve("project"), "pyproject.toml", """
                [project]
                name = "demo"
                dynamic = ["version"]
                readme = "../README.md"
                license = { file = "../TERMS" }
                [tool.maturin]
                python-source = "../python" # beside
                data = "../data"
                """, "data", "is taken");
        Trees.touch(beside, "README.md", "TERMS", "python/demo/__init__.py", "python/other.py", "data/scripts/run");
        assertThat(roundTrip(project))
                .contains("README.md", "TERMS", "python/demo/__init__.py", "data-2/scripts/run")
                .doesNotContain("python/other.py");
        assertThat(unpacked("pyproject.toml")).isEqualTo("""
                [project]
                name = "demo"
                dynamic = ["version"]
                readme = "README.md"
                license = { file = "TERMS" }
                [tool.maturin]
                python-source = "python" # beside
                data = "data-2"
                """);
    }

    @Test
    void aWorkspaceOfWhichAllIsNeededKeepsItsText() throws IOException {
        String workspace = "[workspace] # all\nmembers = [ 'crates/*', './pyo3' ]\nresolver = '2'\n";
        Path root = temporary.resolve("workspace");
        Projects.pyo3(root);
        Trees.write(
                root,
                "pom.xml",
                "<project/>",
                "Cargo.toml",
                workspace,
                "crates/py/Cargo.toml",
                manifest("demo").replace("path = \"pyo3\"", "path = \"../../pyo3\""),
                "crates/py/src/lib.rs",
                "",
                "crates/README.md",
                "no crate");
        roundTrip(root);
        assertThat(unpacked("Cargo.toml")).isEqualTo(workspace);
    }

    @Test
    void aProjectMayBeReachedThroughALink() throws IOException {
        Path project = demo(temporary.resolve("project"), "demo/__init__.py", "", "out/CACHEDIR.TAG", "");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), project);
        assertThat(unpack(pack(link, "first"), temporary.resolve("one")))
                .isEqualTo(unpack(pack(project, "second"), temporary.resolve("two")))
                .contains("demo/__init__.py");
        assertThat(pack(link, "first")).hasSameBinaryContentAs(pack(project, "second"));
    }

    @Test
    void linksToDirectoriesAreFollowedWithinTheProject() throws IOException {
        Path project = demo(temporary.resolve("project"), "shared/in.rs", "", "demo/__init__.py", "");
        Path far = Trees.touch(temporary.resolve("far"), "f.rs");
        Files.createSymbolicLink(project.resolve("src/shared"), Path.of("../shared"));
        Files.createSymbolicLink(project.resolve("src/far"), far);
        Files.createSymbolicLink(project.resolve("src/f.rs"), far.resolve("f.rs"));
        Files.createSymbolicLink(project.resolve("demo/up"), Path.of(".."));
        assertThat(roundTrip(project))
                .contains("src/shared/in.rs", "src/f.rs")
                .noneMatch(name -> name.startsWith("src/far/") || name.startsWith("demo/up"));
    }
}
