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
 * @param interpreters for whom, each of another ABI; may be empty where nothing is compiled for a Python
 * @param buildDirectory where build directories lie; empty for their place below the output directory
 */
public record PlanRequest(
        Project project, Setting<String> profile, List<Interpreter> interpreters, Optional<Path> buildDirectory) {}
