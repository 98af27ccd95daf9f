package io.github.nativemaven.build;

import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plan is asked for.
 *
 * @param project of what
 * @param profile cargo's profile
 * @param targets for which targets, each once, and for whom there; at least one
 * @param buildDirectory where build directories lie; empty for their place below the output directory
 */
public record PlanRequest(
        Project project, Setting<String> profile, Optional<Path> buildDirectory, List<TargetRequest> targets) {
    /**
     * For the machine that the build runs on.
     *
     * @param interpreters for whom, each of another ABI; may be empty where nothing is compiled for a Python
     */
    public PlanRequest(
            Project project, Setting<String> profile, List<Interpreter> interpreters, Optional<Path> buildDirectory) {
        this(
                project,
                profile,
                buildDirectory,
                List.of(new TargetRequest(TargetTools.usual(project.toolchain().host()), interpreters)));
    }

    /** Where build directories lie. */
    public static Path buildDirectory(Project project, Optional<Path> configured) {
        return configured.orElse(project.outputDirectory().resolve("rust"));
    }
}
