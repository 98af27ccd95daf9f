package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class CargoTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path directory;

    private Cargo cargo() {
        return Cargo.find(RealPythons.host(), TestProject.settings(), events);
    }

    private static CargoSettings settings(String executable, List<String> features, Map<String, String> environment) {
        return new CargoSettings(
                executable, features, false, false, true, false, 0, false, Optional.of(1), List.of(), environment);
    }

    private Path program(String path, String script) throws IOException {
        Path file = Trees.write(directory, path, "#!/bin/sh\n" + script + "\n").resolve(path);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void isFoundOnThePathOrInItsHomeOrWhereItIsSaidToBe() throws IOException {
        Path onPath = program("bin/cargo", "");
        Path inHome = program("home/.cargo/bin/cargo", "");
        Path elsewhere = program("x y/mine", "");
        Host withPath = host(Map.of("PATH", directory.resolve("bin").toString()));
        assertThat(find(withPath, "cargo")).isEqualTo(onPath);
        assertThat(find(host(Map.of("PATH", "/nowhere")), "cargo")).isEqualTo(inHome);
        assertThat(find(
                        host(Map.of(
                                "CARGO_HOME", directory.resolve("home/.cargo").toString())),
                        "cargo"))
                .isEqualTo(inHome);
        assertThat(find(withPath, elsewhere.toString())).isEqualTo(elsewhere);
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> find(withPath, "no-such-cargo"));
        assertThat(failure.problem()).isEqualTo(new Cargo.NotFound("no-such-cargo"));
    }

    private Host host(Map<String, String> environment) {
        return new Host(OperatingSystem.LINUX, environment, directory.resolve("home"));
    }

    private Path find(Host host, String executable) {
        return Cargo.find(host, settings(executable, List.of(), Map.of()), events)
                .program();
    }

    @Test
    void saysWhatItIs() {
        assertThat(cargo().version()).matches("cargo \\d+\\.\\d+\\.\\d+.*");
        Cargo.Toolchain toolchain = cargo().toolchain(directory);
        assertThat(toolchain.rustc()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(toolchain.host().os()).isEqualTo(Host.current().os());
    }

    @Test
    void aCompilerThatDoesNotRunIsNamed() throws IOException {
        Path broken = program("rustc", "echo 'no toolchain' >&2; exit 1");
        for (String rustc : List.of(broken.toString(), "/no/such/rustc")) {
            Cargo cargo = Cargo.find(RealPythons.host(), settings("cargo", List.of(), Map.of("RUSTC", rustc)), events);
            BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> cargo.toolchain(directory));
            assertThat(failure.problem()).isInstanceOfSatisfying(Cargo.NoCompiler.class, problem -> {
                assertThat(problem.rustc()).isEqualTo(rustc);
                assertThat(problem.error()).containsAnyOf("no toolchain", "No such file");
            });
        }
    }

    @Test
    void tellsOfAWorkspaceAndItsDependencies() {
        TestProject project = TestProject.at(directory.resolve("ws"))
                .write(
                        "Cargo.toml",
                        "[workspace]\nmembers = [\"one\", \"two\"]\n[workspace.package]\nversion = \"1.2.3\"\n",
                        "one/Cargo.toml",
                        """
                        [package]
                        name = "crate-one"
                        version.workspace = true
                        edition = "2021"
                        description = "Says: \\"ü\\""
                        authors = ["A <a@example.org>"]
                        license = "MIT"
                        readme = "../README.md"
                        keywords = ["x", "y"]
                        rust-version = "1.74"
                        [lib]
                        name = "one"
                        crate-type = ["cdylib", "rlib"]
                        [features]
                        default = ["extra"]
                        extra = []
                        other = ["dep:two"]
                        [dependencies]
                        renamed = { package = "pyo3", path = "../../pyo3", features = ["abi3-py310"] }
                        two = { path = "../two", optional = true }
                        [build-dependencies]
                        two = { path = "../two" }
                        [dev-dependencies]
                        two = { path = "../two" }
                        """,
                        "one/src/lib.rs",
                        "",
                        "one/src/bin/tool.rs",
                        "fn main() {}",
                        "one/build.rs",
                        "fn main() {}",
                        "two/Cargo.toml",
                        "[package]\nname = \"two\"\nversion = \"0.1.0\"\n[dependencies]\npyo3 = { path = \"../../pyo3\" }",
                        "two/src/lib.rs",
                        "",
                        "README.md",
                        "x");
        Path manifest = project.directory().resolve("one/Cargo.toml");
        CargoMetadata metadata = cargo().metadata(manifest);
        Crate crate = metadata.crateOf(manifest).orElseThrow();
        assertThat(crate.name()).isEqualTo("crate-one");
        assertThat(crate.version()).isEqualTo("1.2.3");
        assertThat(crate.directory()).isEqualTo(manifest.getParent());
        assertThat(crate.fromRegistry()).isFalse();
        assertThat(crate.rustVersion()).contains("1.74");
        assertThat(crate.library()).hasValueSatisfying(library -> {
            assertThat(library.name()).isEqualTo("one");
            assertThat(library.crateTypes()).containsExactly("cdylib", "rlib");
        });
        assertThat(crate.binaries()).extracting(Crate.Target::name).containsExactly("tool");
        assertThat(crate.about())
                .isEqualTo(new Crate.About(
                        Optional.of("Says: \"ü\""),
                        List.of("A <a@example.org>"),
                        Optional.of("MIT"),
                        Optional.empty(),
                        Optional.of("../README.md"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("x", "y")));
        assertThat(metadata.memberCrates()).extracting(Crate::name).containsExactly("crate-one", "two");
        assertThat(metadata.workspaceRoot()).isEqualTo(project.directory());
        assertThat(metadata.lockFile()).exists();
        assertThat(metadata.directDependencies(crate, "pyo3")).hasSize(1);
        assertThat(metadata.directDependencies(crate, "two"))
                .as("only for building and testing")
                .isEmpty();
        assertThat(metadata.featuresOf(
                        metadata.directDependencies(crate, "pyo3").get(0)))
                .containsExactly("abi3", "abi3-py310", "abi3-py311");
        assertThat(metadata.crateOf(project.directory().resolve("Cargo.toml"))).isEmpty();
    }

    @Test
    void aManifestThatIsRefusedIsShownAsCargoDoes() {
        Path manifest = Trees.write(
                        directory, "Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.1\"\n", "src/lib.rs", "")
                .resolve("Cargo.toml");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> cargo().metadata(manifest));
        assertThat(failure.problem()).isInstanceOfSatisfying(Cargo.ManifestRefused.class, problem -> {
            assertThat(problem.manifest()).isEqualTo(manifest);
            assertThat(problem.error()).contains("version = \"0.1\"").doesNotContain("\u001b", "[==");
        });
    }

    @Test
    void aDependencyThatIsNotThereIsShownAsCargoDoes() {
        Path manifest = Trees.write(
                        directory,
                        "Cargo.toml",
                        "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[dependencies]\nno-such-crate-at-all = \"1\"\n",
                        "src/lib.rs",
                        "")
                .resolve("Cargo.toml");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> cargo().metadata(manifest));
        assertThat(failure.problem())
                .isInstanceOfSatisfying(Cargo.ManifestRefused.class, problem -> assertThat(problem.error())
                        .contains("no-such-crate-at-all")
                        .doesNotContain("\u001b", "[=="));
    }

    @Test
    void drawsNoProgressIntoAnError() throws IOException {
        Path fake = program("cargo", "echo \"progress $CARGO_TERM_PROGRESS_WHEN\" >&2; exit 101");
        Cargo cargo = Cargo.find(RealPythons.host(), settings(fake.toString(), List.of(), Map.of()), events);
        Path manifest = directory.resolve("Cargo.toml");
        for (Executable call :
                List.<Executable>of(() -> cargo.metadata(manifest), () -> cargo.packagedFiles(manifest))) {
            BuildFailure failure = catchThrowableOfType(BuildFailure.class, call::execute);
            assertThat(failure.problem()).isEqualTo(new Cargo.ManifestRefused(manifest, "progress never"));
        }
    }

    @Test
    void listsWhatItWouldPackage() {
        TestProject project = TestProject.at(directory.resolve("a b ü"))
                .withExtension("a")
                .write("src/ümlaut.rs", "", ".hidden", "", "target/x", "", "tests/t.rs", "", "sub/Cargo.toml", "x");
        assertThat(cargo().packagedFiles(project.directory().resolve("Cargo.toml")))
                .contains("Cargo.toml", "src/lib.rs", "src/ümlaut.rs", "tests/t.rs", "pom.xml")
                .doesNotContain("target/x", "sub/Cargo.toml");
    }

    @Test
    void buildsAndSaysWhatItMade() throws IOException {
        TestProject project = TestProject.at(directory.resolve("p")).withExtension("a");
        CargoOutcome first = cargo().build(call(project, "rustc", "--lib"));
        assertThat(first.succeeded()).isTrue();
        assertThat(first.compiled()).isEqualTo(2);
        assertThat(first.artifacts().get(1).files()).singleElement().satisfies(file -> assertThat(file)
                .isRegularFile());
        assertThat(events.of(CargoEvent.Said.class))
                .extracting(CargoEvent.Said::line)
                .anyMatch(line -> line.contains("Compiling a v0.1.0"));
        assertThat(events.of(CargoEvent.Finished.class)).containsExactly(new CargoEvent.Finished("cp311"));
        CargoOutcome second = cargo().build(call(project, "rustc", "--lib"));
        assertThat(second.compiled()).isZero();
        assertThat(second.artifacts()).hasSize(2);

        Files.writeString(project.directory().resolve("src/lib.rs"), "fn f() { missing() }\nfn unused() {}\n");
        CargoOutcome third = cargo().build(call(project, "rustc", "--lib"));
        assertThat(third.succeeded()).isFalse();
        assertThat(third.errors()).isEqualTo(1);
        assertThat(events.of(CargoEvent.Diagnostic.class))
                .extracting(CargoEvent.Diagnostic::level)
                .contains(CargoEvent.Level.ERROR);
        assertThat(events.of(CargoEvent.Diagnostic.class))
                .extracting(CargoEvent.Diagnostic::rendered)
                .anyMatch(text -> text.contains("src/lib.rs:1:10") && text.contains("missing"));
    }

    private static CargoCall call(TestProject project, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--manifest-path",
                project.directory().resolve("Cargo.toml").toString(),
                "--target-dir",
                project.directory().resolve("target/rust").toString()));
        return new CargoCall("cp311", all, project.directory(), Map.of());
    }

    @Test
    void passesOnEverythingThatTheUserAskedFor() throws IOException {
        Path fake = program(
                "cargo", "for word in \"$@\"; do echo \"$word\"; done; echo \"RUSTFLAGS=$RUSTFLAGS ${GONE-gone}\"");
        CargoSettings settings = new CargoSettings(
                fake.toString(),
                List.of("a", "b/c"),
                true,
                true,
                true,
                true,
                2,
                true,
                Optional.of(3),
                List.of("--config", "x=1"),
                Map.of("RUSTFLAGS", "-C x", "GONE", "there"));
        Map<String, String> changes = new HashMap<>();
        changes.put("GONE", null);
        List<String> printed = new java.util.ArrayList<>();
        Cargo.find(RealPythons.host(), settings, events)
                .build(
                        new CargoCall("l", List.of("rustc", "--lib", "--", "-C", "y"), directory, changes),
                        printed::add);
        assertThat(printed)
                .containsExactly(
                        "rustc",
                        "--message-format=json-diagnostic-rendered-ansi",
                        "--lib",
                        "--features=a,b/c",
                        "--all-features",
                        "--no-default-features",
                        "--offline",
                        "--locked",
                        "--jobs=3",
                        "-vv",
                        "--config",
                        "x=1",
                        "--",
                        "-C",
                        "y",
                        "RUSTFLAGS=-C x gone");
    }
}
