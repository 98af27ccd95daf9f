package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Pythons that pyenv has installed, and what its shims stand for.
 *
 * <p>A shim is a shell script that takes a third of a second to decide which Python to start, by variables, the working
 * directory and files; the same is decided here, from the same sources, so that the Python itself can be asked.
 *
 * @see <a href="https://github.com/pyenv/pyenv/blob/master/README.md#understanding-python-version-selection">pyenv's
 *     version selection</a>
 */
final class Pyenv {
    private static final String LOCAL_FILE = ".python-version";
    private static final String SYSTEM = "system";

    private final Path root;
    private final Host host;

    private Pyenv(Path root, Host host) {
        this.root = root;
        this.host = host;
    }

    /** pyenv, where it is installed. */
    static Optional<Pyenv> of(Host host) {
        Stream<Path> named = Stream.of("PYENV_ROOT", "PYENV").flatMap(v -> host.variable(v).map(Path::of).stream());
        Path usual = host.home().resolve(".pyenv");
        return Stream.concat(named, Stream.of(usual, usual.resolve("pyenv-win")))
                .filter(directory -> Files.isDirectory(directory.resolve("versions")))
                .map(directory -> new Pyenv(directory, host))
                .findFirst();
    }

    /** The installed Pythons: name ({@code 3.11.7}, {@code pypy3.10-7.3.17}) and program, the newest first. */
    List<Installed> installed() {
        return names().stream()
                .flatMap(name -> program(name, "python").map(p -> new Installed(name, p)).stream())
                .toList();
    }

    /**
     * A Python of pyenv's.
     *
     * @param name the directory's name
     * @param program the interpreter
     */
    record Installed(String name, Path program) {}

    /** Whether a program is one of pyenv's shims, and not a Python. */
    boolean isShim(Path program) {
        try {
            return program.getParent() != null && Files.isSameFile(program.getParent(), root.resolve("shims"));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What a shim would start in a directory; empty where that is no Python of pyenv's, but one further along PATH, or
     * none.
     */
    Optional<Path> resolve(String shim, Path directory) {
        for (String wanted : selection(directory)) {
            Optional<Path> found =
                    wanted.equals(SYSTEM) ? Optional.empty() : version(wanted).flatMap(name -> program(name, shim));
            if (found.isPresent() || wanted.equals(SYSTEM)) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<String> selection(Path directory) {
        Optional<String> variable = host.variable("PYENV_VERSION");
        if (variable.isPresent()) {
            return Arrays.asList(variable.get().split(":"));
        }
        for (Path d = directory.toAbsolutePath(); d != null; d = d.getParent()) {
            if (Files.isRegularFile(d.resolve(LOCAL_FILE))) {
                return words(d.resolve(LOCAL_FILE));
            }
        }
        return words(root.resolve("version"));
    }

    private static List<String> words(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .flatMap(line -> Stream.of(line.split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(SYSTEM);
        }
    }

    /** The directory for what a user wrote: itself, or the newest that it begins. */
    private Optional<String> version(String wanted) {
        String plain = wanted.startsWith("python-") ? wanted.substring("python-".length()) : wanted;
        List<String> names = names();
        return Stream.of(wanted, plain).filter(names::contains).findFirst().or(() -> names.stream()
                .filter(n -> n.startsWith(plain + "."))
                .findFirst());
    }

    private Optional<Path> program(String name, String program) {
        Path directory = root.resolve("versions").resolve(name);
        return host.os() == OperatingSystem.WINDOWS
                ? host.which(directory.resolve(program).toString())
                : host.which(directory.resolve("bin").resolve(program).toString());
    }

    private List<String> names() {
        try (Stream<Path> directories = Files.list(root.resolve("versions"))) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted(Comparator.comparing(Pyenv::sortable).reversed())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A name with its numbers padded, so that 3.9 comes before 3.10. */
    private static String sortable(String name) {
        StringBuilder padded = new StringBuilder();
        for (String part : name.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
            padded.append(Character.isDigit(part.charAt(0)) ? "0".repeat(Math.max(0, 9 - part.length())) + part : part);
        }
        return padded.toString();
    }
}
