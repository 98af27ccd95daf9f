package io.github.nativemaven.install;

import io.github.nativemaven.python.InstallScheme;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.VirtualEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directories of an environment without symbolic links, so that one file has one name: some systems make
 * {@code lib64} a link to {@code lib}.
 *
 * @param windows whether the environment is one on Windows
 */
record Sites(Path purelib, Path platlib, Path scripts, Path data, Path headers, Path prefix, boolean windows) {

    static Sites of(VirtualEnvironment environment) {
        Interpreter interpreter = environment.interpreter();
        InstallScheme scheme = interpreter.scheme();
        return new Sites(
                real(scheme.purelib()),
                real(scheme.platlib()),
                real(scheme.scripts()),
                real(scheme.data()),
                real(scheme.headers()),
                real(interpreter.prefix()),
                "nt".equals(interpreter.markers().get("os_name")));
    }

    /** The directories themselves, which stay when they become empty. */
    Set<Path> roots() {
        return new HashSet<>(List.of(purelib, platlib, scripts, data, headers, prefix));
    }

    /** A path that need not exist: its nearest ancestor that does is resolved. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path p = absolute; p != null; p = p.getParent()) {
            try {
                return p.toRealPath().resolve(p.relativize(absolute)).normalize();
            } catch (IOException e) {
                // Not there: its parent may be.
            }
        }
        return absolute;
    }
}
