package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the environment that a development install goes into, and makes one. */
public final class VirtualEnvironments {
    /** In an environment that is being made, so that one whose making was cut off can be told from a whole one. */
    static final String UNFINISHED = AtomicFiles.ASIDE + "unfinished";

    private static final String LOCK = ".lock";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int LINES_SHOWN = 12;
    private static final int REMOVAL_ATTEMPTS = 20;
    private static final long REMOVAL_PAUSE_MILLIS = 50;

    private final Host host;
    private final InterpreterProbe probe;
    private final ProcessRunner runner;
    private final Events events;

    /** @param events told of a new environment, and where it had to be made without pip */
    public VirtualEnvironments(Host host, InterpreterProbe probe, ProcessRunner runner, Events events) {
        this.host = host;
        this.probe = probe;
        this.runner = runner;
        this.events = events;
    }

    /**
     * No environment is active, and none is in or above the project.
     *
     * @param projectDirectory where the search began
     */
    public record NoEnvironment(Path projectDirectory) implements Problem {}

    /**
     * Two environments are active.
     *
     * @param virtualEnv the value of {@code VIRTUAL_ENV}
     * @param condaPrefix the value of {@code CONDA_PREFIX}
     * @param condaName the value of {@code CONDA_DEFAULT_ENV}: {@code base} where conda activates itself in each shell;
     *     may be empty
     */
    public record TwoEnvironments(Path virtualEnv, Path condaPrefix, String condaName) implements Problem {}

    /** What named an environment. */
    public enum Origin {
        /** The user's setting. */
        SETTING,
        /** The variable {@code VIRTUAL_ENV}. */
        VIRTUAL_ENV,
        /** The variable {@code CONDA_PREFIX}. */
        CONDA_PREFIX,
        /** A {@code .venv} in the project's directory or above. */
        DIRECTORY
    }

    /** What is put into an environment that is made. */
    public enum Contents {
        /** pip, where the Python brings it along. It takes seconds. */
        WITH_PIP,
        /** Nothing but Python. */
        WITHOUT_PIP
    }

    /** What is wrong with a directory that should be an environment. */
    public enum Defect {
        /** There is nothing of this name. */
        MISSING,
        /** It's not a directory, or one that holds something else. */
        NO_ENVIRONMENT,
        /** Its Python is not there, or leads to one that has been removed. */
        NO_PYTHON,
        /** Its making was cut off. */
        UNFINISHED,
        /** It can't be made there: the directory above may not be written. */
        NOT_WRITABLE,
        /** Its Python installs elsewhere: it's the system's own, which is the package manager's or everybody's. */
        SYSTEM_PYTHON
    }

    /**
     * A directory that should be an environment, and is none that can be installed into.
     *
     * @param directory the directory
     * @param origin what named it
     * @param defect what is wrong with it
     */
    public record Unusable(Path directory, Origin origin, Defect defect) implements Problem {}

    /**
     * An environment that could not be made; nothing of it is left.
     *
     * @param directory where it should have been
     * @param base the Python that should have made it
     * @param said the last lines that it printed
     */
    public record NotMade(Path directory, Interpreter base, String said) implements Problem {}

    /**
     * An environment has been made.
     *
     * @param directory where
     * @param base from which Python
     * @param withPip whether pip is in it
     */
    public record Made(Path directory, Interpreter base, boolean withPip) implements Event {}

    /**
     * The environment that is asked for, else the active one, else the nearest {@code .venv}.
     *
     * @param asked a directory, a relative one taken from the project's; it wins over everything else
     * @param projectDirectory where the search for {@code .venv} begins, upwards
     * @throws BuildFailure with {@link NoEnvironment}, {@link TwoEnvironments}, {@link Unusable}, or a problem of its
     *     Python's
     */
    public VirtualEnvironment find(Optional<Path> asked, Path projectDirectory) {
        Path from = projectDirectory.toAbsolutePath();
        if (asked.isPresent()) {
            return check(from.resolve(asked.get()), Origin.SETTING);
        }
        Optional<Path> virtualEnv = host.variable("VIRTUAL_ENV").map(Path::of);
        Optional<Path> conda = host.variable("CONDA_PREFIX").map(Path::of);
        if (virtualEnv.isPresent() && conda.isPresent() && !same(virtualEnv.get(), conda.get())) {
            String name = host.variable("CONDA_DEFAULT_ENV").orElse("");
            throw new TwoEnvironments(virtualEnv.get(), conda.get(), name).asFailure();
        }
        return virtualEnv
                .map(root -> check(root, Origin.VIRTUAL_ENV))
                .or(() -> conda.map(root -> check(root, Origin.CONDA_PREFIX)))
                .or(() -> nearest(from).map(root -> check(root, Origin.DIRECTORY)))
                .orElseThrow(() -> new NoEnvironment(from).asFailure());
    }

    private static Optional<Path> nearest(Path from) {
        return Stream.iterate(from, directory -> directory != null, Path::getParent)
                .map(directory -> directory.resolve(".venv"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static boolean same(Path a, Path b) {
        try {
            return a.equals(b) || Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    private VirtualEnvironment check(Path directory, Origin origin) {
        Path root = directory.toAbsolutePath().normalize();
        if (!Files.exists(root)) {
            throw new Unusable(root, origin, Defect.MISSING).asFailure();
        }
        if (Files.exists(root.resolve(UNFINISHED))) {
            throw new Unusable(root, origin, Defect.UNFINISHED).asFailure();
        }
        Optional<Path> program = VirtualEnvironment.program(root, host);
        if (!VirtualEnvironment.isMarked(root)) {
            Defect defect = program.isPresent() ? Defect.SYSTEM_PYTHON : Defect.NO_ENVIRONMENT;
            throw new Unusable(root, origin, defect).asFailure();
        }
        Interpreter interpreter =
                probe.probe(program.orElseThrow(() -> new Unusable(root, origin, Defect.NO_PYTHON).asFailure()));
        if (!same(interpreter.prefix(), root) || interpreter.isExternallyManaged()) {
            throw new Unusable(root, origin, Defect.SYSTEM_PYTHON).asFailure();
        }
        return new VirtualEnvironment(root, interpreter);
    }

    /**
     * The environment in a directory; it is made where there is nothing, or only what an earlier attempt has left.
     *
     * @param directory where it shall be
     * @param base the Python to make it from; asked for only when it is needed
     * @throws BuildFailure with {@link NotMade} or {@link Unusable}, and then nothing of the environment is left
     */
    public VirtualEnvironment findOrCreate(Path directory, Supplier<Interpreter> base) {
        return findOrCreate(directory, Contents.WITH_PIP, base);
    }

    /** As the other method, with or without pip where it is made. */
    public VirtualEnvironment findOrCreate(Path directory, Contents contents, Supplier<Interpreter> base) {
        Path root = directory.toAbsolutePath().normalize();
        if (!isVacant(root)) {
            return check(root, Origin.SETTING);
        }
        return create(root, contents, base.get());
    }

    /**
     * Makes an environment, with pip where the Python can do that.
     *
     * @param directory where it shall be: a directory that is empty or isn't there
     * @param base the Python to make it from
     * @throws BuildFailure with {@link NotMade} or {@link Unusable}, and then nothing of the environment is left
     */
    public VirtualEnvironment create(Path directory, Interpreter base) {
        return create(directory, Contents.WITH_PIP, base);
    }

    private VirtualEnvironment create(Path directory, Contents contents, Interpreter base) {
        Path root = directory.toAbsolutePath().normalize();
        if (!isVacant(root)) {
            throw new Unusable(root, Origin.SETTING, Defect.NO_ENVIRONMENT).asFailure();
        }
        try {
            return createAlone(root, contents, base);
        } catch (AccessDeniedException e) {
            throw new Unusable(root, Origin.SETTING, Defect.NOT_WRITABLE).asFailure(e);
        } catch (IOException e) {
            throw new NotMade(root, base, String.valueOf(e.getMessage())).asFailure(e);
        }
    }

    private VirtualEnvironment createAlone(Path root, Contents contents, Interpreter base) throws IOException {
        DirectoryLock lock = DirectoryLock.acquire(root, events);
        try {
            // Another build may have made it while this one waited.
            return isVacant(root) ? make(root, contents, base) : check(root, Origin.SETTING);
        } finally {
            lock.close();
        }
    }

    /** Whether a directory holds nothing that anybody could miss. */
    private static boolean isVacant(Path root) {
        if (!Files.exists(root)) {
            return true;
        }
        // One look: between two, another build may have begun.
        try (Stream<Path> entries = Files.list(root)) {
            List<String> names =
                    entries.map(entry -> entry.getFileName().toString()).toList();
            return names.contains(UNFINISHED) || names.stream().allMatch(LOCK::equals);
        } catch (IOException e) {
            return false;
        }
    }

    private VirtualEnvironment make(Path root, Contents contents, Interpreter base) throws IOException {
        Thread hook = new Thread(() -> removeInsistently(root));
        Runtime.getRuntime().addShutdownHook(hook);
        boolean made = false;
        try {
            empty(root);
            Files.createFile(root.resolve(UNFINISHED));
            boolean withPip = run(root, contents, base);
            Files.delete(root.resolve(UNFINISHED));
            VirtualEnvironment environment = check(root, Origin.SETTING);
            made = true;
            events.tell(new Made(root, base, withPip));
            return environment;
        } finally {
            if (!made) {
                removeInsistently(root);
            }
            removeHook(hook);
        }
    }

    /** Runs {@code venv}, and again without pip where that was the difficulty. */
    private boolean run(Path root, Contents contents, Interpreter base) throws IOException {
        if (contents == Contents.WITH_PIP && base.hasEnsurepip()) {
            ProcessRunner.Result result = venv(root, base, List.of());
            if (result.succeeded()) {
                return true;
            }
            empty(root);
            Files.createFile(root.resolve(UNFINISHED));
        }
        ProcessRunner.Result result = venv(root, base, List.of("--without-pip"));
        if (!result.succeeded()) {
            throw new NotMade(root, base, lastLines(result)).asFailure();
        }
        return false;
    }

    private ProcessRunner.Result venv(Path root, Interpreter base, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(base.executable().toString(), "-I", "-m", "venv"));
        arguments.addAll(options);
        arguments.add(root.toString());
        Map<String, String> environment = new HashMap<>();
        environment.put("PIP_REQUIRE_VIRTUALENV", null);
        environment.put("__PYVENV_LAUNCHER__", null);
        return runner.capture(new Command(arguments, ProcessRunner.anywhere(), environment), LIMIT);
    }

    private static void empty(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(LOCK)) {
                    AtomicFiles.deleteTree(entry);
                }
            }
        }
    }

    /** A process that is being ended may still write; what it wrote last is removed in the next turn. */
    private static void removeInsistently(Path root) {
        for (int i = 0; i < REMOVAL_ATTEMPTS && Files.exists(root); i++) {
            try {
                AtomicFiles.deleteTree(root);
            } catch (IOException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(REMOVAL_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs or has run.
        }
    }

    private static String lastLines(ProcessRunner.Result result) {
        List<String> lines = (result.output() + result.error())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
