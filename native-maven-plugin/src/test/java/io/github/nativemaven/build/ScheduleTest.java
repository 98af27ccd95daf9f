package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.Interpreters;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units that nobody compiles. */
class ScheduleTest {
    private static Project project;

    @TempDir
    Path place;

    private final List<String> begun = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void project(@TempDir Path root) {
        project = TestProject.at(root.resolve("project")).withExtension("mod").resolve();
    }

    private Plan plan(String releases) {
        return Planner.plan(new PlanRequest(
                project,
                Setting.byDefault("release"),
                Arrays.stream(releases.split(" ")).map(Interpreters::of).toList(),
                Optional.of(place)));
    }

    private BuildOutcome run(Plan plan, int jobs, Schedule.Work work) {
        return new Schedule(plan, new JobBudget(1), jobs, new ProcessRunner(Events.ignored()), (unit, share) -> {
                    begun.add(unit.label());
                    return work.build(unit, share);
                })
                .run();
    }

    private static UnitResult built(Unit unit) {
        return new UnitResult(
                unit, Optional.empty(), List.of(), List.of(), Map.of(), List.of(), Set.of(), 1, 0, Duration.ZERO);
    }

    private static BuildFailure failure(Unit unit, boolean everywhere) {
        return new BuildProblem.CompilationFailed("mod", Path.of("Cargo.toml"), unit.label(), 1, everywhere, List.of())
                .asFailure();
    }

    private static String labels(List<Unit> units) {
        return units.stream().map(Unit::label).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "3.10.1 3.11.1 3.12.1, '',                cp310 | cp311 cp312",
        "3.10.1 3.11.1 3.12.1, cp311,             cp311 | cp310 cp312",
        "3.10.1 3.11.1 3.12.1, cp310 cp312,       cp310 | cp311 cp312",
        "3.10.1 3.11.1 3.12.1, cp310 cp311 cp312, cp310 cp311 cp312",
        "3.10.1,               '',                cp310",
    })
    void oneGoesFirstWhereOthersCanStartWithItsWork(String releases, String used, String waves) {
        Plan plan = plan(releases);
        for (Unit unit : plan.units()) {
            if (Arrays.asList(used.split(" ")).contains(unit.label())) {
                Trees.touch(unit.directory(), "release/deps/x");
            }
        }
        Schedule schedule =
                new Schedule(plan, new JobBudget(1), 2, new ProcessRunner(Events.ignored()), (unit, share) -> null);
        assertThat(schedule.waves().stream().map(ScheduleTest::labels).collect(Collectors.joining(" | ")))
                .isEqualTo(waves);
    }

    @Test
    void resultsHaveTheOrderOfThePlan() {
        Plan plan = plan("3.10.1 3.11.1 3.12.1 3.13.1");
        BuildOutcome outcome = run(plan, 3, (unit, share) -> built(unit));
        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.results()).extracting(UnitResult::unit).isEqualTo(plan.units());
    }

    @Test
    void severalShareTheJobsAndOneAloneHasThemAll() {
        run(plan("3.10.1 3.11.1 3.12.1"), 3, (unit, share) -> {
            assertThat(share.<Boolean>run(Map::isEmpty))
                    .as(unit.label())
                    .isEqualTo(unit.label().equals("cp310"));
            return built(unit);
        });
        assertThat(begun).startsWith("cp310").hasSize(3);
    }

    @Test
    void oneThatFailsStopsNoOther() {
        Plan plan = plan("3.10.1 3.11.1 3.12.1");
        BuildOutcome outcome = run(plan, 2, (unit, share) -> {
            if (unit.label().equals("cp310")) {
                throw failure(unit, false);
            }
            return built(unit);
        });
        assertThat(outcome.results())
                .extracting(result -> result.unit().label())
                .containsExactly("cp311", "cp312");
        assertThat(outcome.failures())
                .extracting(BuildOutcome.Failed::unit)
                .containsExactly(plan.units().get(0));
        assertThat(outcome.untried()).isEmpty();
        assertThat(outcome.failure().problem())
                .isEqualTo(new BuildProblem.UnitsFailed(outcome.failures(), List.of(), outcome.results()));
    }

    @Test
    void whatFailsForEveryPythonIsTriedOnce() {
        Plan plan = plan("3.10.1 3.11.1 3.12.1 3.13.1t");
        BuildOutcome outcome = run(plan, 2, (unit, share) -> {
            if (unit.label().equals("cp310")) {
                throw failure(unit, true);
            }
            return built(unit);
        });
        assertThat(labels(outcome.untried())).isEqualTo("cp311 cp312");
        assertThat(begun).as("another kind of Python may differ").containsExactly("cp310", "cp313t");
    }

    @Test
    void theFailureOfTheOnlyUnitIsTheFailure() {
        BuildFailure cause = failure(plan("3.10.1").units().get(0), true);
        BuildOutcome outcome = run(plan("3.10.1"), 2, (unit, share) -> {
            throw cause;
        });
        assertThat(outcome.failure()).isSameAs(cause);
    }

    @Test
    void anInterruptIsNoFailureOfAUnit() {
        BuildFailure interrupt = new ProcessRunner.Interrupted(Command.of(place, "cargo")).asFailure();
        assertThat(catchThrowableOfType(
                        BuildFailure.class,
                        () -> run(plan("3.10.1 3.11.1"), 1, (unit, share) -> {
                            throw interrupt;
                        })))
                .isSameAs(interrupt);
    }
}
