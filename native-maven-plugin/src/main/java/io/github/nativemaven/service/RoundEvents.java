package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildEvent;
import io.github.nativemaven.cargo.CargoEvent;
import io.github.nativemaven.install.InstallEvent;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;

/** Leaves out what is of interest once, and not at each change of a file: a round is one line. */
final class RoundEvents implements Events {
    private final Events events;

    RoundEvents(Events events) {
        this.events = events;
    }

    @Override
    public void tell(Event event) {
        boolean routine = event instanceof CompileService.Planned
                || event instanceof BuildEvent
                || event instanceof CargoEvent.Said
                || event instanceof InstallEvent.Removing
                || event instanceof DevelopService.Developed;
        if (!routine) {
            events.tell(event);
        }
    }
}
