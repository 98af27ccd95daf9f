package io.github.nativemaven.build;

import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SideBySide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * In which order the units of a plan are built, and how many at once. Where a target has build directories that are still
 * empty, one of its units goes first: the others start with copies of what it has compiled.
 */
final class Schedule {
    private final Plan plan;
    private final JobBudget budget;
    private final int jobs;
    private final ProcessRunner processes;
    private final Work work;
    private final List<BuildOutcome.Failed> failures = new ArrayList<>();

    /** Builds one unit. */
    @FunctionalInterface
    interface Work {
        /** @param jobs what its cargos are run by, which share a number of compilers with others */
        UnitResult build(Unit unit, JobBudget.Share jobs);
    }

    /** A unit, and what became of it: a result, a failure, or neither where it wasn't tried. */
    private record Ended(Unit unit, UnitResult result, BuildFailure failure) {}

    /** @param jobs how many compilers may run at once, for all units together */
    Schedule(Plan plan, JobBudget budget, int jobs, ProcessRunner processes, Work work) {
        this.plan = plan;
        this.budget = budget;
        this.jobs = jobs;
        this.processes = processes;
        this.work = work;
    }

    /** Builds all units. One that fails stops only those that would fail for the same reason. */
    BuildOutcome run() {
        List<Ended> ended = new ArrayList<>();
        for (List<Unit> wave : waves()) {
            ended.addAll(run(wave));
        }
        List<UnitResult> results = new ArrayList<>();
        List<BuildOutcome.Failed> failed = new ArrayList<>();
        List<Unit> untried = new ArrayList<>();
        for (Unit unit : plan.units()) {
            Ended end =
                    ended.stream().filter(one -> one.unit() == unit).findFirst().orElseThrow();
            if (end.result() != null) {
                results.add(end.result());
            } else if (end.failure() != null) {
                failed.add(new BuildOutcome.Failed(unit, end.failure()));
            } else {
                untried.add(unit);
            }
        }
        return new BuildOutcome(results, failed, untried);
    }

    /** Those that go first, if that helps anybody; then the rest. */
    List<List<Unit>> waves() {
        List<Unit> first = new ArrayList<>();
        List<Unit> rest = new ArrayList<>();
        for (List<Unit> units : byTarget()) {
            boolean someAreNew = units.size() > 1 && units.stream().anyMatch(this::isNew);
            Unit leader =
                    units.stream().filter(unit -> !isNew(unit)).findFirst().orElse(units.get(0));
            for (Unit unit : units) {
                (someAreNew && unit != leader ? rest : first).add(unit);
            }
        }
        return rest.isEmpty() ? List.of(first) : List.of(first, rest);
    }

    private Iterable<List<Unit>> byTarget() {
        Map<String, List<Unit>> byTarget = new LinkedHashMap<>();
        for (Unit unit : plan.units()) {
            byTarget.computeIfAbsent(unit.target().value(), key -> new ArrayList<>())
                    .add(unit);
        }
        return byTarget.values();
    }

    private boolean isNew(Unit unit) {
        return BuildDirectories.isNew(
                unit.directory(), BuildDirectory.profileDirectory(plan.profile().value()));
    }

    private List<Ended> run(List<Unit> wave) {
        int atOnce = Math.min(wave.size(), jobs);
        try (JobBudget.Share share =
                budget.begin(plan.project().toolchain().host().os(), processes, jobs, atOnce)) {
            List<Supplier<Ended>> tasks = new ArrayList<>();
            for (Unit unit : wave) {
                tasks.add(() -> run(unit, share));
            }
            return SideBySide.run(atOnce, tasks);
        }
    }

    private Ended run(Unit unit, JobBudget.Share share) {
        if (isHopeless(unit)) {
            return new Ended(unit, null, null);
        }
        try {
            return new Ended(unit, work.build(unit, share), null);
        } catch (BuildFailure e) {
            if (e.problem() instanceof ProcessRunner.Interrupted || e.problem() instanceof SideBySide.Interrupted) {
                throw e;
            }
            synchronized (failures) {
                failures.add(new BuildOutcome.Failed(unit, e));
            }
            return new Ended(unit, null, e);
        }
    }

    /** Whether another unit failed for a reason that this one has, too. */
    private boolean isHopeless(Unit unit) {
        synchronized (failures) {
            return failures.stream()
                    .filter(failed -> failed.failure().problem() instanceof BuildProblem.CompilationFailed problem
                            && problem.everywhere())
                    .anyMatch(failed -> Kinship.areAlike(failed.unit(), unit));
        }
    }
}
