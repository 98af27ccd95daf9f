package io.github.nativemaven;

import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import java.util.ArrayList;
import java.util.List;

/** Events that are kept, to be looked at. */
public final class RecordedEvents implements Events {
    private final List<Event> all = new ArrayList<>();

    @Override
    public synchronized void tell(Event event) {
        all.add(event);
    }

    /** Those of a type, in the order in which they were told. */
    public synchronized <E extends Event> List<E> of(Class<E> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
