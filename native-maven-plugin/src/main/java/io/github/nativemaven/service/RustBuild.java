package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.ProjectResolver;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.InterpreterProbe;
import io.github.nativemaven.python.InterpreterSearch;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.UserCache;
import io.github.nativemaven.testing.TestRequest;
import io.github.nativemaven.wheel.MetadataRemarks;
import io.github.nativemaven.wheel.PackedWheel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One build of one project, goal by goal: what a goal has found out, the next goal of the same build needn't. */
public final class RustBuild {
    private final Host host;
    private final Events events;
    private final Findings findings;
    private final JobBudget budget;
    private final ProcessRunner processes;

    /**
     * @param host the machine that the build runs on
     * @param events told of all that happens
     * @param findings what earlier goals of this build have found out with the same settings
     */
    public RustBuild(Host host, Events events, Findings findings) {
        this(host, events, findings, new JobBudget(1));
    }

    /**
     * The same beside other builds.
     *
     * @param budget how many compilers all of them may run at once
     */
    public RustBuild(Host host, Events events, Findings findings, JobBudget budget) {
        this.host = host;
        this.events = events;
        this.findings = findings;
        this.budget = budget;
        this.processes = new ProcessRunner(events);
    }

    /** What would be built. Nothing is compiled. */
    public Plan plan(BuildRequest request) {
        return plans().plan(request);
    }

    /**
     * Compiles every unit. Where one fails, the wheels of the others are packed first.
     *
     * @throws BuildFailure that names all units that failed
     */
    public List<UnitResult> compile(BuildRequest request) {
        if (findings.results == null) {
            BuildOutcome outcome = new CompileService(this, host, events).run(request, plan(request));
            if (!outcome.isComplete()) {
                packages().pack(request, outcome);
            }
            findings.results = outcome.results();
        }
        return findings.results;
    }

    /** Packs a wheel for each unit into the project's wheel directory. */
    public List<PackedWheel> wheels(BuildRequest request) {
        return packages().pack(request, new BuildOutcome(compile(request), List.of(), List.of()));
    }

    /**
     * Builds wheels a second time, and fails where they are not the same.
     *
     * @param wheels what came of the request the first time
     */
    public void buildAgain(BuildRequest request, List<PackedWheel> wheels) throws IOException {
        new ReproducibleService(host, budget, events).run(request, wheels);
    }

    /** Packs the source distribution into the project's wheel directory. */
    public Path sourceDistribution(BuildRequest request) throws IOException {
        return packages().sourceDistribution(request);
    }

    /** Runs the tests. */
    public void test(BuildRequest request, TestRequest tests) throws IOException {
        new TestService(this, host, events).run(request, tests);
    }

    /** Installs into an environment for development. */
    public void develop(BuildRequest request, DevelopRequest develop) throws IOException {
        new DevelopService(this, host, events).run(request, develop);
    }

    /** Writes the stubs of what was compiled. */
    public void stubs(BuildRequest request) throws IOException {
        new StubsService(events)
                .run(project(request.project()), compile(request).get(0));
    }

    /** Looks whether wheels are what they say. */
    public void check(CheckRequest request) throws IOException {
        new CheckService(events).run(request);
    }

    /**
     * Installs into an environment for development, and adds the project to those that are watched.
     *
     * @param loops what watches, by its class: projects of one build may each have loaded the classes of this plugin
     */
    public void watch(Map<Class<?>, Runnable> loops, WatchRequest request) throws IOException {
        WatchLoop loop = (WatchLoop) loops.computeIfAbsent(WatchLoop.class, type -> new WatchLoop(host, events));
        loop.add(events, request);
    }

    /** Writes the POM's version into the crate's files. */
    public void setVersion(ProjectRequest request) throws IOException {
        new SetVersionService(host, events).run(request);
    }

    /**
     * Looks at the machine and the project, and changes nothing.
     *
     * @param environment where a development install is asked to go
     */
    public Diagnosis diagnose(BuildRequest request, Optional<Path> environment) {
        return new DoctorService(this, host).run(request, environment);
    }

    PlanService plans() {
        return new PlanService(this, host, events);
    }

    PackageService packages() {
        return new PackageService(this, findings, events);
    }

    Project project(ProjectRequest request) {
        if (findings.project == null) {
            findings.project = new ProjectResolver(host, events).resolve(request);
            MetadataRemarks.of(findings.project).forEach(text -> events.tell(new Events.Warning(text)));
        }
        return findings.project;
    }

    List<Interpreter> interpreters(Path directory, List<String> asked) {
        if (findings.interpreters == null) {
            findings.interpreters = search(directory).find(asked);
        }
        return findings.interpreters;
    }

    InterpreterSearch search(Path directory) {
        return new InterpreterSearch(host, directory, probe(), processes, events);
    }

    InterpreterProbe probe() {
        return new InterpreterProbe(UserCache.of(host), host, processes);
    }

    Cargo cargo(Project project) {
        return Cargo.find(host, project.cargo(), events);
    }

    JobBudget budget() {
        return budget;
    }

    ProcessRunner processes() {
        return processes;
    }
}
