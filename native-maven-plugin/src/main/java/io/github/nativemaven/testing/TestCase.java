package io.github.nativemaven.testing;

import java.time.Duration;

/**
 * One test and how it went.
 *
 * @param suite what it belongs to: a Rust module path or a Python module and class; may be empty
 * @param name its own name
 * @param status how it went
 * @param details what it said when it failed, or why it was skipped; may be empty
 * @param time how long it took; zero where that isn't known
 */
public record TestCase(String suite, String name, Status status, String details, Duration time) {
    /** How a test went. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** The name by which a person finds it. */
    public String fullName() {
        return suite.isEmpty() ? name : suite + "::" + name;
    }
}
