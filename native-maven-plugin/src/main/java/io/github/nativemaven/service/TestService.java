package io.github.nativemaven.service;

import io.github.nativemaven.build.TestDirectory;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.install.InstalledDistributions;
import io.github.nativemaven.install.Pip;
import io.github.nativemaven.install.WheelInstaller;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.python.VirtualEnvironments;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.testing.PythonTests;
import io.github.nativemaven.testing.RustTests;
import io.github.nativemaven.testing.TestCase;
import io.github.nativemaven.testing.TestEvent;
import io.github.nativemaven.testing.TestProblem;
import io.github.nativemaven.testing.TestReports;
import io.github.nativemaven.testing.TestRequest;
import io.github.nativemaven.testing.TestSuite;
import io.github.nativemaven.wheel.PackedWheel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Runs Rust's and Python's tests, and reports both. */
final class TestService {
    private static final List<String> GROUPS = List.of("test", "tests", "testing");

    private final RustBuild build;
    private final Host host;
    private final Events events;

    TestService(RustBuild build, Host host, Events events) {
        this.build = build;
        this.host = host;
        this.events = events;
    }

    void run(BuildRequest request, TestRequest tests) throws IOException {
        Project project = build.project(request.project());
        Path reports = project.outputDirectory().resolve("surefire-reports");
        List<UnitResult> results = build.compile(request).stream()
                .filter(result -> !result.unit().isForeign())
                .toList();
        if (results.isEmpty()) {
            events.tell(new TestEvent.NothingForThisMachine());
            return;
        }
        Optional<PythonTests> python = PythonTests.find(project.directory(), events);
        boolean pytest = python.isPresent() && python.get().usePytest();
        List<Requirement> requirements = python.isPresent() ? requirements(project, tests, pytest) : List.of();
        List<TestSuite> suites = new ArrayList<>();
        List<VirtualEnvironment> environments = new ArrayList<>();
        for (UnitResult result : python.isPresent() || !requirements.isEmpty() ? results : List.<UnitResult>of()) {
            Interpreter interpreter = interpreter(request, project, result);
            environments.add(environment(request, project, result, interpreter, requirements));
        }
        CompletableFuture<List<TestSuite>> rust =
                CompletableFuture.supplyAsync(() -> rust(project, results.get(0), tests, environments));
        List<TestSuite> ofPython = new ArrayList<>();
        try {
            for (int i = 0; i < environments.size(); i++) {
                String label = results.get(i).unit().label();
                ofPython.add(python.orElseThrow().run(environments.get(i), label, pytest, work(project)));
            }
        } finally {
            suites.addAll(Futures.join(rust));
        }
        suites.addAll(ofPython);
        if (python.isEmpty()) {
            events.tell(new TestEvent.NoPythonTests());
        }
        report(reports, suites, tests);
    }

    /** The unit's own; for a unit that knows nothing of Python, the one that the build would take. */
    private Interpreter interpreter(BuildRequest request, Project project, UnitResult result) {
        return result.unit().interpreter().orElseGet(() -> build.interpreters(
                        project.directory(), request.interpreters().value())
                .get(0));
    }

    private List<TestSuite> rust(
            Project project, UnitResult result, TestRequest tests, List<VirtualEnvironment> environments) {
        Optional<Interpreter> interpreter = environments.isEmpty()
                ? result.unit().interpreter()
                : Optional.of(environments.get(0).interpreter());
        Optional<Path> sitePackages = environments.stream()
                .findFirst()
                .map(environment -> environment.interpreter().scheme().platlib());
        try {
            return new RustTests(host, cargo(project, result), build.budget(), events)
                    .run(
                            project,
                            interpreter,
                            TestDirectory.of(result.unit()),
                            tests.profile().value(),
                            sitePackages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cargo cargo(Project project, UnitResult result) {
        Cargo cargo = build.cargo(project);
        return result.unit().features().only().map(cargo::withFeatures).orElse(cargo);
    }

    private VirtualEnvironment environment(
            BuildRequest request,
            Project project,
            UnitResult result,
            Interpreter interpreter,
            List<Requirement> requirements)
            throws IOException {
        Path work = work(project);
        PackedWheel wheel = build.packages().stagedWheel(request, result);
        VirtualEnvironment environment = new VirtualEnvironments(
                        host, build.probe(), build.processes(), Events.ignored())
                .findOrCreate(
                        work.resolve(interpreter.abiTag()),
                        VirtualEnvironments.Contents.WITHOUT_PIP,
                        () -> interpreter);
        List<Requirement> missing = new InstalledDistributions(environment).missing(requirements);
        new Pip(build.processes(), events, project.cargo().offline()).install(environment, missing);
        new WheelInstaller(Events.ignored()).install(wheel.file(), environment);
        return environment;
    }

    /** What the distribution requires, what its tests require by name of a group or extra, and what was asked for. */
    private static List<Requirement> requirements(Project project, TestRequest tests, boolean pytest) {
        Set<Requirement> all = new LinkedHashSet<>(project.dependencies());
        tests.requirements().forEach(text -> all.add(Requirement.parse(text)));
        GROUPS.forEach(group -> all.addAll(group(project, group)));
        if (pytest && all.stream().noneMatch(r -> r.name().normalized().equals("pytest"))) {
            all.add(Requirement.parse("pytest"));
        }
        return List.copyOf(all);
    }

    static List<Requirement> group(Project project, String group) {
        Optional<PyProject> file = project.pyproject();
        return Stream.concat(
                        file.map(PyProject::dependencyGroups).stream(),
                        file.flatMap(PyProject::project).map(PyProject.ProjectTable::optionalDependencies).stream())
                .flatMap(groups -> groups.getOrDefault(group, List.of()).stream())
                .map(Requirement::parse)
                .toList();
    }

    private static Path work(Project project) {
        return project.outputDirectory().resolve("rust-test");
    }

    private void report(Path directory, List<TestSuite> suites, TestRequest tests) throws IOException {
        TestReports.write(directory, suites);
        suites.forEach(suite -> events.tell(new TestEvent.Ran(suite)));
        List<String> failed = suites.stream()
                .flatMap(suite -> suite.failures().stream())
                .map(TestCase::fullName)
                .toList();
        if (!failed.isEmpty()) {
            int total = suites.stream().mapToInt(suite -> suite.cases().size()).sum();
            if (!tests.ignoreFailures()) {
                throw new TestProblem.Failed(failed, total, directory).asFailure();
            }
            events.tell(new Events.Warning(
                    failed.size() + " of " + total + " tests failed, which maven.test.failure.ignore lets pass."));
        }
    }
}
