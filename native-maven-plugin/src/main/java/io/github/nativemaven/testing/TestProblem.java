package io.github.nativemaven.testing;

import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.List;

/** Causes for which tests fail, or can't be run. */
public sealed interface TestProblem extends Problem {
    /**
     * Tests failed.
     *
     * @param names their names
     * @param total how many there were
     * @param reports the directory of the reports
     */
    record Failed(List<String> names, int total, Path reports) implements TestProblem {}

    /**
     * The tests of a crate don't compile.
     *
     * @param errors how many errors the compiler reported
     * @param lastWords the end of what cargo printed
     */
    record NotCompiled(String crate, int errors, List<String> lastWords) implements TestProblem {}

    /** A Rust test can't be linked, because the interpreter has no library and this system can't do without. */
    record NoPythonLibrary(Interpreter interpreter) implements TestProblem {}

    /**
     * The run of the Python tests broke off.
     *
     * @param title what ran
     * @param exitCode of the interpreter
     * @param lastLines of its output
     */
    record BrokenOff(String title, int exitCode, List<String> lastLines) implements TestProblem {}
}
