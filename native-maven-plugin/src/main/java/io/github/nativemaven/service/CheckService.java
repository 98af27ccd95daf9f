package io.github.nativemaven.service;

import io.github.nativemaven.check.Fault;
import io.github.nativemaven.check.WheelCheck;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.wheel.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at wheels, one after the other, and tells of each. */
public final class CheckService {
    private final Events events;

    CheckService(Events events) {
        this.events = events;
    }

    /** A wheel was right the last time, and hasn't changed since. */
    public record Unchanged(Path wheel) implements Event {}

    /** A wheel is right. */
    public record Right(Path wheel, WheelCheck.Outcome outcome) implements Event {}

    /** Something is wrong with a wheel. */
    public record Wrong(Path wheel, Fault fault) implements Event {}

    /** There are no wheels. */
    public record NothingToCheck() implements Event {}

    /**
     * Something is wrong with wheels; what, has been told.
     *
     * @param faults how many
     */
    public record Failed(int faults) implements Problem {}

    void run(CheckRequest request) throws IOException {
        int faults = 0;
        for (Path wheel : request.wheels()) {
            faults += look(request, wheel);
        }
        if (request.wheels().isEmpty()) {
            events.tell(new NothingToCheck());
        }
        if (faults > 0) {
            throw new Failed(faults).asFailure();
        }
    }

    private int look(CheckRequest request, Path wheel) throws IOException {
        if (request.notes().isPresent() && Files.isRegularFile(wheel)) {
            Freshness last = Freshness.ofUse(
                    wheel,
                    request.notes().get().resolve(wheel.getFileName() + ".checked"),
                    "check 1 " + request.maxSize());
            if (last.isFresh()) {
                events.tell(new Unchanged(wheel));
                return 0;
            }
            int faults = report(wheel, WheelCheck.check(wheel, request.maxSize()));
            if (faults == 0) {
                last.remember();
            }
            return faults;
        }
        return report(wheel, WheelCheck.check(wheel, request.maxSize()));
    }

    private int report(Path wheel, WheelCheck.Outcome outcome) {
        outcome.faults().forEach(fault -> events.tell(new Wrong(wheel, fault)));
        if (outcome.faults().isEmpty()) {
            events.tell(new Right(wheel, outcome));
        }
        return outcome.faults().size();
    }
}
