package io.github.nativemaven.cargo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one run of cargo did.
 *
 * @param exitCode cargo's exit code, 0 for success
 * @param artifacts every target that was compiled or found fresh, in cargo's order
 * @param outDirectories where each package's build script wrote, by package id
 * @param libraryDirectories where build scripts told the linker to look for libraries, each once, in cargo's order
 * @param errors how many errors the compiler reported
 * @param failedPackages the packages that it reported them in, by cargo's id
 * @param lastWords cargo's own last lines of standard error, for when there is no diagnostic
 * @param time how long it ran
 */
public record CargoOutcome(
        int exitCode,
        List<Artifact> artifacts,
        Map<String, Path> outDirectories,
        List<Path> libraryDirectories,
        int errors,
        Set<String> failedPackages,
        List<String> lastWords,
        Duration time) {

    /**
     * A compiled target.
     *
     * @param packageId cargo's id of its package
     * @param target its name
     * @param kinds its kinds, such as {@code cdylib} or {@code bin}
     * @param files what was written
     * @param executable the program, for a binary or a test
     * @param test whether it was compiled with its tests in it
     * @param fresh whether it was up to date and not compiled
     */
    public record Artifact(
            String packageId,
            String target,
            List<String> kinds,
            List<Path> files,
            Optional<Path> executable,
            boolean test,
            boolean fresh) {}

    /** Whether cargo ended well. */
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** How many targets were compiled, and not fresh. */
    public int compiled() {
        return (int) artifacts.stream().filter(artifact -> !artifact.fresh()).count();
    }
}
