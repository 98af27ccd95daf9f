package io.github.nativemaven.platform;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The machine that the build runs on, as values, so that a test can be any machine.
 *
 * @param os its operating system
 * @param environment its environment variables; on Windows names are looked up without regard to case
 * @param home the user's home directory
 */
public record Host(OperatingSystem os, Map<String, String> environment, Path home) {

    public Host {
        Map<String, String> copy =
                os == OperatingSystem.WINDOWS ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new TreeMap<>();
        copy.putAll(environment);
        environment = Collections.unmodifiableMap(copy);
    }

    /** The machine that this JVM runs on. */
    public static Host current() {
        return new Host(
                OperatingSystem.ofJvm(System.getProperty("os.name")),
                System.getenv(),
                Path.of(System.getProperty("user.home")));
    }

    /** An environment variable; one that is empty counts as unset. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The directories of PATH, in order. */
    public List<Path> searchPath() {
        return directories("PATH");
    }

    /** The directories that an environment variable lists, in order. */
    public List<Path> directories(String name) {
        List<Path> directories = new ArrayList<>();
        for (String part : variable(name).orElse("").split(os == OperatingSystem.WINDOWS ? ";" : ":")) {
            try {
                if (!part.isBlank()) {
                    directories.add(Path.of(part));
                }
            } catch (InvalidPathException e) {
                // A broken entry hides no program.
            }
        }
        return directories;
    }

    /**
     * The directories of {@code LD_LIBRARY_PATH} and {@code DYLD_LIBRARY_PATH}, on Windows of {@code PATH} besides: what is
     * built needn't be for this machine's system.
     */
    public List<Path> libraryPath() {
        List<Path> directories = new ArrayList<>(directories("LD_LIBRARY_PATH"));
        directories.addAll(directories("DYLD_LIBRARY_PATH"));
        if (os == OperatingSystem.WINDOWS) {
            directories.addAll(searchPath());
        }
        return directories;
    }

    /** The program as a shell would find it: a path is taken as it is, a bare name is searched on PATH. */
    public Optional<Path> which(String program) {
        if (program.contains("/") || os == OperatingSystem.WINDOWS && program.contains("\\")) {
            return executable(Path.of(program));
        }
        return searchPath().stream()
                .flatMap(directory -> executable(directory.resolve(program)).stream())
                .findFirst();
    }

    private Optional<Path> executable(Path path) {
        if (os == OperatingSystem.WINDOWS) {
            for (String extension : List.of("", ".exe", ".cmd", ".bat")) {
                Path candidate = path.resolveSibling(path.getFileName() + extension);
                if (Files.isRegularFile(candidate) && !(extension.isEmpty() && !hasExtension(path))) {
                    return Optional.of(candidate);
                }
            }
            return Optional.empty();
        }
        return Files.isRegularFile(path) && Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
    }

    private static boolean hasExtension(Path path) {
        return path.getFileName().toString().contains(".");
    }
}
