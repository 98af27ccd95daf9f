package io.github.nativemaven.service;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens while sources are watched. */
public sealed interface WatchEvent extends Event {
    /**
     * All is built, as far as it can be, and changes are waited for.
     *
     * @param projects how many projects
     * @param directories how many directories are watched
     */
    record Watching(int projects, int directories) implements WatchEvent {}

    /** A round starts: what was said of the last one may be said again. */
    record RoundStarted() implements WatchEvent {}

    /**
     * A changed library is in place.
     *
     * @param directory the project's directory
     * @param changed what had changed
     * @param result what cargo did
     * @param time from the last change to the library in its place
     * @param library where it is; nothing where the distribution was installed anew
     * @param reloadable whether a running Python can take it
     */
    record Installed(
            Path directory,
            List<Path> changed,
            Project project,
            VirtualEnvironment environment,
            UnitResult result,
            Duration time,
            Optional<Path> library,
            boolean reloadable)
            implements WatchEvent {}

    /**
     * Python source has changed that is used where it lies.
     *
     * @param directory the project's directory
     * @param changed what had changed
     */
    record PythonChanged(Path directory, List<Path> changed) implements WatchEvent {}

    /**
     * The POM has changed, of which Maven takes no notice any more.
     *
     * @param pom the POM
     */
    record PomChanged(Path pom) implements WatchEvent {}

    /**
     * A round has failed; what was installed before is in place.
     *
     * @param failure why
     */
    record RoundFailed(Path directory, List<Path> changed, BuildFailure failure) implements WatchEvent {}

    /**
     * A project's folder is gone: removed, or renamed.
     *
     * @param directory where it was
     */
    record FolderGone(Path directory) implements WatchEvent {}

    /**
     * Something that the operating system refused, or that should not have happened.
     *
     * @param cause what was thrown
     */
    record Unexpected(Exception cause) implements Problem {}
}
