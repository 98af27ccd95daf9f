package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Runs cargo for each unit of a plan. */
public final class Builder {
    private final Cargo cargo;
    private final JobBudget budget;
    private final Events events;

    /**
     * @param cargo called as the project asks for
     * @param budget how many compilers may run
     */
    public Builder(Cargo cargo, JobBudget budget, Events events) {
        this.cargo = cargo;
        this.budget = budget;
        this.events = events;
    }

    /** Builds all units, several of them side by side. */
    public BuildOutcome build(Plan plan) {
        return build(plan, UnaryOperator.identity());
    }

    /**
     * Builds all units, several of them side by side.
     *
     * @param finish what is done with each unit once it is compiled; when it throws a failure, the unit has failed
     */
    public BuildOutcome build(Plan plan, UnaryOperator<UnitResult> finish) {
        Schedule.Work work = (unit, jobs) -> {
            UnitResult result = finish.apply(build(plan, unit, jobs));
            events.tell(new BuildEvent.Built(result));
            return result;
        };
        return new Schedule(plan, budget, cargo.jobs(), new ProcessRunner(events), work).run();
    }

    private UnitResult build(Plan plan, Unit unit, JobBudget.Share jobs) {
        try (BuildDirectory directory =
                BuildDirectory.open(unit.directory(), plan.profile().value(), events)) {
            directory.seed().ifPresent(from -> events.tell(new BuildEvent.Seeded(unit, from)));
            UnitEnvironment.prepare(plan, unit);
            events.tell(new BuildEvent.Started(unit));
            return new UnitCompiler(cargo, plan, unit, jobs).compile();
        } catch (IOException e) {
            throw new BuildProblem.NotWritable(unit.directory(), String.valueOf(e.getMessage())).asFailure(e);
        }
    }
}
