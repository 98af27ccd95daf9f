package io.github.nativemaven.service;

import io.github.nativemaven.build.TargetSettings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.ByteSize;
import io.github.nativemaven.wheel.WheelSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a goal that compiles is asked for.
 *
 * @param project the project
 * @param profile cargo's profile
 * @param interpreters words that ask for interpreters; none for the usual one
 * @param targets what the user wants of targets
 * @param buildDirectory where build directories lie; empty for their place below the output directory
 * @param cache what rustc is called through
 * @param cacheLimit how large all build directories may become; empty for any size
 * @param wheel how wheels are packed
 */
public record BuildRequest(
        ProjectRequest project,
        Setting<String> profile,
        Setting<List<String>> interpreters,
        TargetSettings targets,
        Optional<Path> buildDirectory,
        Optional<CacheRequest> cache,
        Optional<ByteSize> cacheLimit,
        WheelSettings wheel) {
    /** The same with everything that is made in another directory. */
    BuildRequest in(Path outputDirectory) {
        ProjectRequest elsewhere = project.in(outputDirectory);
        return new BuildRequest(
                elsewhere, profile, interpreters, targets, Optional.empty(), Optional.empty(), Optional.empty(), wheel);
    }

    /** The same with another profile, unless one was set. */
    BuildRequest withProfile(Supplier<Optional<Setting<String>>> other) {
        Optional<Setting<String>> found = profile.isSet() ? Optional.empty() : other.get();
        return new BuildRequest(
                project, found.orElse(profile), interpreters, targets, buildDirectory, cache, cacheLimit, wheel);
    }

    /** The same with the targets that cargo is configured for, where none are set. */
    BuildRequest orConfigured(Project resolved) {
        TargetSettings found = targets.orConfigured(resolved.toolchain());
        return new BuildRequest(project, profile, interpreters, found, buildDirectory, cache, cacheLimit, wheel);
    }

    /** The same for one interpreter. */
    BuildRequest withInterpreter(Interpreter interpreter) {
        Setting<List<String>> one =
                new Setting<>(List.of(interpreter.executable().toString()), interpreters.origin());
        return new BuildRequest(project, profile, one, targets, buildDirectory, cache, cacheLimit, wheel);
    }
}
