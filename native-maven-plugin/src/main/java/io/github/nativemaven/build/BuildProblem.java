package io.github.nativemaven.build;

import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.List;

/** Causes for which a build fails. */
public sealed interface BuildProblem extends Problem {
    /**
     * The crate doesn't compile. The diagnostics have been told as events.
     *
     * @param crate the crate's name
     * @param manifest its Cargo.toml
     * @param label which unit
     * @param errors how many errors the compiler reported; 0 where it was cargo or a build script that failed
     * @param everywhere whether it fails for every Python in the same way
     * @param lastWords the end of what cargo printed
     */
    record CompilationFailed(
            String crate, Path manifest, String label, int errors, boolean everywhere, List<String> lastWords)
            implements BuildProblem {}

    /**
     * Some of several units failed.
     *
     * @param failures those, and why
     * @param untried those that were not begun, because they would have failed in the same way
     * @param built those that were built, and whose wheels are there
     */
    record UnitsFailed(List<BuildOutcome.Failed> failures, List<Unit> untried, List<UnitResult> built)
            implements BuildProblem {}

    /**
     * cargo ended well but named no library.
     *
     * @param crate the crate's name
     * @param label which unit
     */
    record NoLibrary(String crate, String label) implements BuildProblem {}

    /**
     * cargo ended well but named no program.
     *
     * @param program the program's name
     * @param manifest the crate's Cargo.toml
     */
    record NoProgram(String program, Path manifest) implements BuildProblem {}

    /**
     * A directory can't be written to.
     *
     * @param directory the directory
     * @param reason what the system said
     */
    record NotWritable(Path directory, String reason) implements BuildProblem {}
}
