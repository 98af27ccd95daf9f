package io.github.nativemaven.service;

import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.install.EditableInstaller;
import io.github.nativemaven.install.Installation;
import io.github.nativemaven.install.InstalledDistributions;
import io.github.nativemaven.install.Pip;
import io.github.nativemaven.install.WheelInstaller;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.ExtensionModule;
import io.github.nativemaven.project.Maturin;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.python.VirtualEnvironments;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.ForeignModule;
import io.github.nativemaven.wheel.PackedWheel;
import io.github.nativemaven.wheel.WheelAssembler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Installs a project into an environment for development: the whole wheel, or, where there is Python source, the library
 * into the source and the source's directory into Python's search path.
 */
public final class DevelopService {
    private final RustBuild build;
    private final Host host;
    private final Events events;

    DevelopService(RustBuild build, Host host, Events events) {
        this.build = build;
        this.host = host;
        this.events = events;
    }

    /**
     * The project is in the environment.
     *
     * @param project what
     * @param environment where
     * @param editable whether Python source is used where it lies
     * @param unchanged whether it was there already, in the same form
     */
    public record Developed(Project project, VirtualEnvironment environment, boolean editable, boolean unchanged)
            implements Event {}

    void run(BuildRequest request, DevelopRequest develop) throws IOException {
        VirtualEnvironment environment = environment(request, develop);
        Project project = build.project(request.project());
        new Pip(build.processes(), events, project.cargo().offline())
                .install(environment, new InstalledDistributions(environment).missing(requirements(project, develop)));
        Plan plan = build.plan(withProfile(request, project.maturin()), project, List.of(environment.interpreter()));
        BuildOutcome outcome = build.compile(request, plan);
        if (!outcome.isComplete()) {
            throw outcome.failure();
        }
        UnitResult result = outcome.results().get(0);
        // A program has no place in the source: it is installed with the whole wheel.
        boolean editable =
                project.layout().isMixed() && project.bindings().programs().isEmpty();
        Installation installation = editable
                ? installEditable(request, project, result, environment)
                : installWheel(request, project, result, environment);
        events.tell(new Developed(project, environment, editable, installation.unchanged() && result.compiled() == 0));
    }

    private static BuildRequest withProfile(BuildRequest request, Maturin maturin) {
        return request.withProfile(() -> maturin.editableProfile().or(maturin::profile));
    }

    private VirtualEnvironment environment(BuildRequest request, DevelopRequest develop) {
        Path directory = request.project().directory();
        VirtualEnvironments environments = new VirtualEnvironments(host, build.probe(), build.processes(), events);
        Optional<Path> asked = develop.environment();
        if (asked.isEmpty()) {
            return environments.find(asked, directory);
        }
        return environments.findOrCreate(asked.get(), () -> build.interpreters(
                        directory, request.interpreters().value())
                .get(0));
    }

    private static List<Requirement> requirements(Project project, DevelopRequest develop) {
        List<Requirement> all = new ArrayList<>(project.dependencies());
        develop.groups().forEach(group -> all.addAll(TestService.group(project, group)));
        return all;
    }

    private Installation installWheel(
            BuildRequest request, Project project, UnitResult result, VirtualEnvironment environment)
            throws IOException {
        PackedWheel wheel = new WheelAssembler(project, request.wheel().forDevelopment(), events)
                .write(result, project.outputDirectory().resolve("rust-develop"));
        return new WheelInstaller(events).install(wheel.file(), environment);
    }

    private Installation installEditable(
            BuildRequest request, Project project, UnitResult result, VirtualEnvironment environment)
            throws IOException {
        if (project.bindings() instanceof Bindings.PyO3) {
            putLibraries(project, result, environment.interpreter());
        } else {
            putModule(project, result);
        }
        WheelAssembler assembler = new WheelAssembler(project, request.wheel().forDevelopment(), events);
        for (Map.Entry<String, Path> made : assembler.made(result).entrySet()) {
            Path place = project.layout().pythonSource().resolve(made.getKey());
            AtomicFiles.writeIfChanged(place, Files.readAllBytes(made.getValue()));
        }
        Entries distInfo = assembler.distInfo(result);
        SortedMap<String, byte[]> metadata = new TreeMap<>();
        for (Entry entry : distInfo.sorted()) {
            try (InputStream in = entry.content().open()) {
                metadata.put(entry.path().substring(entry.path().indexOf('/') + 1), in.readAllBytes());
            }
        }
        return new EditableInstaller(events)
                .install(
                        new EditableInstaller.Request(
                                project.name(),
                                project.version(),
                                metadata,
                                project.layout().pythonSource(),
                                project.directory()),
                        environment);
    }

    private static void putLibraries(Project project, UnitResult result, Interpreter interpreter) throws IOException {
        List<ExtensionModule> modules = project.modules();
        for (int i = 0; i < modules.size(); i++) {
            ModuleName module = modules.get(i).name();
            String path = WheelAssembler.extensionPath(module, result.unit());
            putLibrary(
                    module,
                    project.layout().pythonSource().resolve(path),
                    result.libraries().get(i),
                    interpreter);
        }
    }

    /** A library goes into the source tree, and what Python would load instead of it goes away. */
    private static void putLibrary(ModuleName module, Path library, Path compiled, Interpreter interpreter)
            throws IOException {
        for (Path other : shadowing(module, interpreter, library)) {
            Files.deleteIfExists(other);
        }
        if (!Files.exists(library) || Files.mismatch(library, compiled) >= 0) {
            AtomicFiles.write(library, aside -> Files.copy(compiled, aside));
        }
    }

    /** The library and the Python files that load it. */
    private static void putModule(Project project, UnitResult result) throws IOException {
        for (Entry entry : ForeignModule.entries(project, result).sorted()) {
            try (InputStream in = entry.content().open()) {
                AtomicFiles.writeIfChanged(project.layout().pythonSource().resolve(entry.path()), in.readAllBytes());
            }
        }
    }

    private static List<Path> shadowing(ModuleName module, Interpreter interpreter, Path library) {
        return List.of(interpreter.extensionSuffix(), ".abi3.so", ".so", ".pyd").stream()
                .map(suffix -> library.resolveSibling(module.last() + suffix))
                .filter(other -> !other.equals(library))
                .toList();
    }
}
