package io.github.nativemaven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small trees of files. */
public final class Trees {
    private Trees() {}

    /** Writes files: a path with {@code /} and the text, a path and the text, and so on. */
    public static Path write(Path directory, String... pathsAndTexts) {
        try {
            for (int i = 0; i < pathsAndTexts.length; i += 2) {
                Path file = directory.resolve(pathsAndTexts[i]);
                Files.createDirectories(file.getParent());
                Files.writeString(file, pathsAndTexts[i + 1]);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes files, each with its own path as text. */
    public static Path touch(Path directory, String... paths) {
        for (String path : paths) {
            write(directory, path, path);
        }
        return directory;
    }

    /** A path below a directory, with {@code /}. */
    public static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace(File.separatorChar, '/');
    }
}
