package io.github.nativemaven.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import nl.basjes.gitignore.GitIgnore;

/**
 * What {@code .gitignore} files say where git isn't there to be asked: those of a directory and of the directories
 * above, up to one that is a repository's or a project's root.
 *
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
final class IgnoreFiles {
    private static final String NAME = ".gitignore";

    private final Path root;
    private final Map<Path, Optional<GitIgnore>> read = new HashMap<>();

    private IgnoreFiles(Path root) {
        this.root = root;
    }

    /** The files that rule in a directory: from the nearest directory above that has the look of a root. */
    static IgnoreFiles of(Path directory) {
        Path start = directory.toAbsolutePath().normalize();
        Path root = start;
        for (Path above = start; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(NAME))) {
                root = above;
            }
            if (Files.exists(above.resolve("pom.xml")) || Files.exists(above.resolve("pyproject.toml"))) {
                break;
            }
        }
        IgnoreFiles files = new IgnoreFiles(root);
        for (Path above = start; !above.equals(root); above = above.getParent()) {
            // Whoever lists an ignored directory wants to see it all the same.
            if (files.ignores(above, true)) {
                return new IgnoreFiles(start);
            }
        }
        return files;
    }

    /** Whether the file or directory is ignored; the .gitignore nearest to it has the last word. */
    boolean ignores(Path path, boolean directory) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!absolute.startsWith(root) || absolute.equals(root)) {
            return false;
        }
        Deque<Path> parents = new ArrayDeque<>();
        for (Path parent = absolute.getParent(); parent.startsWith(root); parent = parent.getParent()) {
            parents.addLast(parent);
        }
        for (Path parent : parents) {
            String relative = parent.relativize(absolute).toString().replace('\\', '/') + (directory ? "/" : "");
            Boolean ignored = rules(parent)
                    .map(rules -> rules.isIgnoredFile("/" + relative))
                    .orElse(null);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    private Optional<GitIgnore> rules(Path directory) {
        return read.computeIfAbsent(directory, key -> {
            Path file = key.resolve(NAME);
            try {
                return Files.isRegularFile(file) ? Optional.of(rules(Files.readString(file))) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /** As git has it: a line that is no pattern, as one with a bracket that nothing closes, ignores nothing. */
    private static GitIgnore rules(String text) {
        try {
            return new GitIgnore("/", text);
        } catch (PatternSyntaxException e) {
            return new GitIgnore("/", text.lines().filter(IgnoreFiles::isRule).collect(Collectors.joining("\n")));
        }
    }

    private static boolean isRule(String line) {
        try {
            return new GitIgnore("/", line) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
