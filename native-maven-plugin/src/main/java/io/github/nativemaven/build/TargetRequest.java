package io.github.nativemaven.build;

import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Python;
import java.util.List;

/**
 * One target of a plan.
 *
 * @param tools with what is built for it
 * @param pythons for whom, each of another ABI; may be empty where nothing is compiled for a Python
 */
public record TargetRequest(TargetTools tools, List<? extends Python> pythons) {
    public TargetRequest {
        pythons = List.copyOf(pythons);
    }

    /** For the machine that the build runs on. */
    public static TargetRequest ofHost(Project project, List<Interpreter> interpreters) {
        return new TargetRequest(TargetTools.usual(project.toolchain()), interpreters);
    }
}
