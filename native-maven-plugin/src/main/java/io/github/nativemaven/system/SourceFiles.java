package io.github.nativemaven.system;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files of a source tree: those that git doesn't ignore, or .gitignore files where git isn't used. */
public final class SourceFiles {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Set<String> NEVER =
            Set.of("__pycache__", ".git", ".hg", ".svn", "node_modules", ".venv", ".tox", ".mypy_cache");

    private final ProcessRunner processes;
    private final Links links;

    /**
     * @param processes runs git
     * @param links which links to directories are followed
     */
    public SourceFiles(ProcessRunner processes, Links links) {
        this.processes = processes;
        this.links = links;
    }

    /**
     * The files below a directory, sorted, as absolute paths. Links to files are files, links to nowhere nothing. What
     * belongs to a repository of its own, such as a submodule, is listed too.
     */
    public List<Path> list(Path directory) throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        add(directory, directory, files);
        return List.copyOf(files);
    }

    private void add(Path start, Path directory, Set<Path> files) throws IOException {
        Optional<List<Path>> known = ofGit(directory);
        if (known.isEmpty()) {
            walk(start, directory, files);
        } else {
            for (Path path : known.get()) {
                // Git names a file that was deleted, a link, and the directory of another repository.
                if (Files.isRegularFile(path)) {
                    files.add(path);
                } else if (Files.isDirectory(path) && !isMade(path) && links.follows(path, start)) {
                    add(start, path, files);
                }
            }
        }
    }

    private Optional<List<Path>> ofGit(Path directory) {
        try {
            ProcessRunner.Result result = git(directory, "ls-files", "-z", "-co", "--exclude-standard");
            if (!result.succeeded()) {
                return Optional.empty();
            }
            List<Path> paths = Arrays.stream(result.output().split("\0"))
                    // The last name is followed by a zero, and that by the end of the only line.
                    .filter(name -> !name.equals("\n") && !name.isEmpty())
                    .map(directory::resolve)
                    .toList();
            boolean ignored =
                    paths.isEmpty() && git(directory, "check-ignore", "-q", ".").succeeded();
            return ignored ? Optional.empty() : Optional.of(paths);
        } catch (BuildFailure e) {
            return Optional.empty();
        }
    }

    /** Hooks of git have variables that name the repository, and would mislead it here. */
    private ProcessRunner.Result git(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>();
        List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
                .forEach(name -> environment.put(name, null));
        return processes.capture(new Command(command, directory, environment), LIMIT);
    }

    private void walk(Path start, Path directory, Set<Path> files) throws IOException {
        IgnoreFiles ignored = IgnoreFiles.of(directory);
        Files.walkFileTree(
                directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                            throws IOException {
                        return !visited.equals(directory)
                                        && (isMade(visited)
                                                || ignored.ignores(visited, true)
                                                || !links.follows(visited, start))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && !ignored.ignores(file, false)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                        if (e instanceof FileSystemLoopException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
    }

    /** Whether a directory is one that programs make, and no source: also by the marks of caches and environments. */
    public static boolean isMade(Path directory) {
        return NEVER.contains(directory.getFileName().toString())
                || Files.exists(directory.resolve("CACHEDIR.TAG"))
                || Files.exists(directory.resolve("pyvenv.cfg"));
    }
}
