package io.github.nativemaven.testing;

import io.github.nativemaven.build.BuildDirectory;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.PyO3Environment;
import io.github.nativemaven.build.TargetTools;
import io.github.nativemaven.build.TestDirectory;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoCall;
import io.github.nativemaven.cargo.CargoEvent;
import io.github.nativemaven.cargo.CargoOutcome;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.Resources;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs the Rust tests of a crate.
 *
 * <p>The test of an extension module is a program that needs Python's symbols. Where the interpreter has a dynamic library, the test is
 * linked with it. Where it has none, as in Debian without its development package, the test is linked as a library
 * instead, and run inside the interpreter, which has the symbols. Both need another configuration of PyO3 than an
 * extension, so tests have a build directory of their own.
 */
public final class RustTests {
    private final Host host;
    private final Cargo cargo;
    private final JobBudget budget;
    private final Events events;

    /**
     * @param cargo called as the project asks for
     * @param budget how many compilers may run
     */
    public RustTests(Host host, Cargo cargo, JobBudget budget, Events events) {
        this.host = host;
        this.cargo = cargo;
        this.budget = budget;
        this.events = events;
    }

    /** How test programs come by Python's symbols. */
    private enum Linking {
        WITH_LIBRARY,
        INSIDE_INTERPRETER,
        /** The crate knows nothing of Python. */
        NOT_AT_ALL
    }

    /**
     * Compiles and runs the tests.
     *
     * @param interpreter the Python whose symbols they need; only a crate that uses PyO3 needs one
     * @param directory the build directory
     * @param profile cargo's profile
     * @param sitePackages where Python finds what the tests import, where there is such a place
     * @return one suite for each test program, and one for the tests in the documentation
     */
    public List<TestSuite> run(
            Project project,
            Optional<Interpreter> interpreter,
            TestDirectory directory,
            String profile,
            Optional<Path> sitePackages)
            throws IOException {
        Linking linking = linking(project, interpreter);
        if (linking == Linking.INSIDE_INTERPRETER) {
            interpreter.map(TestEvent.InsideInterpreter::new).ifPresent(events::tell);
        }
        try (BuildDirectory ignored = BuildDirectory.open(directory.path(), profile, events)) {
            return run(project, interpreter, linking, directory, profile, sitePackages);
        }
    }

    private List<TestSuite> run(
            Project project,
            Optional<Interpreter> interpreter,
            Linking linking,
            TestDirectory directory,
            String profile,
            Optional<Path> sitePackages)
            throws IOException {
        Path target = directory.path();
        Map<String, String> environment = environment(project, interpreter, linking, sitePackages);
        CargoOutcome outcome = build(
                new CargoCall(
                        directory.label(),
                        arguments(project, linking, target, profile),
                        project.crate().directory(),
                        environment),
                line -> events.tell(new CargoEvent.Said(directory.label(), line)));
        if (!outcome.succeeded()) {
            throw new TestProblem.NotCompiled(project.crate().name(), outcome.errors(), outcome.lastWords())
                    .asFailure();
        }
        List<TestSuite> suites = new ArrayList<>();
        for (CargoOutcome.Artifact artifact : outcome.artifacts()) {
            if (artifact.test() && artifact.executable().isPresent()) {
                suites.add(run(project, interpreter, linking, artifact, target, environment));
            }
        }
        if (linking != Linking.INSIDE_INTERPRETER && hasDocumentationTests(project.crate())) {
            suites.add(documentation(project, linking, target, profile, environment));
        }
        return suites;
    }

    private CargoOutcome build(CargoCall call, Consumer<String> printed) {
        try (JobBudget.Share jobs = budget.begin(host.os(), new ProcessRunner(events), cargo.jobs(), 1)) {
            return jobs.run(variables -> {
                Map<String, String> environment = new TreeMap<>(call.environment());
                environment.putAll(variables);
                return cargo.build(
                        new CargoCall(call.label(), call.arguments(), call.directory(), environment), printed);
            });
        }
    }

    private static Linking linking(Project project, Optional<Interpreter> asked) {
        if (project.bindings().python().isEmpty()) {
            return Linking.NOT_AT_ALL;
        }
        Interpreter interpreter = asked.orElseThrow();
        if (interpreter.sharedLibrary().isPresent()
                || project.toolchain().host().os() == OperatingSystem.WINDOWS) {
            return Linking.WITH_LIBRARY;
        }
        if (project.toolchain().host().os() == OperatingSystem.LINUX) {
            return Linking.INSIDE_INTERPRETER;
        }
        throw new TestProblem.NoPythonLibrary(interpreter).asFailure();
    }

    private static List<String> arguments(Project project, Linking linking, Path target, String profile) {
        List<String> arguments = new ArrayList<>(List.of(
                "test",
                "--no-run",
                "--manifest-path",
                project.crate().manifest().toString(),
                "--target-dir",
                target.toString()));
        if (!profile.equals("dev")) {
            arguments.addAll(List.of("--profile", profile));
        }
        if (linking == Linking.INSIDE_INTERPRETER) {
            // Naming the target keeps the flags below away from build scripts, which must stay programs.
            arguments.add("--target=" + project.toolchain().host());
        } else {
            arguments.addAll(TargetTools.ofHost(project.toolchain()));
        }
        return arguments;
    }

    private Map<String, String> environment(
            Project project, Optional<Interpreter> asked, Linking linking, Optional<Path> sitePackages) {
        if (linking == Linking.NOT_AT_ALL) {
            return Map.of();
        }
        Map<String, String> environment = new TreeMap<>();
        Interpreter interpreter = asked.orElseThrow();
        if (linking == Linking.INSIDE_INTERPRETER) {
            environment.putAll(PyO3Environment.extension(interpreter));
            String flags = host.variable("CARGO_ENCODED_RUSTFLAGS")
                    .or(() ->
                            host.variable("RUSTFLAGS").map(text -> text.strip().replaceAll("\\s+", "\u001f")))
                    .map(text -> text + "\u001f")
                    .orElse("");
            environment.put("CARGO_ENCODED_RUSTFLAGS", flags + "-Clink-arg=-shared");
        } else {
            environment.putAll(PyO3Environment.embedding(interpreter));
            environment.put("PYTHONHOME", interpreter.basePrefix().toString());
            prepend(environment, libraryVariable(project), libraryDirectory(project, interpreter));
        }
        sitePackages.ifPresent(path -> prepend(environment, "PYTHONPATH", path));
        return environment;
    }

    private static String libraryVariable(Project project) {
        return switch (project.toolchain().host().os()) {
            case WINDOWS -> "PATH";
            case MACOS -> "DYLD_LIBRARY_PATH";
            default -> "LD_LIBRARY_PATH";
        };
    }

    private static Path libraryDirectory(Project project, Interpreter interpreter) {
        return project.toolchain().host().os() == OperatingSystem.WINDOWS
                ? interpreter.basePrefix()
                : interpreter.sharedLibrary().map(Path::getParent).orElse(interpreter.libraryDirectory());
    }

    private void prepend(Map<String, String> environment, String variable, Path directory) {
        String rest =
                host.variable(variable).map(value -> File.pathSeparator + value).orElse("");
        environment.put(variable, directory + rest);
    }

    private TestSuite run(
            Project project,
            Optional<Interpreter> interpreter,
            Linking linking,
            CargoOutcome.Artifact artifact,
            Path target,
            Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (linking == Linking.INSIDE_INTERPRETER) {
            Path script = target.resolve("run_inside.py");
            Resources.copyIfChanged(RustTests.class, "run_inside.py", script);
            command.addAll(List.of(interpreter.orElseThrow().executable().toString(), script.toString()));
        }
        command.add(artifact.executable().orElseThrow().toString());
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("CARGO_MANIFEST_DIR", project.crate().directory().toString());
        LibtestOutput output = new LibtestOutput();
        List<String> errors = new ArrayList<>();
        ProcessRunner.Result result = new ProcessRunner(events)
                .run(new Command(command, project.crate().directory(), variables), output::line, errors::add);
        String kind =
                artifact.kinds().contains("test") ? "test " : artifact.kinds().contains("bin") ? "bin " : "";
        return suite("rust." + artifact.target(), "Rust tests of " + kind + artifact.target(), output, errors, result);
    }

    private TestSuite documentation(
            Project project, Linking linking, Path target, String profile, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(arguments(project, linking, target, profile));
        arguments.set(1, "--doc");
        LibtestOutput output = new LibtestOutput();
        long start = System.nanoTime();
        CargoOutcome outcome =
                build(new CargoCall("doc", arguments, project.crate().directory(), environment), output::line);
        ProcessRunner.Result result =
                new ProcessRunner.Result(outcome.exitCode(), "", "", Duration.ofNanos(System.nanoTime() - start));
        return suite("rust.doc", "Rust tests in the documentation", output, outcome.lastWords(), result);
    }

    /** rustdoc can only test a library that Rust code can use. */
    private static boolean hasDocumentationTests(Crate crate) {
        return crate.library()
                .filter(library -> library.crateTypes().contains("lib")
                        || library.crateTypes().contains("rlib"))
                .filter(library -> Files.exists(library.source()))
                .isPresent();
    }

    private static TestSuite suite(
            String name, String title, LibtestOutput output, List<String> errors, ProcessRunner.Result result) {
        List<TestCase> cases = new ArrayList<>(output.cases());
        boolean noneFailed = cases.stream().noneMatch(test -> test.status() == TestCase.Status.FAILED);
        if (!result.succeeded() && noneFailed || !output.ended() && result.exitCode() != 0) {
            List<String> said = new ArrayList<>(output.other());
            said.addAll(errors);
            cases.add(new TestCase(
                    "",
                    "the test program ended with exit code " + result.exitCode(),
                    TestCase.Status.FAILED,
                    String.join("\n", said.subList(Math.max(0, said.size() - 40), said.size())),
                    result.time()));
        }
        return new TestSuite(name, title, cases, result.time());
    }
}
