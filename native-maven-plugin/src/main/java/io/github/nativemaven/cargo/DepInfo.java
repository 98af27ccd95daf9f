package io.github.nativemaven.cargo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What cargo read to make a library or program: its own sources and those of the crates that lie in a directory, what they
 * include, and what their build scripts ask to be run again for.
 *
 * @param inputs files, and directories all of whose files count; absolute, sorted
 * @see <a href="https://doc.rust-lang.org/cargo/reference/build-cache.html#dep-info-files">dep-info files</a>
 */
public record DepInfo(Set<Path> inputs) {
    private static final String SUFFIX = ".d";

    public DepInfo {
        inputs = Collections.unmodifiableSet(new TreeSet<>(inputs));
    }

    /**
     * Reads the file that cargo wrote beside what it made.
     *
     * @param made a library or program, as cargo named it
     * @param directory what relative paths are taken from
     * @return nothing where there is no such file
     */
    public static DepInfo of(Path made, Path directory) throws IOException {
        String name = made.getFileName().toString();
        int dot = name.lastIndexOf('.');
        Path file = made.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + SUFFIX);
        return Files.isRegularFile(file)
                ? parse(Files.readString(file, StandardCharsets.UTF_8), directory)
                : new DepInfo(Set.of());
    }

    /** Reads rules as make has them: what is made, a colon, and what of, where a space in a name is {@code \ }. */
    static DepInfo parse(String text, Path directory) {
        Set<Path> inputs = new TreeSet<>();
        for (String line : text.split("\\R")) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                words(line.substring(colon + 2))
                        .forEach(word -> path(directory, word).ifPresent(inputs::add));
            }
        }
        return new DepInfo(inputs);
    }

    /** Empty for what names no file on this system: a macro may say that it read anything. */
    private static Optional<Path> path(Path directory, String word) {
        try {
            return Optional.of(directory.resolve(word).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (word.length() > 0) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else if (text.startsWith("\\ ", i)) {
                word.append(' ');
                i++;
            } else {
                word.append(text.charAt(i));
            }
        }
        return words;
    }
}
