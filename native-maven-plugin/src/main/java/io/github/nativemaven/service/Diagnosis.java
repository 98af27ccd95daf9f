package io.github.nativemaven.service;

import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.TargetTools;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is there, what is missing, and what would be built.
 *
 * @param cargo the cargo that would run
 * @param toolchain the Rust tools
 * @param interpreters every Python that was found
 * @param environment where a development install would go
 * @param targets the targets that were asked for, with what they would be built with
 * @param plan what would be built; missing without a project
 * @param wheels the wheels that the plan makes, with {@code *} for what only the built library can tell
 */
public record Diagnosis(
        Finding<CargoProgram> cargo,
        Finding<Cargo.Toolchain> toolchain,
        List<Interpreter> interpreters,
        Finding<VirtualEnvironment> environment,
        List<Target> targets,
        Optional<Finding<Plan>> plan,
        List<String> wheels) {

    /** A target and its tools. */
    public record Target(TargetTriple target, Finding<TargetTools> tools) {}

    /** cargo and what it says of its version. */
    public record CargoProgram(Path program, String version) {}

    /**
     * Something that was looked for.
     *
     * @param value what was found
     * @param failure why it wasn't
     */
    public record Finding<T>(Optional<T> value, Optional<BuildFailure> failure) {
        static <T> Finding<T> of(Supplier<T> search) {
            try {
                return new Finding<>(Optional.of(search.get()), Optional.empty());
            } catch (BuildFailure e) {
                return new Finding<>(Optional.empty(), Optional.of(e));
            }
        }
    }
}
