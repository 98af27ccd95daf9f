package io.github.nativemaven.mojo;

import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.BuildProblem;
import io.github.nativemaven.build.MachineCheck;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.install.Pip;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.InterpreterProbe;
import io.github.nativemaven.python.InterpreterSearch;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.VirtualEnvironments;
import io.github.nativemaven.service.SetVersionService;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SideBySide;
import io.github.nativemaven.testing.TestProblem;
import io.github.nativemaven.wheel.DataDirectory;
import io.github.nativemaven.wheel.ExtensionCheck;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one place that says what went wrong: which setting or file, its value, and what to type next. A table by type, so
 * that a test can see that no problem goes without words.
 */
final class ProblemWording {
    private static final String NEXT = "\n        ";

    /** Stands in a sentence for the units that it is about. */
    private static final String ALL_OF_THEM = "\u0000";

    private static final Map<Class<? extends Problem>, Function<Problem, String>> TABLE = table();

    private ProblemWording() {}

    /** The sentence of a failure. */
    static String of(BuildFailure failure) {
        Function<Problem, String> words = TABLE.get(failure.problem().getClass());
        return words == null ? failure.problem().toString() : words.apply(failure.problem());
    }

    /** Whether a kind of problem has words. */
    static boolean has(Class<?> problem) {
        return TABLE.containsKey(problem);
    }

    /** The sentence of what the operating system refused. */
    static String ofSystem(Exception exception) {
        Throwable cause = exception instanceof UncheckedIOException ? exception.getCause() : exception;
        if (cause instanceof AccessDeniedException denied) {
            return "Permission denied: " + denied.getFile() + NEXT
                    + "Give yourself the right to write there, or remove it.";
        }
        if (cause instanceof NoSuchFileException missing) {
            return "No such file: " + missing.getFile();
        }
        if (cause instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason() + next(file.getReason());
        }
        String message = String.valueOf(cause.getMessage());
        return message + next(message);
    }

    private static String next(String reason) {
        if (reason.contains("No space left")) {
            return NEXT + "Free some space; mvn clean removes this project's build directories.";
        }
        return reason.contains("Read-only") ? NEXT + "Make the folder writable, or build a copy of the project." : "";
    }

    private static Map<Class<? extends Problem>, Function<Problem, String>> table() {
        Map<Class<? extends Problem>, Function<Problem, String>> table = new LinkedHashMap<>();
        processes(table);
        project(table);
        cargo(table);
        interpreters(table);
        environments(table);
        build(table);
        tests(table);
        InstallWording.addProblems(table);
        AuditWording.addProblems(table);
        CheckWording.addProblems(table);
        BindingsWording.addProblems(table);
        StubsWording.addProblems(table);
        TargetWording.addProblems(table);
        WatchWording.addProblems(table);
        return table;
    }

    static <P extends Problem> void on(
            Map<Class<? extends Problem>, Function<Problem, String>> table, Class<P> type, Function<P, String> words) {
        table.put(type, problem -> words.apply(type.cast(problem)));
    }

    private static void processes(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                ProcessRunner.NotStarted.class,
                p -> "Can't start " + p.command().arguments().get(0) + ". Is it a program, and may you run it?");
        on(
                table,
                ProcessRunner.NoDirectory.class,
                p -> "Can't start " + p.command().arguments().get(0) + " in "
                        + p.command().directory() + ": the directory isn't there.");
        on(
                table,
                ProcessRunner.TimedOut.class,
                p -> p.command().arguments().get(0) + " did not end within "
                        + p.limit().toSeconds() + " s: " + p.command());
        on(table, SideBySide.Interrupted.class, p -> "Interrupted.");
        on(table, ProcessRunner.Interrupted.class, p -> "Interrupted, while this ran: " + p.command());
    }

    private static void project(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                ProjectProblem.InvalidSetting.class,
                p -> p.setting().origin() + " '" + inOneLine(p.setting().value()) + "': " + p.reason());
        on(
                table,
                ProjectProblem.InvalidFile.class,
                p -> p.file() + (p.line() > 0 ? ":" + p.line() : "") + (p.key().isEmpty() ? "" : " " + p.key()) + ": "
                        + p.reason());
        on(
                table,
                ProjectProblem.NoManifest.class,
                p -> "No Cargo.toml: " + p.manifest().value()
                        + (p.manifest().isSet()
                                ? ", as " + p.manifest().origin() + " says, isn't there."
                                : " isn't there.")
                        + NEXT + "Make a crate with cargo init --lib, or say where it is: <cargo><manifest>.");
        on(
                table,
                ProjectProblem.NoPackage.class,
                p -> p.manifest() + " is a workspace without a package of its own." + NEXT
                        + "Name one of its members in <cargo><manifest>: " + paths(p.members()));
        on(
                table,
                ProjectProblem.VersionsDiffer.class,
                p -> "The POM has version " + p.pomVersion() + ", " + p.file() + " has " + p.version() + " instead of "
                        + p.wanted() + "." + NEXT + "mvn rust:set-version writes the POM's version into it.");
        on(
                table,
                ProjectProblem.NoDynamicLibrary.class,
                p -> (p.crateTypes().isEmpty()
                                ? p.manifest() + " has no library."
                                : p.manifest() + " makes its library as " + String.join(", ", p.crateTypes())
                                        + " only, which Python can't load.")
                        + NEXT + "Add to Cargo.toml:  [lib]  crate-type = [\"cdylib\"]");
        on(
                table,
                ProjectProblem.NoBindings.class,
                p -> p.manifest() + ": the crate " + p.found()
                        + " has nothing for Python: neither bindings among its dependencies, nor a C dynamic library, nor a program."
                        + NEXT
                        + "Add bindings with cargo add pyo3, and a #[pymodule]; or write a program: src/main.rs.");
        on(
                table,
                ProjectProblem.NoPrograms.class,
                p -> p.manifest() + " has no program to ship"
                        + (p.features().isEmpty()
                                ? "." + NEXT + "Write one: src/main.rs, or [[bin]]."
                                : ": each needs features that are off." + NEXT + "Switch them on: -Drust.features="
                                        + String.join(",", p.features())));
        on(
                table,
                ProjectProblem.SeveralBindings.class,
                p -> p.manifest() + " depends on PyO3 in several versions: " + String.join(", ", p.versions()) + NEXT
                        + "cargo tree -i pyo3 shows who asks for which; keep one.");
        on(
                table,
                ProjectProblem.NoDirectory.class,
                p -> p.setting().origin() + " " + p.setting().value() + ": no such directory." + NEXT
                        + "Make it, or write the path of one that is there.");
        on(
                table,
                SetVersionService.NoVersion.class,
                p -> p.manifest() + " has no version that could be replaced." + NEXT
                        + "Write one: [package] version = \"0.1.0\"");
        on(
                table,
                DataDirectory.UnknownData.class,
                p -> p.file() + ": '" + p.part() + "' is no part of an environment." + NEXT
                        + "Put the file below data, scripts, headers, purelib or platlib.");
        on(
                table,
                Entries.Clash.class,
                p -> "Two files want the place " + p.second().path() + " in the archive: "
                        + p.first().origin() + " and "
                        + p.second().origin()
                        + (p.first().path().equals(p.second().path())
                                ? ""
                                : " (as " + p.first().path() + "; some file systems can't tell these apart)")
                        + "." + NEXT + "Rename or exclude one of them.");
    }

    private static void cargo(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                Cargo.NotFound.class,
                p -> "<cargo><executable> " + p.executable() + ": no such program on the PATH or in cargo's home."
                        + NEXT
                        + "Install Rust 1.83 or later: rustup (see rust-lang.org), or your system's packages (Debian 12: apt install rustc-web cargo-web).");
        on(
                table,
                Cargo.ManifestRefused.class,
                p -> "cargo can't read " + p.manifest() + ":" + NEXT
                        + indented(p.error().lines().toList()));
        on(
                table,
                Cargo.NoCompiler.class,
                p -> p.rustc() + " doesn't run: " + p.error().strip() + NEXT
                        + "cargo needs rustc beside it; rustup default stable installs both.");
    }

    private static void interpreters(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                InterpreterSearch.NotFound.class,
                p -> "<rust.interpreters> " + p.asked() + ": no such Python on the PATH, in pyenv or in an environment."
                        + NEXT
                        + found(p.found())
                        + "Install it, or build for the stable ABI once: <features>pyo3/abi3-py310</features>.");
        on(
                table,
                InterpreterSearch.NoPython.class,
                p -> "No Python: neither VIRTUAL_ENV nor the PATH leads to one." + NEXT + found(p.found())
                        + "Install Python 3 (Debian: apt install python3), or name one: -Drust.interpreters=/path/to/python3");
        on(table, InterpreterSearch.Unreadable.class, p -> "<rust.interpreters> '" + p.asked() + "': " + p.reason());
        on(table, InterpreterProbe.NotRunnable.class, p -> p.executable() + " can't be started: " + p.reason());
        on(
                table,
                InterpreterProbe.NotAPython.class,
                p -> p.executable() + " is no Python that works (exit code " + p.exitCode() + "): " + p.said());
        on(
                table,
                InterpreterProbe.NoAnswer.class,
                p -> p.executable() + " gave no answer within " + p.limit().toSeconds() + " s." + NEXT + "Try it: "
                        + p.executable() + " -I -c 'print(1)'");
        on(
                table,
                InterpreterProbe.TooOld.class,
                p -> p.executable() + " is Python " + p.version() + "; " + p.oldest()
                        + " is the oldest that can be built for." + NEXT
                        + "Name a newer one: -Drust.interpreters=3.12");
        on(
                table,
                InterpreterProbe.UnknownImplementation.class,
                p -> p.executable() + " is " + p.implementation()
                        + ", which can't be built for. CPython, PyPy and GraalPy can.");
        on(
                table,
                MachineCheck.OtherMachine.class,
                p -> python(p.interpreter()) + " is a Python for "
                        + p.interpreter().platform() + " of "
                        + p.interpreter().pointerWidth() + " bits, which can't load what rustc compiles for "
                        + p.target() + "." + NEXT + "Choose another Python: -Drust.interpreters="
                        + p.interpreter().version() + " finds one by its version.");
        on(
                table,
                Planner.UnsupportedPython.class,
                p -> p.bindings() + " supports "
                        + p.interpreter().implementation().displayName() + " "
                        + p.oldest() + (p.interpreter().freeThreaded() ? "t" : "") + " to " + p.newest() + ", not "
                        + python(p.interpreter()) + "." + NEXT
                        + "Choose another Python: -Drust.interpreters=" + p.newest()
                        + ", or another release: cargo update -p pyo3");
        on(
                table,
                Planner.OlderThanStableAbi.class,
                p -> "The crate is built for the stable ABI of Python " + p.oldest() + " and later (abi3-py"
                        + p.oldest().tag() + "), which " + python(p.interpreter()) + " doesn't have." + NEXT
                        + "Choose another Python: -Drust.interpreters=" + p.oldest()
                        + ", or a lower feature of pyo3: abi3-py"
                        + p.interpreter().version().tag()
                        + "." + NEXT
                        + "For a wheel of its own, ask for the stable ABI by a feature of your crate: [features]"
                        + " default = [\"abi3\"]  abi3 = [\"pyo3/abi3-py"
                        + p.oldest().tag() + "\"]");
        on(
                table,
                Planner.RefusedPython.class,
                p -> "The project requires Python " + p.requiresPython() + ", which " + python(p.interpreter())
                        + " is not." + NEXT
                        + "Choose another Python: -Drust.interpreters=VERSION, or change requires-python.");
    }

    private static void environments(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                VirtualEnvironments.NoEnvironment.class,
                p ->
                        "No virtual environment: VIRTUAL_ENV and CONDA_PREFIX are not set, and there is no .venv in or above "
                                + p.projectDirectory() + "." + NEXT + "mvn rust:develop -Drust.venv=.venv makes one.");
        on(
                table,
                VirtualEnvironments.TwoEnvironments.class,
                p -> "Two environments are active: VIRTUAL_ENV=" + p.virtualEnv() + " and CONDA_PREFIX="
                        + p.condaPrefix() + "." + NEXT
                        + "Leave one (conda deactivate, or deactivate), or choose: -Drust.venv=" + p.virtualEnv());
        on(
                table,
                VirtualEnvironments.Unusable.class,
                p -> environment(p) + NEXT + "Choose another directory: -Drust.venv=.venv makes one that isn't there.");
        on(
                table,
                VirtualEnvironments.NotMade.class,
                p -> "Can't make the environment " + p.directory() + " with "
                        + p.base().executable() + ":" + NEXT
                        + indented(p.said().lines().toList()));
        on(
                table,
                Pip.NoPip.class,
                p -> "Missing in " + p.environment() + ": "
                        + p.requirements().stream().map(Object::toString).collect(Collectors.joining(", "))
                        + ", and there is no pip to install with, neither there nor in " + p.python() + "." + NEXT
                        + "Debian: apt install python3-pip python3-venv, and remove the environment so that it is made anew.");
        on(
                table,
                Pip.Failed.class,
                p -> "pip could not install "
                        + p.requirements().stream().map(Object::toString).collect(Collectors.joining(", ")) + ":" + NEXT
                        + indented(p.lastLines()));
    }

    private static String environment(VirtualEnvironments.Unusable problem) {
        String name =
                switch (problem.origin()) {
                    case SETTING -> "-Drust.venv=";
                    case VIRTUAL_ENV -> "VIRTUAL_ENV=";
                    case CONDA_PREFIX -> "CONDA_PREFIX=";
                    case DIRECTORY -> "";
                };
        return name
                + problem.directory()
                + switch (problem.defect()) {
                    case MISSING -> ": no such directory.";
                    case NO_ENVIRONMENT -> ": is no virtual environment, and holds something else.";
                    case NO_PYTHON ->
                        ": its Python is not there, or leads to one that has been removed. Remove the directory.";
                    case NOT_WRITABLE -> ": can't be made there, because the folder is not writable.";
                    case UNFINISHED -> ": its making was cut off. Remove the directory.";
                    case SYSTEM_PYTHON -> ": is the system's own Python, which belongs to its package manager.";
                };
    }

    private static void build(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                BuildProblem.CompilationFailed.class,
                p -> p.errors() > 0
                        ? p.crate() + " does not compile for " + p.label() + ": " + count(p.errors(), "error")
                                + ", shown above."
                        : "cargo failed for " + p.label() + ":" + NEXT + indented(p.lastWords()));
        on(table, BuildProblem.UnitsFailed.class, ProblemWording::unitsFailed);
        on(
                table,
                BuildProblem.NoLibrary.class,
                p -> "cargo made no C dynamic library of " + p.crate() + " for " + p.label() + "." + NEXT
                        + "Add to Cargo.toml:  [lib]  crate-type = [\"cdylib\"]");
        on(
                table,
                BuildProblem.NoProgram.class,
                p -> "cargo made no program " + p.program() + " of " + p.manifest() + "." + NEXT
                        + "Try it: cargo build --bin " + p.program());
        on(
                table,
                BuildProblem.NotWritable.class,
                p -> "Can't write to " + p.directory() + ": " + p.reason() + next(p.reason()) + NEXT
                        + "Make it writable, or build elsewhere: -Drust.buildDirectory=DIRECTORY");
        on(
                table,
                ExtensionCheck.OtherModule.class,
                p -> p.found().isEmpty()
                        ? "The library is no Python module: it exports no PyInit_" + p.module() + "." + NEXT
                                + "Write a #[pymodule] of that name into the crate of " + p.manifest() + "."
                        : "Python would import " + p.module() + ", but the library is the module "
                                + String.join(", ", p.found()) + ": it exports PyInit_"
                                + p.found().get(0) + "." + NEXT
                                + "Name the #[pymodule] " + p.module() + ", or set <python><moduleName>"
                                + p.found().get(0)
                                + "</moduleName>.");
        on(
                table,
                ExtensionCheck.LinkedWithPython.class,
                p -> "The library is linked with " + p.library()
                        + ", and would only work with this installation of Python." + NEXT
                        + "Use PyO3 0.26 or later, or switch on its feature: <features>pyo3/extension-module</features>.");
    }

    private static void tests(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        on(
                table,
                TestProblem.Failed.class,
                p -> p.names().size() + " of " + count(p.total(), "test") + " failed: " + String.join(", ", p.names())
                        + "." + NEXT + "Reports are in " + p.reports() + "; -DskipTests goes on without.");
        on(
                table,
                TestProblem.NotCompiled.class,
                p -> p.errors() > 0
                        ? "The Rust tests of " + p.crate() + " do not compile: " + count(p.errors(), "error")
                                + ", shown above."
                        : "cargo could not build the Rust tests of " + p.crate() + ":" + NEXT
                                + indented(p.lastWords()));
        on(
                table,
                TestProblem.NoPythonLibrary.class,
                p -> python(p.interpreter())
                        + " has no dynamic library, which Rust tests of an extension must be linked with." + NEXT
                        + "Install a Python that was built with --enable-shared, or go on without tests: -DskipTests");
        on(
                table,
                TestProblem.BrokenOff.class,
                p -> p.title() + " broke off with exit code " + p.exitCode() + ":" + NEXT + indented(p.lastLines()));
    }

    private static String inOneLine(String value) {
        return value.replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Each sentence once, with the units that it is about. */
    private static String unitsFailed(BuildProblem.UnitsFailed problem) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (BuildOutcome.Failed failed : problem.failures()) {
            String label = failed.unit().label();
            labels.merge(
                    of(failed.failure()).replace(" for " + label + ":", ALL_OF_THEM), label, (a, b) -> a + ", " + b);
        }
        int all = problem.failures().size()
                + problem.untried().size()
                + problem.built().size();
        StringBuilder text = new StringBuilder(problem.failures().size() + " of " + count(all, "unit") + " failed:");
        labels.forEach((sentence, label) -> text.append(NEXT)
                .append(sentence.contains(ALL_OF_THEM) ? "" : label + ": ")
                .append(sentence.replace(ALL_OF_THEM, " for " + label + ":")));
        if (!problem.untried().isEmpty()) {
            text.append(NEXT)
                    .append("Not tried for ")
                    .append(problem.untried().stream().map(Unit::label).collect(Collectors.joining(", ")))
                    .append(": the same crate failed for ")
                    .append(problem.failures().get(0).unit().label())
                    .append('.');
        }
        if (!problem.built().isEmpty()) {
            text.append(NEXT)
                    .append(problem.built().size() == 1 ? "The wheel for " : "The wheels for ")
                    .append(problem.built().stream()
                            .map(result -> result.unit().label())
                            .collect(Collectors.joining(", ")))
                    .append(problem.built().size() == 1 ? " is in target/wheels." : " are in target/wheels.");
        }
        return text.toString();
    }

    private static String python(Python python) {
        return python.describe()
                + (python instanceof Interpreter interpreter ? " (" + interpreter.executable() + ")" : "");
    }

    private static String found(List<String> versions) {
        return versions.isEmpty() ? "" : "Found: " + String.join(", ", versions) + ". ";
    }

    private static String paths(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String indented(List<String> lines) {
        return String.join(NEXT, lines);
    }
}
