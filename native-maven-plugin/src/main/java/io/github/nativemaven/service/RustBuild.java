package io.github.nativemaven.service;

import io.github.nativemaven.build.Builder;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.ProjectResolver;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.InterpreterProbe;
import io.github.nativemaven.python.InterpreterSearch;
import io.github.nativemaven.sdist.SourceDistribution;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.UserCache;
import io.github.nativemaven.testing.TestRequest;
import io.github.nativemaven.wheel.ExtensionCheck;
import io.github.nativemaven.wheel.PackedWheel;
import io.github.nativemaven.wheel.ProjectMetadata;
import io.github.nativemaven.wheel.WheelAssembler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One build of one project, goal by goal: what a goal has found out, the next goal of the same build needn't. */
public final class RustBuild {
    private final Host host;
    private final Events events;
    private final Map<Object, Object> memory;
    private final ProcessRunner processes;

    /**
     * @param host the machine that the build runs on
     * @param events told of all that happens
     * @param memory what earlier goals of this build have found out; used by one goal at a time
     */
    public RustBuild(Host host, Events events, Map<Object, Object> memory) {
        this.host = host;
        this.events = events;
        this.memory = memory;
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
        return compile(plan(request));
    }

    List<UnitResult> compile(Plan plan) {
        return remembered(new Compiled(plan), () -> {
            events.tell(new Planned(plan));
            List<UnitResult> results = new Builder(cargo(plan.project()), events).build(plan);
            results.forEach(result -> ExtensionCheck.check(plan.project(), result));
            return results;
        });
    }

    private record Compiled(Plan plan) {}

    /** Packs a wheel for each unit into the project's wheel directory. */
    public List<PackedWheel> wheels(BuildRequest request) throws IOException {
        Project project = project(request.project());
        List<PackedWheel> wheels = new ArrayList<>();
        for (UnitResult result : compile(request)) {
            PackedWheel wheel =
                    new WheelAssembler(project, request.wheel(), events).write(result, project.wheelDirectory());
            events.tell(new WheelPacked(result, wheel));
            wheels.add(wheel);
        }
        return wheels;
    }

    /** Packs the source distribution into the project's wheel directory. */
    public Path sourceDistribution(BuildRequest request) throws IOException {
        Project project = project(request.project());
        Path file = SourceDistribution.write(
                project,
                cargo(project),
                ProjectMetadata.of(project).write(),
                request.wheel().timestamp(),
                project.wheelDirectory());
        events.tell(new SourcesPacked(file, java.nio.file.Files.size(file)));
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
        CompletableFuture<List<Interpreter>> interpreters = CompletableFuture.supplyAsync(() -> interpreters(
                request.project().directory(), request.interpreters().value()));
        Project project = project(request.project());
        return plan(request, project, Futures.join(interpreters));
    }

    /** What would be built for interpreters that are known already. */
    Plan plan(BuildRequest request, Project project, List<Interpreter> interpreters) {
        return Planner.plan(new PlanRequest(project, request.profile(), interpreters, request.buildDirectory()));
    }

    Project project(ProjectRequest request) {
        return remembered(request, () -> new ProjectResolver(host, events).resolve(request));
    }

    List<Interpreter> interpreters(Path directory, List<String> asked) {
        return remembered(new Asked(directory, asked), () -> search(directory).find(asked));
    }

    private record Asked(Path directory, List<String> words) {}

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

    @SuppressWarnings("unchecked")
    private <T> T remembered(Object key, Supplier<T> supplier) {
        synchronized (memory) {
            if (memory.containsKey(key)) {
                return (T) memory.get(key);
            }
        }
        T value = supplier.get();
        synchronized (memory) {
            memory.put(key, value);
        }
        return value;
    }
}
