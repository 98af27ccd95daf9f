package io.github.nativemaven.build;

import io.github.nativemaven.system.BuildFailure;
import java.util.List;

/**
 * What became of the units of a plan, each in the plan's order.
 *
 * @param results the units that were built
 * @param failures the units that were not
 * @param untried the units that were not even begun, because another failed for a reason that holds for them too
 */
public record BuildOutcome(List<UnitResult> results, List<Failed> failures, List<Unit> untried) {
    public BuildOutcome {
        results = List.copyOf(results);
        failures = List.copyOf(failures);
        untried = List.copyOf(untried);
    }

    /**
     * A unit that failed.
     *
     * @param failure why
     */
    public record Failed(Unit unit, BuildFailure failure) {}

    /** Whether every unit was built. */
    public boolean isComplete() {
        return failures.isEmpty();
    }

    /** What ends the build: the failure itself of a plan of one unit; else all of them together. */
    public BuildFailure failure() {
        boolean alone = failures.size() == 1 && results.isEmpty() && untried.isEmpty();
        return alone
                ? failures.get(0).failure()
                : new BuildProblem.UnitsFailed(failures, untried, results)
                        .asFailure(failures.get(0).failure());
    }
}
