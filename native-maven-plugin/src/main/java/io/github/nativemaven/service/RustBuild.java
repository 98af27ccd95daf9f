package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildCache;
import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.Builder;
import io.github.nativemaven.build.FeatureTable;
import io.github.nativemaven.build.MachineCheck;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.TargetRequest;
import io.github.nativemaven.build.TestDirectory;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.cargo.CompilerCache;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.ProjectResolver;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.InterpreterProbe;
import io.github.nativemaven.python.InterpreterSearch;
import io.github.nativemaven.sdist.SourceDistribution;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.UserCache;
import io.github.nativemaven.testing.TestRequest;
import io.github.nativemaven.wheel.ExtensionCheck;
import io.github.nativemaven.wheel.MetadataRemarks;
import io.github.nativemaven.wheel.PackedWheel;
import io.github.nativemaven.wheel.ProjectMetadata;
import io.github.nativemaven.wheel.Universal2;
import io.github.nativemaven.wheel.WheelAssembler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One build of one project, goal by goal: what a goal has found out, the next goal of the same build needn't. */
public final class RustBuild {
    private final Host host;
    private final Events events;
    private final Findings findings;
    private final ProcessRunner processes;

    /**
     * @param host the machine that the build runs on
     * @param events told of all that happens
     * @param findings what earlier goals of this build have found out with the same settings
     */
    public RustBuild(Host host, Events events, Findings findings) {
        this.host = host;
        this.events = events;
        this.findings = findings;
        this.processes = new ProcessRunner(events);
    }

    /** What will be built is known. */
    public record Planned(Plan plan) implements Event {}

    /** A source distribution has been written. */
    public record SourcesPacked(Path file, long size) implements Event {}

    /** A wheel has been written. */
    public record WheelPacked(UnitResult result, PackedWheel wheel) implements Event {}

    /** Compiles every unit, and looks at what came out. */
    public List<UnitResult> compile(BuildRequest request) {
        if (findings.results == null) {
            Plan plan = plan(request);
            BuildOutcome outcome = compile(request, plan);
            trim(request, plan, outcome);
            if (!outcome.isComplete()) {
                pack(request, outcome);
            }
            findings.results = outcome.results();
        }
        return findings.results;
    }

    /** Nothing grows where nothing is compiled. */
    private void trim(BuildRequest request, Plan plan, BuildOutcome outcome) {
        boolean compiled = outcome.results().stream().anyMatch(result -> result.compiled() > 0);
        if (request.cacheLimit().isPresent() && compiled) {
            List<Path> kept = plan.units().stream()
                    .flatMap(unit ->
                            Stream.of(unit.directory(), TestDirectory.of(unit).path()))
                    .toList();
            Path root = request.buildDirectory()
                    .orElse(plan.units().get(0).directory().getParent().getParent());
            try {
                new BuildCache(root, events).trim(request.cacheLimit().get(), kept);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Compiles what was planned; what fails is part of the outcome. */
    BuildOutcome compile(BuildRequest request, Plan plan) {
        if (request.cache().isEmpty()) {
            return compile(plan);
        }
        events.tell(new Planned(plan));
        check(plan.project());
        CargoSettings settings = plan.project().cargo();
        CacheRequest asked = request.cache().get();
        Optional<CompilerCache> started = CompilerCache.start(
                host, settings, asked.program().value(), asked.program().origin(), asked.credentials(), events);
        if (started.isEmpty()) {
            return compile(plan, cargo(plan.project()));
        }
        try (CompilerCache cache = started.get()) {
            return compile(plan, Cargo.find(host, settings.withEnvironment(cache.environment()), events));
        }
    }

    /** Compiles what was planned, without a cache that others share; what fails is part of the outcome. */
    BuildOutcome compile(Plan plan) {
        events.tell(new Planned(plan));
        check(plan.project());
        return compile(plan, cargo(plan.project()));
    }

    private BuildOutcome compile(Plan plan, Cargo cargo) {
        ModuleService modules = new ModuleService(this, host, events);
        BuildOutcome outcome = new Builder(cargo, events).build(plan, result -> {
            if (plan.project().bindings() instanceof Bindings.PyO3) {
                ExtensionCheck.check(plan.project(), result);
            }
            return modules.generate(plan, result);
        });
        return plan.universal2() ? universal2(outcome) : outcome;
    }

    private static BuildOutcome universal2(BuildOutcome outcome) {
        try {
            return new BuildOutcome(Universal2.merge(outcome.results()), outcome.failures(), outcome.untried());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiling may take minutes: what would be wrong after it is said before. */
    private static void check(Project project) {
        try {
            WheelAssembler.check(project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs a wheel for each unit into the project's wheel directory. */
    public List<PackedWheel> wheels(BuildRequest request) throws IOException {
        return pack(request, new BuildOutcome(compile(request), List.of(), List.of()));
    }

    /**
     * Builds wheels a second time, and fails where they are not the same.
     *
     * @param wheels what came of the request the first time
     */
    public void buildAgain(BuildRequest request, List<PackedWheel> wheels) throws IOException {
        new ReproducibleService(host, events).run(request, wheels);
    }

    /** Packs what can be packed, and then fails where anything has failed. */
    private List<PackedWheel> pack(BuildRequest request, BuildOutcome outcome) {
        List<PackedWheel> wheels = new ArrayList<>();
        List<UnitResult> packed = new ArrayList<>();
        List<BuildOutcome.Failed> failures = new ArrayList<>(outcome.failures());
        for (UnitResult result : outcome.results()) {
            try {
                wheels.add(pack(request, result));
                packed.add(result);
            } catch (BuildFailure e) {
                failures.add(new BuildOutcome.Failed(result.unit(), e));
            }
        }
        if (!failures.isEmpty()) {
            throw new BuildOutcome(packed, failures, outcome.untried()).failure();
        }
        return wheels;
    }

    private PackedWheel pack(BuildRequest request, UnitResult result) {
        try {
            PackedWheel wheel = stagedWheel(request, result)
                    .publishedTo(project(request.project()).wheelDirectory());
            events.tell(new WheelPacked(result, wheel));
            return wheel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A unit's wheel beside the wheel directory, where it can be tested before anybody takes it for good. */
    PackedWheel stagedWheel(BuildRequest request, UnitResult result) throws IOException {
        if (findings.wheels == null) {
            findings.wheels = new IdentityHashMap<>();
        }
        PackedWheel wheel = findings.wheels.get(result);
        if (wheel == null) {
            Project project = project(request.project());
            wheel = new WheelAssembler(project, request.wheel().or(project.maturin()), events)
                    .write(result, project.outputDirectory().resolve("rust-wheels"));
            findings.wheels.put(result, wheel);
        }
        return wheel;
    }

    /** Packs the source distribution into the project's wheel directory. */
    public Path sourceDistribution(BuildRequest request) throws IOException {
        Project project = project(request.project());
        Path file = SourceDistribution.write(
                project,
                cargo(project),
                ProjectMetadata.of(project).write(),
                ProjectMetadata.licenseFiles(project),
                events,
                request.wheel().timestamp(),
                project.wheelDirectory());
        events.tell(new SourcesPacked(file, Files.size(file)));
        return file;
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

    /** What would be built. Nothing is compiled. */
    public Plan plan(BuildRequest request) {
        if (!request.targets().isUsual()) {
            Project project = project(request.project());
            return new TargetService(this, host, events).plan(request.withProfile(project.maturin()::profile), project);
        }
        CompletableFuture<List<Interpreter>> interpreters = CompletableFuture.supplyAsync(() -> interpreters(
                request.project().directory(), request.interpreters().value()));
        Project project = project(request.project());
        List<Interpreter> fitting = MachineCheck.fitting(
                project.toolchain().host(),
                interpreters(project, () -> Futures.join(interpreters)),
                !isOpen(request),
                events);
        return plan(request.withProfile(project.maturin()::profile), project, fitting);
    }

    /** Programs, and what UniFFI binds, are compiled without a Python too. */
    static List<Interpreter> interpreters(Project project, Supplier<List<Interpreter>> search) {
        try {
            return search.get();
        } catch (BuildFailure e) {
            if (project.bindings().python().isPresent() || project.bindings() instanceof Bindings.Cffi) {
                throw e;
            }
            return List.of();
        }
    }

    /** What would be built for interpreters that are known already. */
    Plan plan(BuildRequest request, Project project, List<Interpreter> interpreters) {
        return plan(planRequest(request, project, List.of(TargetRequest.ofHost(project, interpreters))), request);
    }

    PlanRequest planRequest(BuildRequest request, Project project, List<TargetRequest> targets) {
        return new PlanRequest(
                project,
                request.profile(),
                targets,
                request.buildDirectory(),
                () -> FeatureTable.withoutStableAbi(project, cargo(project)));
    }

    /** Whether whatever is there was asked for, and no Python in particular. */
    private static boolean isOpen(BuildRequest request) {
        List<String> words = request.interpreters().value();
        return !words.isEmpty() && words.stream().allMatch(InterpreterSearch::isOpen);
    }

    /** The targets that were asked for, each with what it would be built with. */
    List<Diagnosis.Target> targets(BuildRequest request) {
        return new TargetService(this, host, events).diagnose(request, project(request.project()));
    }

    /** Words that name no Python in particular leave out those that can't be built for. */
    Plan plan(PlanRequest asked, BuildRequest request) {
        return isOpen(request) ? Planner.planPossible(asked, events) : Planner.plan(asked);
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

    ProcessRunner processes() {
        return processes;
    }
}
