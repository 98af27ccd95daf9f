package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The files that a project lays down for other places of an environment than its modules'.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory">the
 *     .data directory</a>
 */
public final class DataDirectory {
    private static final Set<String> PARTS = Set.of("data", "scripts", "headers", "purelib", "platlib");

    private DataDirectory() {}

    /**
     * A part of the data directory that has no place in an environment.
     *
     * @param file a file in it
     * @param part the part's name
     */
    public record UnknownData(Path file, String part) implements Problem {}

    /** Fails where a part has no place in an environment. */
    static void check(Path directory) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory)) {
            for (Path part : parts) {
                checkPart(part, part);
            }
        }
    }

    /** Files that only file managers and git see don't matter. */
    private static void checkPart(Path part, Path file) {
        String name = part.getFileName().toString();
        boolean hidden = name.startsWith(".") && Files.isRegularFile(part);
        if (!hidden && !(PARTS.contains(name) && Files.isDirectory(part))) {
            throw new UnknownData(file, name).asFailure();
        }
    }

    /** Adds all files, and fails as {@link #check} does. */
    static void addTo(Entries entries, WheelName name, Path directory, SourceFiles files) throws IOException {
        for (Path file : files.list(directory)) {
            Path relative = directory.relativize(file);
            checkPart(directory.resolve(relative.getName(0)), file);
            if (relative.getNameCount() == 1) {
                continue;
            }
            String path = name.data() + "/" + relative.toString().replace('\\', '/');
            entries.add(path, Content.of(file), Files.isExecutable(file), file.toString());
        }
    }
}
