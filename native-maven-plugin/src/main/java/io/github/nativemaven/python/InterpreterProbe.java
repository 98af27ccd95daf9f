package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks an interpreter about itself, by running one script in it, once: the answer is kept until one of the files that
 * it depends on has another size or time, and is then given without starting a process.
 */
public final class InterpreterProbe {
    /** How long an interpreter may take to answer. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    /** The oldest version that is supported. */
    public static final PythonVersion OLDEST = new PythonVersion(3, 7);

    private static final int LINES_SHOWN = 6;
    private static final String SCRIPT = "interpreter_probe.py";

    /** Variables that change what a Python says about itself although the environment is otherwise ignored. */
    private static final List<String> DECIDING_VARIABLES =
            List.of("_PYTHON_HOST_PLATFORM", "_PYTHON_SYSCONFIGDATA_NAME", "_PYTHON_PROJECT_BASE", "ARCHFLAGS");

    private final Host host;
    private final ProcessRunner runner;
    private final Duration limit;
    private final String script;
    private final ProbeCache cache;

    /**
     * @param cacheDirectory where answers are kept; it is made when it's missing, and belongs to the probe alone
     */
    public InterpreterProbe(Path cacheDirectory, Host host, ProcessRunner runner) {
        this(cacheDirectory, host, runner, LIMIT);
    }

    InterpreterProbe(Path cacheDirectory, Host host, ProcessRunner runner, Duration limit) {
        this.host = host;
        this.runner = runner;
        this.limit = limit;
        this.script = script();
        this.cache = new ProbeCache(cacheDirectory, context());
    }

    /**
     * A program that is not there, or that the operating system doesn't start: no permission, made for another machine.
     *
     * @param executable the program
     * @param reason what the operating system said
     */
    public record NotRunnable(Path executable, String reason) implements Problem {}

    /**
     * A program that ran, but did not answer as a Python does.
     *
     * @param executable the program
     * @param exitCode how it ended
     * @param said the last lines that it printed; may be empty
     */
    public record NotAPython(Path executable, int exitCode, String said) implements Problem {}

    /**
     * A program that did not answer in time, and has been ended.
     *
     * @param executable the program
     * @param limit how long it was given
     */
    public record NoAnswer(Path executable, Duration limit) implements Problem {}

    /**
     * A Python older than any that is supported.
     *
     * @param executable the program
     * @param version its release: {@code 2.7.18}
     * @param oldest what is supported
     */
    public record TooOld(Path executable, String version, PythonVersion oldest) implements Problem {}

    /**
     * A Python of an unknown make.
     *
     * @param executable the program
     * @param implementation what it calls itself: {@code ironpython}
     */
    public record UnknownImplementation(Path executable, String implementation) implements Problem {}

    /**
     * Asks an interpreter, or remembers what it answered.
     *
     * @param executable the program; a relative path is taken from the working directory. A script that starts an
     *     interpreter is asked each time, and stands for the interpreter that it started
     * @throws BuildFailure with one of the problems declared here
     */
    public Interpreter probe(Path executable) {
        Path program = executable.toAbsolutePath();
        try {
            return isScript(program) ? interpreter(program, ask(program), true) : remembered(program);
        } catch (NoSuchFileException e) {
            throw new NotRunnable(program, "no such file").asFailure(e);
        } catch (IOException e) {
            throw new NotRunnable(program, String.valueOf(e.getMessage())).asFailure(e);
        }
    }

    private Interpreter remembered(Path program) throws IOException {
        String fingerprint = cache.fingerprint(program);
        Optional<Interpreter> known = cache.read(program, fingerprint).flatMap(json -> usable(program, json));
        if (known.isPresent()) {
            return known.get();
        }
        String json = ask(program);
        cache.write(program, fingerprint, json);
        return interpreter(program, json, false);
    }

    private Optional<Interpreter> usable(Path program, String json) {
        try {
            return Optional.of(interpreter(program, json, false));
        } catch (BuildFailure e) {
            if (e.problem() instanceof NotAPython) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Interpreter interpreter(Path program, String json, boolean started) {
        try {
            ProbeAnswer answer = ProbeAnswer.parse(json);
            if (!PythonVersion.ofRelease(answer.fullVersion()).isAtLeast(OLDEST)) {
                throw new TooOld(program, answer.fullVersion(), OLDEST).asFailure();
            }
            Implementation implementation = Implementation.ofId(answer.implementation())
                    .orElseThrow(() -> new UnknownImplementation(program, answer.implementation()).asFailure());
            return answer.interpreter(started ? answer.executable() : program, implementation);
        } catch (IOException | ClassCastException | IllegalArgumentException e) {
            throw new NotAPython(program, 0, json).asFailure(e);
        }
    }

    /** Runs the script and returns the JSON of its answer. */
    private String ask(Path program) {
        // Not -I, which Python 2 doesn't know: it shall be able to say what it is.
        List<String> arguments = new ArrayList<>(List.of(program.toString(), "-E", "-s", "-B"));
        arguments.addAll(cache.keep("probe.py", script)
                .map(file -> List.of(file.toString()))
                .orElse(List.of("-c", script)));
        ProcessRunner.Result result = run(program, new Command(arguments, ProcessRunner.anywhere(), environment()));
        return ProbeAnswer.find(result.output()).orElseThrow(() -> failure(program, result));
    }

    private static BuildFailure failure(Path program, ProcessRunner.Result result) {
        String said = lastLines(result);
        // The JVM hands a program that the system doesn't know to a shell, which then says that it doesn't either.
        boolean refused = result.exitCode() == 126 || result.exitCode() == 127;
        return (refused ? new NotRunnable(program, said) : new NotAPython(program, result.exitCode(), said))
                .asFailure();
    }

    private ProcessRunner.Result run(Path program, Command command) {
        try {
            return runner.capture(command, limit);
        } catch (BuildFailure e) {
            if (e.problem() instanceof ProcessRunner.NotStarted) {
                throw new NotRunnable(program, String.valueOf(e.getCause().getMessage())).asFailure(e);
            }
            if (e.problem() instanceof ProcessRunner.TimedOut) {
                throw new NoAnswer(program, limit).asFailure(e);
            }
            throw e;
        }
    }

    private Map<String, String> environment() {
        Map<String, String> changes = new HashMap<>();
        DECIDING_VARIABLES.forEach(name -> changes.put(name, host.variable(name).orElse(null)));
        // Set by a framework build's launcher on macOS for itself, and wrong for every other Python.
        changes.put("__PYVENV_LAUNCHER__", null);
        return changes;
    }

    private String context() {
        List<String> parts = new ArrayList<>(List.of(script));
        DECIDING_VARIABLES.forEach(name -> parts.add(host.variable(name).orElse("")));
        return String.join("\n", parts);
    }

    private static String lastLines(ProcessRunner.Result result) {
        List<String> lines = (result.output() + result.error())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static boolean isScript(Path program) throws IOException {
        String name = program.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".bat") || name.endsWith(".cmd")) {
            return true;
        }
        try (InputStream stream = Files.newInputStream(program)) {
            return stream.read() == '#' && stream.read() == '!';
        }
    }

    private static String script() {
        try (InputStream stream = InterpreterProbe.class.getResourceAsStream(SCRIPT)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
