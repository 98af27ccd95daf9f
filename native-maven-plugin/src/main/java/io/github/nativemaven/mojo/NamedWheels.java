package io.github.nativemaven.mojo;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The wheels that a user names: files, directories, and patterns, which no shell expands within {@code -Drust.files=}. */
final class NamedWheels {
    private static final String WHEELS = "*.whl";

    private NamedWheels() {}

    /**
     * Finds them. What is no pattern, and no directory with wheels, is taken as it is named, whether it is there or not.
     *
     * @param base what relative names are relative to
     */
    static List<Path> find(Path base, Setting<List<String>> files) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String file : files.value()) {
            int last = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
            boolean isPattern = file.indexOf('*', last) >= 0 || file.indexOf('?', last) >= 0;
            Path path = base.resolve(isPattern ? file.substring(0, last) : file);
            List<Path> matching = in(path, isPattern ? file.substring(last) : WHEELS);
            if (matching.isEmpty() && isPattern) {
                throw new ProjectProblem.InvalidSetting(
                                new Setting<>(file, files.origin()), "no file in " + path + " matches")
                        .asFailure();
            }
            if (matching.isEmpty()) {
                found.add(path);
            }
            found.addAll(matching);
        }
        return found;
    }

    /** The wheels of a directory, in order; none where it isn't there. */
    static List<Path> in(Path directory) throws IOException {
        return in(directory, WHEELS);
    }

    private static List<Path> in(Path directory, String pattern) throws IOException {
        List<Path> wheels = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
                files.forEach(wheels::add);
            }
        }
        Collections.sort(wheels);
        return wheels;
    }
}
