package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SideBySide;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the interpreters to build for, among the active environment, PATH, pyenv's versions and, on Windows, those that
 * the {@code py} launcher lists.
 *
 * <p>One search remembers what it has seen; a later one should be a new object.
 */
public final class InterpreterSearch {
    private static final Pattern PROGRAM =
            Pattern.compile("(?:python|pypy|graalpy)(?:\\d+|\\d+\\.\\d+t?)?(?:\\.exe)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+");
    private static final Pattern LAUNCHER_PATH = Pattern.compile("(?:[A-Za-z]:\\\\|\\\\\\\\).*");
    private static final Duration LAUNCHER_LIMIT = Duration.ofSeconds(10);
    /** Probes wait more than they compute. */
    private static final int PROBES_AT_ONCE = 8;

    private static final Comparator<Interpreter> BY_VERSION = Comparator.comparing(Interpreter::implementation)
            .thenComparing(Interpreter::version)
            .thenComparing(Interpreter::freeThreaded);

    private final Host host;
    private final Path projectDirectory;
    private final InterpreterProbe probe;
    private final ProcessRunner runner;
    private final Events events;
    private final Optional<Pyenv> pyenv;
    private final Map<Path, Optional<Interpreter>> seen = new HashMap<>();
    private final Map<Path, BuildFailure> failures = new HashMap<>();
    private List<Candidate> candidates;

    /**
     * @param projectDirectory what relative paths are taken from, and whose {@code .python-version} pyenv obeys
     * @param events told of interpreters that are left out
     */
    public InterpreterSearch(
            Host host, Path projectDirectory, InterpreterProbe probe, ProcessRunner runner, Events events) {
        this.host = host;
        this.projectDirectory = projectDirectory.toAbsolutePath();
        this.probe = probe;
        this.runner = runner;
        this.events = events;
        this.pyenv = Pyenv.of(host);
    }

    /**
     * An interpreter that was asked for, and isn't there.
     *
     * @param asked the user's words
     * @param found the releases of those that are there, in order: {@code 3.10.13}, {@code 3.13.0t},
     *     {@code PyPy 3.10.14}
     */
    public record NotFound(String asked, List<String> found) implements Problem {}

    /**
     * Nothing in particular was asked for, and neither a variable nor PATH leads to a Python.
     *
     * @param found the releases of those that are elsewhere
     */
    public record NoPython(List<String> found) implements Problem {}

    /**
     * Words that ask for no interpreter.
     *
     * @param asked the words
     * @param reason what is wrong with them
     */
    public record Unreadable(String asked, String reason) implements Problem {}

    /**
     * An interpreter is left out, because another one that was asked for before has the same ABI: one build serves
     * both.
     *
     * @param asked the words that led to it
     * @param leftOut the interpreter
     * @param served the one that is built for
     */
    public record SameAbi(String asked, Interpreter leftOut, Interpreter served) implements Event {}

    /**
     * A variable of the environment leads to no Python, and is passed over.
     *
     * @param variable its name
     * @param value its value
     */
    public record PassedOver(String variable, String value) implements Event {}

    /**
     * A program that looks like an interpreter is left out of several that were asked for with one word.
     *
     * @param asked the word: {@code all}, {@code >=3.10}
     * @param program the program
     * @param failure why
     */
    public record LeftOut(String asked, Path program, BuildFailure failure) implements Event {}

    /** A program that may be an interpreter, with the version that its name promises, or an empty text. */
    private record Candidate(Path program, String version) {}

    /**
     * The interpreters for a list of wishes, in the order of the wishes, one for each ABI.
     *
     * @param asked names ({@code python3.11}), paths of programs or of environments, versions ({@code 3.10},
     *     {@code 3.13t}, {@code pypy3.10}), ranges ({@code >=3.10}: one CPython for each version), or {@code all}.
     *     Nothing: the one that the user has before them
     * @throws BuildFailure with one of the problems declared here, or in {@link InterpreterProbe}
     */
    public List<Interpreter> find(List<String> asked) {
        if (asked.isEmpty()) {
            return List.of(usual());
        }
        if (asked.size() > 1) {
            ask(asked.stream().flatMap(words -> likely(parse(words)).stream()).toList());
        }
        Map<String, Interpreter> byAbi = new LinkedHashMap<>();
        for (String words : asked) {
            for (Interpreter interpreter : matching(words)) {
                Interpreter served = byAbi.putIfAbsent(abi(interpreter), interpreter);
                if (served != null && !isSameInstallation(served, interpreter)) {
                    events.tell(new SameAbi(words, interpreter, served));
                }
            }
        }
        return List.copyOf(byAbi.values());
    }

    /** Whether words ask for whatever is there, and not for one interpreter that must be. */
    public static boolean isOpen(String words) {
        Wanted wanted = parse(words);
        return wanted instanceof Wanted.All || wanted instanceof Wanted.Range;
    }

    private static boolean isSameInstallation(Interpreter a, Interpreter b) {
        return a.prefix().equals(b.prefix()) && a.fullVersion().equals(b.fullVersion());
    }

    /** Every interpreter that can be found, one for each ABI of each installation, the oldest version first. */
    public List<Interpreter> known() {
        Map<String, Interpreter> installations = new LinkedHashMap<>();
        ask(candidates().stream().map(Candidate::program).toList());
        for (Candidate candidate : candidates()) {
            tryProbe(candidate.program())
                    .ifPresent(i -> installations.putIfAbsent(i.prefix() + " " + i.fullVersion() + " " + abi(i), i));
        }
        return installations.values().stream().sorted(BY_VERSION).toList();
    }

    private static String abi(Interpreter interpreter) {
        return interpreter.pythonTag() + "-" + interpreter.abiTag() + "-" + interpreter.platform();
    }

    private List<Interpreter> matching(String words) {
        Wanted wanted = parse(words);
        if (wanted instanceof Wanted.File file) {
            return List.of(byPath(words, file.path()));
        }
        if (wanted instanceof Wanted.Name name) {
            return List.of(byName(words, name));
        }
        if (wanted instanceof Wanted.Version version) {
            return List.of(byVersion(version).orElseThrow(() -> notFound(words)));
        }
        List<Interpreter> all = wanted instanceof Wanted.Range range
                ? oneForEachAbi(words, range::accepts)
                : oneForEachAbi(words, i -> true);
        if (all.isEmpty()) {
            throw notFound(words);
        }
        return all;
    }

    /** The program that a wish will lead to, unless that one fails. */
    private Optional<Path> likely(Wanted wanted) {
        if (wanted instanceof Wanted.Name name) {
            return onPath(name.name()).stream().findFirst();
        }
        return wanted instanceof Wanted.Version version
                ? candidates().stream()
                        .filter(candidate ->
                                candidate.version().equals(version.version().toString()))
                        .map(Candidate::program)
                        .findFirst()
                : Optional.empty();
    }

    private static Wanted parse(String words) {
        try {
            return Wanted.parse(words);
        } catch (MalformedException e) {
            throw new Unreadable(words, e.reason()).asFailure(e);
        }
    }

    private Interpreter byPath(String words, String path) {
        Path program = projectDirectory.resolve(path).normalize();
        if (Files.isDirectory(program)) {
            return probe.probe(VirtualEnvironment.program(program, host).orElseThrow(() -> notFound(words)));
        }
        return probe.probe(
                host.which(program.toString()).flatMap(this::behindShim).orElseThrow(() -> notFound(words)));
    }

    /** By name on PATH; a name that promises a version is also looked for elsewhere. A program that fails is told. */
    private Interpreter byName(String words, Wanted.Name name) {
        BuildFailure first = null;
        for (Path program : onPath(name.name())) {
            Optional<Interpreter> found = tryProbe(program);
            if (found.isPresent()) {
                return found.get();
            }
            first = first == null ? failures.get(program) : first;
        }
        Optional<Interpreter> elsewhere = name.version().flatMap(this::byVersion);
        if (elsewhere.isEmpty() && first != null) {
            throw first;
        }
        return elsewhere.orElseThrow(() -> notFound(words));
    }

    /** A program whose name promises the version, and that fails, is told where no other has the version. */
    private Optional<Interpreter> byVersion(Wanted.Version wanted) {
        BuildFailure first = null;
        for (Candidate candidate : candidates()) {
            boolean promised = candidate.version().equals(wanted.version().toString());
            if (promised || candidate.version().isEmpty()) {
                Optional<Interpreter> found = tryProbe(candidate.program()).filter(wanted::accepts);
                if (found.isPresent()) {
                    return found;
                }
                if (promised && first == null) {
                    first = failures.get(candidate.program());
                }
            }
        }
        if (first != null) {
            throw first;
        }
        return Optional.empty();
    }

    private List<Interpreter> oneForEachAbi(String words, Predicate<Interpreter> accepted) {
        Map<String, Interpreter> byAbi = new LinkedHashMap<>();
        ask(candidates().stream().map(Candidate::program).toList());
        candidates().stream().map(Candidate::program).distinct().forEach(program -> tellLeftOut(words, program));
        for (Candidate candidate : candidates()) {
            tryProbe(candidate.program()).filter(accepted).ifPresent(i -> byAbi.putIfAbsent(abi(i), i));
        }
        return byAbi.values().stream().sorted(BY_VERSION).toList();
    }

    /** {@code PYO3_PYTHON}, which must be right; else the active environment; else PATH. */
    private Interpreter usual() {
        Optional<String> named = host.variable("PYO3_PYTHON");
        if (named.isPresent()) {
            return matching(named.get()).get(0);
        }
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            Optional<Interpreter> active = active(variable);
            if (active.isPresent()) {
                return active.get();
            }
        }
        return firstOf(List.of("python3", "python"));
    }

    private Optional<Interpreter> active(String variable) {
        Optional<String> value = host.variable(variable);
        Optional<Interpreter> found = value.flatMap(root -> VirtualEnvironment.program(Path.of(root), host))
                .flatMap(this::tryProbe);
        if (value.isPresent() && found.isEmpty()) {
            events.tell(new PassedOver(variable, value.get()));
        }
        return found;
    }

    private Interpreter firstOf(List<String> names) {
        BuildFailure first = null;
        for (String name : names) {
            for (Path program : onPath(name)) {
                Optional<Interpreter> found = tryProbe(program);
                if (found.isPresent()) {
                    return found.get();
                }
                first = first == null ? failures.get(program) : first;
            }
        }
        throw first == null ? new NoPython(found()).asFailure() : first;
    }

    private BuildFailure notFound(String words) {
        return new NotFound(words, found()).asFailure();
    }

    private List<String> found() {
        return known().stream()
                .map(i -> (i.implementation() == Implementation.CPYTHON
                                ? ""
                                : i.implementation().displayName() + " ")
                        + i.fullVersion()
                        + (i.freeThreaded() ? "t" : ""))
                .distinct()
                .toList();
    }

    /** One that is too old for anybody is no news. */
    private void tellLeftOut(String words, Path program) {
        BuildFailure failure = failures.get(program);
        if (failure != null && !(failure.problem() instanceof InterpreterProbe.TooOld)) {
            events.tell(new LeftOut(words, program, failure));
        }
    }

    private Optional<Interpreter> tryProbe(Path program) {
        ask(List.of(program));
        return seen.get(program);
    }

    /** Probes, side by side, those that have not been probed before. */
    private void ask(List<Path> programs) {
        List<Path> unasked = programs.stream()
                .filter(program -> !seen.containsKey(program))
                .distinct()
                .toList();
        List<Supplier<Object>> tasks = unasked.stream()
                .<Supplier<Object>>map(program -> () -> answer(program))
                .toList();
        List<Object> answers = SideBySide.run(PROBES_AT_ONCE, tasks);
        for (int i = 0; i < answers.size(); i++) {
            Path program = unasked.get(i);
            if (answers.get(i) instanceof BuildFailure failure) {
                events.tell(new Events.Detail("passed over " + program + ": " + failure.problem()));
                failures.put(program, failure);
                seen.put(program, Optional.empty());
            } else {
                seen.put(program, Optional.of((Interpreter) answers.get(i)));
            }
        }
    }

    /** An interpreter, or the failure of the probe. */
    private Object answer(Path program) {
        try {
            return probe.probe(program);
        } catch (BuildFailure e) {
            if (e.problem() instanceof ProcessRunner.Interrupted) {
                throw e;
            }
            return e;
        }
    }

    /** All programs of a name, in the order of PATH, shims replaced by what they stand for. */
    private List<Path> onPath(String name) {
        return host.searchPath().stream()
                .flatMap(directory -> host.which(directory.resolve(name).toString()).stream())
                .filter(program -> !isStub(program))
                .flatMap(program -> behindShim(program).stream())
                .toList();
    }

    private Optional<Path> behindShim(Path program) {
        if (pyenv.isEmpty() || !pyenv.get().isShim(program)) {
            return Optional.of(program);
        }
        return pyenv.get().resolve(program.getFileName().toString(), projectDirectory);
    }

    /** Windows puts empty files on PATH that open a shop window when they are run. */
    private boolean isStub(Path program) {
        try {
            return host.os() == OperatingSystem.WINDOWS && Files.size(program) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private List<Candidate> candidates() {
        if (candidates == null) {
            List<Candidate> all = new ArrayList<>();
            Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
                    .flatMap(variable -> host.variable(variable).stream())
                    .flatMap(root -> VirtualEnvironment.program(Path.of(root), host).stream())
                    .forEach(program -> all.add(new Candidate(program, "")));
            host.searchPath().forEach(directory -> all.addAll(inDirectory(directory)));
            pyenv.ifPresent(p -> p.installed().forEach(i -> all.add(new Candidate(i.program(), version(i.name())))));
            all.addAll(ofLauncher());
            candidates = List.copyOf(all);
        }
        return candidates;
    }

    private List<Candidate> inDirectory(Path directory) {
        List<Path> programs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory,
                entry -> PROGRAM.matcher(entry.getFileName().toString()).matches())) {
            entries.forEach(programs::add);
        } catch (IOException e) {
            return List.of();
        }
        return programs.stream()
                .sorted()
                .flatMap(program -> host.which(program.toString()).stream())
                .filter(program -> !isStub(program))
                .flatMap(program -> behindShim(program).stream())
                .map(program ->
                        new Candidate(program, version(program.getFileName().toString())))
                .toList();
    }

    private static String version(String name) {
        Matcher matcher = VERSION.matcher(name);
        return matcher.find() ? matcher.group() : "";
    }

    private List<Candidate> ofLauncher() {
        Optional<Path> launcher = host.os() == OperatingSystem.WINDOWS ? host.which("py") : Optional.empty();
        if (launcher.isEmpty()) {
            return List.of();
        }
        try {
            Command command =
                    Command.of(ProcessRunner.anywhere(), launcher.get().toString(), "--list-paths");
            return launched(runner.capture(command, LAUNCHER_LIMIT).output()).stream()
                    .map(path -> new Candidate(Path.of(path), ""))
                    .toList();
        } catch (BuildFailure e) {
            events.tell(new Events.Detail("passed over " + launcher.get() + ": " + e.problem()));
            return List.of();
        }
    }

    /** The paths at the ends of the lines of {@code py --list-paths}. */
    static List<String> launched(String output) {
        return output.lines()
                .map(LAUNCHER_PATH::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group().strip())
                .toList();
    }
}
