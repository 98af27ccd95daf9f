package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.build.Builder;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One wheel with several extension modules, compiled and imported. */
class SeveralModulesTest {
    private final Interpreter python = RealPythons.newest();

    @TempDir
    Path root;

    /** A workspace of two crates, the first of which has two modules in its library. */
    private TestProject workspace() {
        TestProject project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write(
                        "Cargo.toml",
                        TestProject.manifest("mod") + "[workspace]\nmembers = [\"crates/fast\", \"crates/plain\"]\n",
                        "src/lib.rs",
                        TestProject.source("_core")
                                + "#[no_mangle]\npub extern \"C\" fn PyInit__twin() -> *mut c_void { PyInit__core() }\n",
                        "crates/fast/Cargo.toml",
                        TestProject.manifest("fast-sums").replace("../pyo3", "../../../pyo3"),
                        "crates/fast/src/lib.rs",
                        TestProject.source("_fast"),
                        "crates/plain/Cargo.toml",
                        "[package]\nname = \"plain\"\nversion = \"0.1.0\"\n",
                        "crates/plain/src/lib.rs",
                        "",
                        "pkg/__init__.py",
                        "",
                        "extra/__init__.py",
                        "from ._fast import answer\n");
        return project.set("moduleName", "pkg._core");
    }

    @Test
    void eachModuleLiesWhereItsNameSays() throws IOException {
        Project project =
                workspace().modules("pkg._twin", "extra._fast=fast-sums").resolve();
        UnitResult built = new Builder(
                        Cargo.find(RealPythons.host(), project.cargo(), Events.ignored()),
                        new JobBudget(1),
                        Events.ignored())
                .build(Planner.plan(
                        new PlanRequest(project, Setting.byDefault("dev"), List.of(python), Optional.empty())))
                .results()
                .get(0);
        ExtensionCheck.check(project, built);
        // What an older development install left is not packed.
        Trees.write(project.directory(), "extra/_fast.abi3.so", "", "pkg/_twin.abi3.so", "", "pkg/_twins.so", "");
        WheelSettings settings = new WheelSettings(
                Optional.of(new Setting<>("linux", "test")),
                Setting.byDefault(WheelSettings.AuditMode.REPAIR),
                0,
                Instant.EPOCH,
                List.of(),
                Setting.byDefault(false));
        Path wheel = new WheelAssembler(project, settings, Events.ignored())
                .write(built, root.resolve("wheels"))
                .file();
        Path unpacked = unpacked(wheel);
        String suffix = python.extensionSuffix();
        assertThat(unpacked.resolve("pkg/_core" + suffix)).exists();
        assertThat(unpacked.resolve("pkg/_twin" + suffix))
                .hasSameBinaryContentAs(unpacked.resolve("pkg/_core" + suffix));
        assertThat(unpacked.resolve("extra/_fast" + suffix)).exists();
        assertThat(unpacked.resolve("extra/_fast.abi3.so")).doesNotExist();
        assertThat(unpacked.resolve("pkg/_twin.abi3.so")).doesNotExist();
        assertThat(unpacked.resolve("pkg/_twins.so")).as("another library").exists();
        assertThat(imported(unpacked)).isEqualTo("42 42 42");
    }

    private String imported(Path unpacked) {
        String script =
                "import extra, pkg._core, pkg._twin; print(extra.answer(), pkg._core.answer(), pkg._twin.answer())";
        return new ProcessRunner(Events.ignored())
                .capture(
                        Command.of(unpacked, python.executable().toString(), "-B", "-c", script),
                        Duration.ofSeconds(30))
                .output()
                .strip();
    }

    private Path unpacked(Path wheel) throws IOException {
        Path unpacked = root.resolve("unpacked");
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path file = unpacked.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file);
            }
        }
        return unpacked;
    }

    @Test
    void aLibraryThatIsNotTheModuleIsNamed() {
        Project project = workspace().modules("pkg._other=crates/fast").resolve();
        UnitResult built = new Builder(
                        Cargo.find(RealPythons.host(), project.cargo(), Events.ignored()),
                        new JobBudget(1),
                        Events.ignored())
                .build(Planner.plan(
                        new PlanRequest(project, Setting.byDefault("dev"), List.of(python), Optional.empty())))
                .results()
                .get(0);
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> ExtensionCheck.check(project, built));
        assertThat(failure.problem())
                .isEqualTo(new ExtensionCheck.OtherModule(
                        project.directory().resolve("crates/fast/Cargo.toml"), "_other", List.of("_fast")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pkg._core               | the module pkg._core is there already",
                "pkg._a;pkg._a=fast-sums | the module pkg._a is there already",
                "pkg._a=slow             | 'slow' is no crate of the workspace; there are: fast-sums, plain, mod",
                "pkg.my-a=fast-sums      | a '-' can't stand in a module's name; write pkg.my_a",
            })
    void whatIsNoModuleIsRefused(String modules, String reason) {
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class,
                () -> workspace().modules(modules.split(";")).resolve());
        String last = modules.substring(modules.indexOf(';') + 1);
        assertThat(failure.problem())
                .isEqualTo(new ProjectProblem.InvalidSetting(new Setting<>(last, "-Drust.modules"), reason));
    }

    @Test
    void aCrateWithoutADynamicLibraryIsRefused() {
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class,
                () -> workspace().modules("pkg._plain=plain").resolve());
        assertThat(failure.problem()).isInstanceOf(ProjectProblem.NoDynamicLibrary.class);
    }
}
