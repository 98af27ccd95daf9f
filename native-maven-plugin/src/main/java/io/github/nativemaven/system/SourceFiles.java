package io.github.nativemaven.system;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of a source tree: those that git doesn't ignore, or all where git isn't used. */
public final class SourceFiles {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Set<String> NEVER =
            Set.of("__pycache__", ".git", ".hg", ".svn", "target", "node_modules", ".venv", ".tox", ".mypy_cache");

    private final ProcessRunner processes;

    /** @param processes runs git */
    public SourceFiles(ProcessRunner processes) {
        this.processes = processes;
    }

    /** The files below a directory, sorted, as absolute paths. Symbolic links are followed. */
    public List<Path> list(Path directory) throws IOException {
        Optional<List<Path>> known = ofGit(directory);
        return known.isPresent() ? known.get() : walk(directory);
    }

    private Optional<List<Path>> ofGit(Path directory) {
        try {
            ProcessRunner.Result result = processes.capture(
                    Command.of(directory, "git", "ls-files", "-z", "-co", "--exclude-standard"), LIMIT);
            return result.succeeded()
                    ? Optional.of(Arrays.stream(result.output().strip().split("\0"))
                            .filter(name -> !name.isBlank())
                            .map(directory::resolve)
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList())
                    : Optional.empty();
        } catch (BuildFailure e) {
            return Optional.empty();
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                        boolean skipped = !visited.equals(directory)
                                && (NEVER.contains(visited.getFileName().toString())
                                        || Files.exists(visited.resolve("pyvenv.cfg")));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }
}
