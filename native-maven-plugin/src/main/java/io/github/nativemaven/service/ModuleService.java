package io.github.nativemaven.service;

import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.install.InstalledDistributions;
import io.github.nativemaven.install.Pip;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.python.VirtualEnvironments;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.wheel.CffiModule;
import io.github.nativemaven.wheel.UniFfiModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Writes the Python files of libraries that are loaded with cffi or UniFFI, once they are compiled. */
final class ModuleService {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final RustBuild build;
    private final Host host;
    private final Events events;

    ModuleService(RustBuild build, Host host, Events events) {
        this.build = build;
        this.host = host;
        this.events = events;
    }

    /** The result with the files, which another build of the same project doesn't write meanwhile. */
    UnitResult generate(Plan plan, UnitResult result) {
        Bindings bindings = plan.project().bindings();
        if (!(bindings instanceof Bindings.Cffi || bindings instanceof Bindings.UniFfi)) {
            return result;
        }
        Path directory = plan.project()
                .outputDirectory()
                .resolve("rust-bindings")
                .resolve(plan.profile().value());
        try (DirectoryLock lock = DirectoryLock.acquire(directory, events)) {
            Path own = directory.resolve(result.unit().target().value());
            return result.withGenerated(generated(plan, result, own));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> generated(Plan plan, UnitResult result, Path directory) throws IOException {
        Project project = plan.project();
        if (project.bindings() instanceof Bindings.UniFfi) {
            return new UniFfiModule(host, build.budget(), build.processes(), events).write(plan, result, directory);
        }
        Interpreter interpreter = result.unit().interpreter().orElseThrow();
        return List.of(new CffiModule(host, build.processes())
                .write(project, result, () -> withCffi(project, interpreter), directory));
    }

    /** The interpreter itself where it has cffi; else an environment of the build's own, which gets it. */
    private Path withCffi(Project project, Interpreter interpreter) {
        Command test =
                Command.of(ProcessRunner.anywhere(), interpreter.executable().toString(), "-I", "-c", "import cffi");
        if (build.processes().capture(test, LIMIT).succeeded()) {
            return interpreter.executable();
        }
        VirtualEnvironment environment = new VirtualEnvironments(
                        host, build.probe(), build.processes(), Events.ignored())
                .findOrCreate(
                        project.outputDirectory().resolve("rust-cffi").resolve(interpreter.abiTag()),
                        VirtualEnvironments.Contents.WITHOUT_PIP,
                        () -> interpreter);
        List<Requirement> missing = new InstalledDistributions(environment).missing(List.of(Requirement.parse("cffi")));
        new Pip(build.processes(), events, project.cargo().offline()).install(environment, missing);
        return environment.interpreter().executable();
    }
}
