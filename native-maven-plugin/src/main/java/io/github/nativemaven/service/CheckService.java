package io.github.nativemaven.service;

import io.github.nativemaven.check.Fault;
import io.github.nativemaven.check.RunsOn;
import io.github.nativemaven.check.WheelCheck;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.wheel.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks at wheels, one after the other, and tells of each. */
public final class CheckService {
    private final Events events;

    CheckService(Events events) {
        this.events = events;
    }

    // In all events a wheel is its file's name, or its whole path where others have the same name.

    /** A wheel was right the last time, and hasn't changed since. */
    public record Unchanged(Path wheel) implements Event {}

    /** A wheel is right. */
    public record Right(Path wheel, WheelCheck.Outcome outcome) implements Event {}

    /** Something is wrong with a wheel. */
    public record Wrong(Path wheel, Fault fault) implements Event {}

    /**
     * More is wrong with a wheel, of kinds of which enough has been told.
     *
     * @param more how many faults
     */
    public record MoreWrong(Path wheel, int more) implements Event {}

    /** All that is wrong with a wheel has been told, and this is what its libraries run on. */
    public record Faulty(Path wheel, WheelCheck.Outcome outcome) implements Event {}

    /**
     * Nothing is wrong with several wheels.
     *
     * @param wheels how many
     */
    public record AllRight(int wheels) implements Event {}

    /** There are no wheels. */
    public record NothingToCheck() implements Event {}

    /**
     * Something is wrong with wheels; what, has been told.
     *
     * @param faults how many
     * @param wrong how many wheels have faults
     * @param wheels how many were looked at
     */
    public record Failed(int faults, int wrong, int wheels) implements Problem {}

    private static final int MOST_OF_A_KIND = 10;

    void run(CheckRequest request) throws IOException {
        int faults = 0;
        int wrong = 0;
        Set<Path> names = new HashSet<>();
        boolean alike = !request.wheels().stream().allMatch(wheel -> names.add(wheel.getFileName()));
        for (Path wheel : request.wheels()) {
            int found = look(request, wheel, alike ? wheel.normalize() : wheel.getFileName());
            faults += found;
            wrong += found > 0 ? 1 : 0;
        }
        if (request.wheels().isEmpty()) {
            events.tell(new NothingToCheck());
        }
        if (faults > 0) {
            throw new Failed(faults, wrong, request.wheels().size()).asFailure();
        }
        if (request.wheels().size() > 1) {
            events.tell(new AllRight(request.wheels().size()));
        }
    }

    private int look(CheckRequest request, Path wheel, Path shown) throws IOException {
        if (request.notes().isPresent() && Files.isRegularFile(wheel)) {
            Freshness last = Freshness.ofUse(
                    wheel,
                    request.notes().get().resolve(wheel.getFileName() + ".checked"),
                    "check 2 " + request.maxSize());
            if (last.isFresh()) {
                events.tell(new Unchanged(shown));
                return 0;
            }
            int faults = report(shown, WheelCheck.check(wheel, request.maxSize()));
            if (faults == 0) {
                last.remember();
            }
            return faults;
        }
        return report(shown, WheelCheck.check(wheel, request.maxSize()));
    }

    private int report(Path wheel, WheelCheck.Outcome outcome) {
        Map<Fault.Kind, Integer> told = new EnumMap<>(Fault.Kind.class);
        for (Fault fault : outcome.faults()) {
            if (told.merge(fault.kind(), 1, Integer::sum) <= MOST_OF_A_KIND) {
                events.tell(new Wrong(wheel, fault));
            }
        }
        int more = told.values().stream()
                .mapToInt(count -> Math.max(0, count - MOST_OF_A_KIND))
                .sum();
        if (more > 0) {
            events.tell(new MoreWrong(wheel, more));
        }
        if (outcome.faults().isEmpty()) {
            events.tell(new Right(wheel, outcome));
        } else if (!outcome.runsOn().equals(RunsOn.NONE)) {
            events.tell(new Faulty(wheel, outcome));
        }
        return outcome.faults().size();
    }
}
