package io.github.nativemaven.system;

/** Where events go. Called from several threads. */
@FunctionalInterface
public interface Events {
    /** Takes one event. Returns quickly, and throws nothing. */
    void tell(Event event);

    /** Events that nobody listens to. */
    static Events ignored() {
        return event -> {};
    }

    /**
     * A remark that doesn't stop the build.
     *
     * @param text a whole sentence that names the file or setting, and what to do
     */
    record Warning(String text) implements Event {}

    /**
     * Something that only somebody who looks for a fault wants to know.
     *
     * @param text one line
     */
    record Detail(String text) implements Event {}
}
