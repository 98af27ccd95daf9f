package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A directory with a Python of its own, into which distributions are installed: made by {@code venv}, virtualenv, uv or
 * conda.
 *
 * @param root the directory, absolute
 * @param interpreter its Python
 */
public record VirtualEnvironment(Path root, Interpreter interpreter) {

    /** Whether a directory says that it's an environment: by {@code pyvenv.cfg} (PEP 405), or by {@code conda-meta}. */
    static boolean isMarked(Path root) {
        return Files.isRegularFile(root.resolve(EnvironmentFile.NAME)) || Files.isDirectory(root.resolve("conda-meta"));
    }

    /** The Python in an environment's directory, where there is one. */
    static Optional<Path> program(Path root, Host host) {
        List<String> places = host.os() == OperatingSystem.WINDOWS
                ? List.of("Scripts/python.exe", "python.exe", "bin/python.exe")
                : List.of("bin/python", "bin/python3", "bin/pypy3");
        return places.stream().map(root::resolve).filter(Files::isRegularFile).findFirst();
    }
}
