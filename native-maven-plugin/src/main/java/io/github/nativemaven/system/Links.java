package io.github.nativemaven.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which links to directories are followed where a project's files are gathered: those that stay in the project's
 * repository, or, without one, in the project, and lead neither back to where they are in nor on from another link.
 * Anything else could bring in a whole disk, or the same files without end. Links to files are files.
 */
public final class Links {
    private final Path project;
    private final Events events;

    /**
     * @param project the project's directory
     * @param events told of links that lead out of the project
     */
    public Links(Path project, Events events) {
        this.project = project;
        this.events = events;
    }

    /**
     * Whether the files of a directory are gathered.
     *
     * @param directory a directory, a link to one or not
     * @param start where the gathering began; whatever it is, it is gathered
     */
    public boolean follows(Path directory, Path start) throws IOException {
        if (directory.equals(start) || !Files.isSymbolicLink(directory)) {
            return true;
        }
        Path target = directory.toRealPath();
        boolean back = directory.getParent().toRealPath().startsWith(target);
        if (back || isLinked(directory.getParent(), start)) {
            return false;
        }
        boolean inside = target.startsWith(boundary(project.toRealPath())) || target.startsWith(start.toRealPath());
        if (!inside) {
            events.tell(new Events.Warning(directory + " is a link to " + target
                    + ", which lies outside of the project: its files are left out. Copy them, if they belong to it."));
        }
        return inside;
    }

    /** Whether a file's directories, from where the gathering began, are all followed. */
    public boolean reach(Path file, Path start) throws IOException {
        for (Path above = file.getParent(); above != null && !above.equals(start); above = above.getParent()) {
            if (!follows(above, start)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLinked(Path directory, Path start) {
        for (Path above = directory; above != null && !above.equals(start); above = above.getParent()) {
            if (Files.isSymbolicLink(above)) {
                return true;
            }
        }
        return false;
    }

    private static Path boundary(Path project) {
        for (Path above = project; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"))) {
                return above;
            }
        }
        return project;
    }
}
