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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cargo, on a crate that is compiled in a moment. */
class BuilderTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private List<UnitResult> build(Project project, Interpreter... interpreters) {
        Plan plan = Planner.plan(
                new PlanRequest(project, Setting.byDefault("dev"), List.of(interpreters), Optional.empty()));
        BuildOutcome outcome = new Builder(Cargo.find(RealPythons.host(), project.cargo(), events), events).build(plan);
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
