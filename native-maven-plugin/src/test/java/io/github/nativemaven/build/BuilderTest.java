package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoEvent;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real cargo, on a crate that is compiled in a moment. */
class BuilderTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private List<UnitResult> build(Project project, Interpreter... interpreters) {
        Plan plan = Planner.plan(
                new PlanRequest(project, Setting.byDefault("dev"), List.of(interpreters), Optional.empty()));
        BuildOutcome outcome = new Builder(
                        Cargo.find(RealPythons.host(), project.cargo(), events), new JobBudget(1), events)
                .build(plan);
        if (!outcome.isComplete()) {
            throw outcome.failure();
        }
        return outcome.results();
    }

    @Test
    void buildsWhatIsNewAndFindsTheRestFresh() throws Exception {
        Project project = TestProject.at(root.resolve("a 'b' ü/project"))
                .withExtension("mod")
                .resolve();
        List<Interpreter> all = RealPythons.all();
        Interpreter first = all.get(all.size() - 1);
        UnitResult result = build(project, first).get(0);
        assertThat(result.compiled()).isEqualTo(2);
        assertThat(result.library()).hasValueSatisfying(library -> {
            assertThat(library).isRegularFile();
            assertThat(library).startsWith(result.unit().directory());
        });
        assertThat(events.of(BuildEvent.Seeded.class)).isEmpty();
        assertThat(events.of(BuildEvent.Built.class)).containsExactly(new BuildEvent.Built(result));

        UnitResult again = build(project, first).get(0);
        assertThat(again.compiled()).isZero();
        assertThat(again.fresh()).isEqualTo(2);
        assertThat(Trees.relative(
                        project.outputDirectory().resolve("rust"), again.unit().directory()))
                .isEqualTo(project.toolchain().host() + "/" + first.abiTag());

        Interpreter second = io.github.nativemaven.Interpreters.of("3.9.1");
        UnitResult seeded = build(project, second).get(0);
        assertThat(events.of(BuildEvent.Seeded.class))
                .containsExactly(
                        new BuildEvent.Seeded(seeded.unit(), result.unit().directory()));
        assertThat(seeded.compiled())
                .as("nothing of this crate depends on Python")
                .isZero();
        assertThat(seeded.library().orElseThrow())
                .hasSameBinaryContentAs(result.library().orElseThrow());

        Files.writeString(project.directory().resolve("src/lib.rs"), "fn f() { missing() }");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> build(project, first));
        assertThat(failure.problem()).isInstanceOfSatisfying(BuildProblem.CompilationFailed.class, problem -> {
            assertThat(problem.crate()).isEqualTo("mod");
            assertThat(problem.manifest()).isEqualTo(project.crate().manifest());
            assertThat(problem.label()).isEqualTo(first.abiTag());
            assertThat(problem.errors()).isEqualTo(1);
        });
        assertThat(events.of(CargoEvent.Diagnostic.class)).isNotEmpty();
        assertThat(result.unit().directory().resolve(".rust-in-use")).doesNotExist();
    }

    /** Both have the same files of what they don't compile themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "release"})
    void whatOnePythonCompilesAnewIsNotChangedForTheOther(String profile) throws Exception {
        TestProject files = TestProject.at(root.resolve("project"));
        Trees.write(
                root,
                "helper/Cargo.toml",
                "[package]\nname = \"helper\"\nversion = \"0.1.0\"\n",
                "helper/src/lib.rs",
                "");
        Project project = files.withExtension("mod")
                .write("Cargo.toml", TestProject.manifest("mod") + "helper = { path = \"../helper\" }\n")
                .resolve();
        List<UnitResult> results = new ArrayList<>();
        for (String release : List.of("3.10.1", "3.11.1")) {
            results.addAll(ofProfile(project, profile, release));
        }
        Path first = only(results.get(0).unit().directory(), "libhelper", ".rlib");
        Path second = only(results.get(1).unit().directory(), "libhelper", ".rlib");
        assertThat(second).hasSameBinaryContentAs(first);
        Map<Path, String> before = digests(results.get(1).unit().directory());

        Files.writeString(root.resolve("helper/src/lib.rs"), "pub fn further() -> u32 { 3 }\n");
        assertThat(ofProfile(project, profile, "3.10.1").get(0).compiled()).isEqualTo(2);
        assertThat(digests(results.get(1).unit().directory())).isEqualTo(before);
        assertThat(digests(first)).isNotEqualTo(digests(second));
        assertThat(ofProfile(project, profile, "3.11.1").get(0).compiled()).isEqualTo(2);
        assertThat(ofProfile(project, profile, "3.10.1").get(0).compiled()).isZero();
    }

    private List<UnitResult> ofProfile(Project project, String profile, String release) {
        Plan plan = Planner.plan(new PlanRequest(
                project,
                Setting.byDefault(profile),
                List.of(io.github.nativemaven.Interpreters.of(release)),
                Optional.empty()));
        return new Builder(Cargo.find(RealPythons.host(), project.cargo(), events), new JobBudget(1), events)
                .build(plan)
                .results();
    }

    private static Path only(Path directory, String start, String end) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.getFileName().toString().startsWith(start)
                            && file.getFileName().toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Of each file below a directory. */
    private static Map<Path, String> digests(Path directory) throws Exception {
        Map<Path, String> digests = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            digests.put(directory.relativize(file), HexFormat.of().formatHex(digest));
        }
        return digests;
    }

    /** To cargo both are one crate, and the files of one may be as old as those of the other. */
    @Test
    void copiesOfAProjectThatShareAPlaceDoNotTakeEachOthersLibrary() {
        Interpreter python = RealPythons.all().get(0);
        List<Project> copies = Stream.of("branch", "other-branch")
                .map(name ->
                        TestProject.at(root.resolve(name)).withExtension("mod").resolve())
                .toList();
        for (Project project : copies) {
            Plan plan = Planner.plan(new PlanRequest(
                    project, Setting.byDefault("dev"), List.of(python), Optional.of(root.resolve("shared"))));
            BuildOutcome outcome = new Builder(
                            Cargo.find(RealPythons.host(), project.cargo(), events), new JobBudget(1), events)
                    .build(plan);
            assertThat(outcome.results())
                    .extracting(UnitResult::compiled)
                    .as("%s", project.directory())
                    .containsExactly(2);
        }
        assertThat(events.of(BuildEvent.Seeded.class)).isEmpty();
    }

    @Test
    void whatIsBuiltForThisMachineIsSoWhateverCargoIsConfiguredFor() throws Exception {
        Project project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write(".cargo/config.toml", "[build]\ntarget = ['aarch64-unknown-linux-musl', 'host-tuple']\n")
                .resolve();
        UnitResult result = build(project, RealPythons.all().get(0)).get(0);
        assertThat(result.library().orElseThrow())
                .isRegularFile()
                .startsWith(result.unit()
                        .directory()
                        .resolve(project.toolchain().host().value()));
    }

    private BuildOutcome outcome(Project project, String... releases) {
        Plan plan = Planner.plan(new PlanRequest(
                project,
                Setting.byDefault("dev"),
                Stream.of(releases).map(io.github.nativemaven.Interpreters::of).toList(),
                Optional.empty()));
        return new Builder(Cargo.find(RealPythons.host(), project.cargo(), events), new JobBudget(1), events)
                .build(plan);
    }

    private static List<String> labels(List<UnitResult> results) {
        return results.stream().map(result -> result.unit().label()).toList();
    }

    /** A build script that doesn't like one Python. */
    @Test
    void aPythonForWhichItFailsLeavesTheOthers() {
        Project project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write("build.rs", """
                        fn main() {
                            println!("cargo:rerun-if-env-changed=PYO3_PYTHON");
                            assert!(!std::env::var("PYO3_PYTHON").unwrap().contains("3.11"), "not this one");
                        }
                        """)
                .resolve();
        BuildOutcome outcome = outcome(project, "3.10.1", "3.11.1", "3.12.1");
        assertThat(labels(outcome.results())).containsExactly("cp310", "cp312");
        assertThat(outcome.untried()).isEmpty();
        assertThat(outcome.failures()).singleElement().satisfies(failed -> {
            BuildProblem.CompilationFailed problem =
                    (BuildProblem.CompilationFailed) failed.failure().problem();
            assertThat(problem.label()).isEqualTo("cp311");
            assertThat(problem.everywhere()).isFalse();
            assertThat(String.join("\n", problem.lastWords())).contains("not this one");
        });
        assertThat(events.of(BuildEvent.Seeded.class))
                .as("those after the first")
                .extracting(BuildEvent.Seeded::from)
                .containsOnly(outcome.results().get(0).unit().directory())
                .hasSize(2);
    }

    @Test
    void anErrorThatAllHaveIsFoundOnce() {
        Project project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write("src/lib.rs", "fn f() { missing() }")
                .resolve();
        BuildOutcome outcome = outcome(project, "3.10.1", "3.11.1", "3.12.1");
        assertThat(outcome.failures()).hasSize(1);
        assertThat(outcome.untried()).extracting(Unit::label).containsExactly("cp311", "cp312");
        assertThat(events.of(CargoEvent.Diagnostic.class).stream()
                        .filter(diagnostic -> diagnostic.level() == CargoEvent.Level.ERROR))
                .hasSize(1);
    }

    /** The same, of a crate that asks for which Python it is compiled. */
    @Test
    void anErrorThatMayDependOnPythonIsTriedForAll() {
        Trees.write(
                root.resolve("pyo3-build-config"),
                "Cargo.toml",
                "[package]\nname = \"pyo3-build-config\"\nversion = \"0.28.3\"\n",
                "src/lib.rs",
                "");
        Project project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write(
                        "Cargo.toml",
                        TestProject.manifest("mod") + "[build-dependencies]\n"
                                + "pyo3-build-config = { path = \"../pyo3-build-config\" }\n",
                        "build.rs",
                        "fn main() { if std::env::var(\"PYO3_PYTHON\").unwrap().contains(\"3.10\")"
                                + " { println!(\"cargo:rustc-cfg=old\"); }"
                                + " println!(\"cargo:rerun-if-env-changed=PYO3_PYTHON\"); }",
                        "src/lib.rs",
                        "#[cfg(old)] compile_error!(\"too old\");")
                .resolve();
        BuildOutcome outcome = outcome(project, "3.10.1", "3.11.1", "3.12.1");
        assertThat(labels(outcome.results())).containsExactly("cp311", "cp312");
        assertThat(outcome.failures()).hasSize(1);
    }

    @Test
    void whatIsDoneWithAUnitAfterwardsCanFailIt() {
        Project project =
                TestProject.at(root.resolve("project")).withExtension("mod").resolve();
        Plan plan = Planner.plan(new PlanRequest(
                project,
                Setting.byDefault("dev"),
                List.of(
                        io.github.nativemaven.Interpreters.of("3.10.1"),
                        io.github.nativemaven.Interpreters.of("3.11.1")),
                Optional.empty()));
        BuildOutcome outcome = new Builder(
                        Cargo.find(RealPythons.host(), project.cargo(), events), new JobBudget(1), events)
                .build(plan, result -> {
                    if (result.unit().label().equals("cp310")) {
                        throw new BuildProblem.NoLibrary("mod", "cp310").asFailure();
                    }
                    return result;
                });
        assertThat(labels(outcome.results())).containsExactly("cp311");
        assertThat(outcome.failures()).hasSize(1);
    }

    @Test
    void aDirectoryThatCanNotBeMadeIsNamed() {
        Project project =
                TestProject.at(root.resolve("project")).withExtension("mod").resolve();
        Trees.write(project.directory(), "target", "a file");
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class, () -> build(project, io.github.nativemaven.Interpreters.of("3.9.1")));
        assertThat(failure.problem())
                .isInstanceOfSatisfying(BuildProblem.NotWritable.class, problem -> assertThat(problem.directory())
                        .isEqualTo(project.outputDirectory()
                                .resolve("rust")
                                .resolve(project.toolchain().host().value())
                                .resolve("cp39")));
    }
}
