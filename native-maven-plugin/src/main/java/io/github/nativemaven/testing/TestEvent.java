package io.github.nativemaven.testing;

import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.Event;

/** What happens while tests run. */
public sealed interface TestEvent extends Event {
    /** A suite has run. */
    record Ran(TestSuite suite) implements TestEvent {}

    /** All that is built runs on other machines only, and nothing is tested. */
    record NothingForThisMachine() implements TestEvent {}

    /** There are no Python tests to run. */
    record NoPythonTests() implements TestEvent {}

    /** Rust tests run inside the interpreter, because it has no library to link them with. */
    record InsideInterpreter(Interpreter interpreter) implements TestEvent {}
}
