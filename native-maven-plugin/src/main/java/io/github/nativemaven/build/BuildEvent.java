package io.github.nativemaven.build;

import io.github.nativemaven.system.ByteSize;
import io.github.nativemaven.system.Event;
import java.nio.file.Path;

/** What happens while units are built. */
public sealed interface BuildEvent extends Event {
    /** A unit starts. */
    record Started(Unit unit) implements BuildEvent {}

    /**
     * A unit's new directory was filled from a sibling's.
     *
     * @param from the sibling
     */
    record Seeded(Unit unit, Path from) implements BuildEvent {}

    /**
     * A unit's new directory could not be filled from a sibling's: everything is compiled.
     *
     * @param from the sibling
     * @param reason what the system said
     */
    record NotSeeded(Path directory, Path from, String reason) implements BuildEvent {}

    /**
     * A build directory that nobody has used for long was emptied.
     *
     * @param bytes how much was in it
     * @param limit how much all of them may have
     */
    record Emptied(Path directory, long bytes, ByteSize limit) implements BuildEvent {}

    /** A unit is built. */
    record Built(UnitResult result) implements BuildEvent {}
}
