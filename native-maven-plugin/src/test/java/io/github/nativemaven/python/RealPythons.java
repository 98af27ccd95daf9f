package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/** The Pythons of the machine that runs the tests, and machines made up around them. */
public final class RealPythons {
    private static final Path CACHE = Path.of("target", "interpreters").toAbsolutePath();

    /** JUnit warns of each link of an environment to its Python when it removes a temporary directory. */
    private static final Logger TEMPORARY_DIRECTORIES =
            Logger.getLogger("org.junit.jupiter.api.io.TempDirDeletionStrategy$Standard");

    static {
        TEMPORARY_DIRECTORIES.setLevel(Level.SEVERE);
    }

    private RealPythons() {}

    /** This machine without an active environment. */
    public static Host host() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "PYO3_PYTHON", "PYENV_VERSION", "_PYTHON_HOST_PLATFORM")
                .forEach(environment::remove);
        return new Host(Host.current().os(), environment, Host.current().home());
    }

    /** A Linux machine with nothing but these variables. */
    public static Host host(Path home, Map<String, String> environment) {
        return new Host(OperatingSystem.LINUX, environment, home);
    }

    public static InterpreterProbe probe() {
        return new InterpreterProbe(CACHE, host(), new ProcessRunner(Events.ignored()));
    }

    /** Every Python of this machine that is supported and is no environment, the oldest first; at least one. */
    public static List<Interpreter> all() {
        List<Interpreter> all = new InterpreterSearch(
                        host(), CACHE, probe(), new ProcessRunner(Events.ignored()), Events.ignored())
                .known().stream().filter(i -> !i.isVirtual()).toList();
        if (all.isEmpty()) {
            throw new IllegalStateException("the tests need a Python 3.7 or later on the PATH or in pyenv");
        }
        return all;
    }

    /** The newest one. */
    public static Interpreter newest() {
        List<Interpreter> all = all();
        return all.get(all.size() - 1);
    }

    /** The newest one that can make an environment with pip; without one the test is skipped. */
    public static Interpreter newestWithEnsurepip() {
        List<Interpreter> all = all().stream().filter(Interpreter::hasEnsurepip).toList();
        Assumptions.assumeFalse(all.isEmpty(), "no Python here has ensurepip (Debian: python3-venv)");
        return all.get(all.size() - 1);
    }
}
