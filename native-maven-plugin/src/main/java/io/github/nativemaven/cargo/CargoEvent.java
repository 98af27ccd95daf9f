package io.github.nativemaven.cargo;

import io.github.nativemaven.system.Event;

/** What happens while cargo runs. */
public sealed interface CargoEvent extends Event {
    /** Which run this is about, as {@link CargoCall#label()}. */
    String label();

    /**
     * A line of cargo's own: {@code Compiling pyo3 v0.28.3}.
     *
     * @param line as cargo wrote it, with its colours if it was asked for them
     */
    record Said(String label, String line) implements CargoEvent {}

    /**
     * How far cargo is.
     *
     * @param done units of work that are done
     * @param total units of work in all
     * @param current what is being compiled
     */
    record Progress(String label, int done, int total, String current) implements CargoEvent {}

    /**
     * What the compiler has to say.
     *
     * @param level how bad it is
     * @param rendered as rustc shows it to a person, several lines
     */
    record Diagnostic(String label, Level level, String rendered) implements CargoEvent {}

    /** The run is over. */
    record Finished(String label) implements CargoEvent {}

    /** How bad a diagnostic is. */
    enum Level {
        ERROR,
        WARNING,
        NOTE
    }
}
