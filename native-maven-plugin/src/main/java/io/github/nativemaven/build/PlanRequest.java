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
 * @param targets for which targets, each once, and for whom there; at least one
 * @param buildDirectory where build directories lie; empty for their place below the output directory
 * @param withoutStableAbi the features that leave the stable ABI away, where there are any; asked for only where a
 *     Python is too old for it
 */
public record PlanRequest(
        Project project,
        Setting<String> profile,
        List<TargetRequest> targets,
        Optional<Path> buildDirectory,
        Supplier<Optional<List<String>>> withoutStableAbi) {
    /**
     * For the machine that the build runs on, and for Pythons that all have the stable ABI which the project asks for.
     *
     * @param interpreters for whom, each of another ABI; may be empty where nothing is compiled for a Python
     */
    public PlanRequest(
            Project project, Setting<String> profile, List<Interpreter> interpreters, Optional<Path> buildDirectory) {
        this(project, profile, List.of(TargetRequest.ofHost(project, interpreters)), buildDirectory, Optional::empty);
    }

    /** The same for other targets. */
    PlanRequest with(List<TargetRequest> others) {
        return new PlanRequest(project, profile, others, buildDirectory, withoutStableAbi);
    }
}
