package io.github.nativemaven.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.service.SetVersionService.VersionSet;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real cargo says before what there is, and after that it agrees. */
class SetVersionServiceTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private TestProject project() {
        return TestProject.at(root.resolve("project")).withExtension("mod");
    }

    private void set(TestProject project) throws IOException {
        new SetVersionService(RealPythons.host(), events).run(project.request());
    }

    private Problem problem(TestProject project) {
        return catchThrowableOfType(BuildFailure.class, () -> set(project)).problem();
    }

    /** cargo changes no lock file that was left behind: it must be right. */
    private static CargoSettings locked() {
        CargoSettings plain = TestProject.settings();
        return new CargoSettings(
                plain.executable(),
                List.of(),
                false,
                false,
                true,
                true,
                0,
                false,
                plain.jobs(),
                List.of(),
                plain.environment());
    }

    @ParameterizedTest
    @CsvSource({
        "0.2.0,          0.2.0,          0.2.0",
        "1.2.3-SNAPSHOT, 1.2.3-SNAPSHOT, 1.2.3.dev0",
        "1.2-RC1,        1.2.0-RC1,      1.2rc1",
        "2,              2.0.0,          2",
    })
    void writesThePomsVersionEverywhere(String version, String semVer, String pep440) throws IOException {
        TestProject project = project().write("pyproject.toml", "[project]\nname = 'mod'\nversion = '0.1.0' # here\n");
        Path directory = project.directory();
        String manifest = Files.readString(directory.resolve("Cargo.toml"));
        project.resolve();
        String lock = Files.readString(directory.resolve("Cargo.lock"));
        set(project.version(version));
        assertThat(directory.resolve("Cargo.toml")).hasContent(manifest.replace("0.1.0", semVer));
        assertThat(directory.resolve("Cargo.lock"))
                .hasContent(lock.replace(
                        "name = \"mod\"\nversion = \"0.1.0\"", "name = \"mod\"\nversion = \"" + semVer + "\""));
        assertThat(directory.resolve("pyproject.toml"))
                .hasContent("[project]\nname = 'mod'\nversion = \"" + pep440 + "\" # here\n");
        assertThat(events.of(VersionSet.class))
                .containsExactly(
                        new VersionSet(directory.resolve("Cargo.toml"), "0.1.0", semVer),
                        new VersionSet(directory.resolve("Cargo.lock"), "0.1.0", semVer),
                        new VersionSet(directory.resolve("pyproject.toml"), "0.1.0", pep440));
        Project agreed = project.cargo(locked()).resolve();
        assertThat(agreed.crate().version()).isEqualTo(semVer);
        assertThat(agreed.version()).hasToString(pep440);
    }

    @Test
    void whatIsRightAlreadyIsNotTouched() throws IOException {
        TestProject project = project();
        project.resolve();
        FileTime long_ago = FileTime.fromMillis(1_000_000_000_000L);
        for (String file : List.of("Cargo.toml", "Cargo.lock")) {
            Files.setLastModifiedTime(project.directory().resolve(file), long_ago);
        }
        set(project);
        for (String file : List.of("Cargo.toml", "Cargo.lock")) {
            assertThat(Files.getLastModifiedTime(project.directory().resolve(file)))
                    .isEqualTo(long_ago);
        }
        assertThat(events.of(VersionSet.class)).allMatch(event -> event.before().equals(event.after()));
    }

    @Test
    void aDynamicVersionStaysSo() throws IOException {
        String pyproject = "[project]\nname = 'mod'\ndynamic = ['version']\n";
        TestProject project = project().write("pyproject.toml", pyproject).version("0.2.0");
        set(project);
        assertThat(project.directory().resolve("pyproject.toml")).hasContent(pyproject);
        assertThat(project.resolve().version()).hasToString("0.2.0");
    }

    @Test
    void aVersionOfTheWholeWorkspaceIsThatOfAllItsHeirs() throws IOException {
        String inherits = "version.workspace = true";
        TestProject project = TestProject.at(root.resolve("project"))
                .write(
                        "Cargo.toml",
                        "[workspace]\nmembers = ['mod', 'heir', 'other']\n[workspace.package]\nversion = '0.1.0'\n",
                        "mod/Cargo.toml",
                        TestProject.manifest("mod")
                                .replace("version = \"0.1.0\"", inherits)
                                .replace("../pyo3", "../../pyo3"),
                        "mod/src/lib.rs",
                        "",
                        "heir/Cargo.toml",
                        "[package]\nname = 'heir'\nversion = { workspace = true }\n",
                        "heir/src/lib.rs",
                        "",
                        "other/Cargo.toml",
                        "[package]\nname = 'other'\nversion = '0.1.0'\n",
                        "other/src/lib.rs",
                        "")
                .set("manifest", "mod/Cargo.toml");
        project.resolve();
        set(project.version("0.2.0"));
        Cargo cargo = Cargo.find(RealPythons.host(), locked(), events);
        assertThat(cargo.metadata(project.directory().resolve("mod/Cargo.toml")).memberCrates())
                .extracting(Crate::name, Crate::version)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple("mod", "0.2.0"),
                        org.assertj.core.api.Assertions.tuple("heir", "0.2.0"),
                        org.assertj.core.api.Assertions.tuple("other", "0.1.0"));
        assertThat(Files.readString(project.directory().resolve("mod/Cargo.toml")))
                .contains(inherits);
    }

    @Test
    void theManifestIsTheProjects() throws IOException {
        TestProject project = TestProject.at(root.resolve("project"))
                .write("pyproject.toml", "[tool.maturin]\nmanifest-path = 'rust/Cargo.toml'\n")
                .write(
                        "rust/Cargo.toml",
                        TestProject.manifest("mod").replace("../pyo3", "../../pyo3"),
                        "rust/src/lib.rs",
                        "")
                .version("0.2.0");
        set(project);
        assertThat(Files.readString(project.directory().resolve("rust/Cargo.toml")))
                .contains("version = \"0.2.0\"");
    }

    @Test
    void aProjectMayBeReachedByALink() throws IOException {
        TestProject project = project();
        Path link = Files.createSymbolicLink(root.resolve("link"), project.directory());
        set(TestProject.at(link).version("0.2.0"));
        assertThat(Files.readString(project.directory().resolve("Cargo.toml"))).contains("version = \"0.2.0\"");
    }

    @ParameterizedTest
    @CsvSource({"1.x", "1.2.3.4", "''"})
    void aVersionThatMapsToNothingChangesNothing(String version) throws IOException {
        TestProject project = project().version(version);
        String manifest = Files.readString(project.directory().resolve("Cargo.toml"));
        assertThat(problem(project))
                .isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, problem -> assertThat(problem.setting())
                        .isEqualTo(new Setting<>(version, "<version>")));
        assertThat(project.directory().resolve("Cargo.toml")).hasContent(manifest);
    }

    @Test
    void whereThereIsNoVersionThatIsSaid() {
        TestProject project =
                project().write("Cargo.toml", TestProject.manifest("mod").replace("version = \"0.1.0\"\n", ""));
        assertThat(problem(project))
                .isEqualTo(new SetVersionService.NoVersion(project.directory().resolve("Cargo.toml")));
        TestProject none = TestProject.at(root.resolve("none"));
        assertThat(problem(none))
                .isEqualTo(new ProjectProblem.NoManifest(
                        Setting.byDefault(none.directory().resolve("Cargo.toml"))));
    }
}
