package io.github.nativemaven.build;

import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a plan is asked for.
 *
 * @param project of what
 * @param profile cargo's profile
 * @param interpreters for whom, each of another ABI; may be empty where nothing is compiled for a Python
 * @param buildDirectory where build directories lie; empty for their place below the output directory
 * @param withoutStableAbi the features that leave the stable ABI away, where there are any; asked for only where a
 *     Python is too old for it
 */
public record PlanRequest(
        Project project,
        Setting<String> profile,
        List<Interpreter> interpreters,
        Optional<Path> buildDirectory,
        Supplier<Optional<List<String>>> withoutStableAbi) {
    /** For Pythons that all have the stable ABI which the project asks for. */
    public PlanRequest(
            Project project, Setting<String> profile, List<Interpreter> interpreters, Optional<Path> buildDirectory) {
        this(project, profile, interpreters, buildDirectory, Optional::empty);
    }

    /** The same for other Pythons. */
    PlanRequest with(List<Interpreter> others) {
        return new PlanRequest(project, profile, others, buildDirectory, withoutStableAbi);
    }
}
