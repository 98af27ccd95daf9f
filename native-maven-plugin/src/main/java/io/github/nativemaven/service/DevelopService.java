package io.github.nativemaven.service;

import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.install.EditableInstaller;
import io.github.nativemaven.install.HotInstaller;
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
import io.github.nativemaven.wheel.HotReload;
import io.github.nativemaven.wheel.LocalLibraries;
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
     * @param hotReload whether a running Python can take the next library
     * @param unchanged whether it was there already, in the same form
     */
    public record Developed(
            Project project, VirtualEnvironment environment, boolean editable, boolean hotReload, boolean unchanged)
            implements Event {}

    /**
     * What will be installed, and where.
     *
     * @param plan one unit
     * @param hot how a running Python can take the next library, where it shall
     */
    record Development(Plan plan, VirtualEnvironment environment, Optional<HotReload> hot) {
        Project project() {
            return plan.project();
        }
    }

    void run(BuildRequest request, DevelopRequest develop) throws IOException {
        Development development = prepare(request, develop);
        UnitResult result = compile(request, development);
        events.tell(install(request, development, result));
    }

    /** Finds or makes the environment, resolves the project, and installs what it requires. */
    Development prepare(BuildRequest request, DevelopRequest develop) {
        VirtualEnvironment environment = environment(request, develop);
        Project project = build.project(request.project());
        new Pip(build.processes(), events, project.cargo().offline())
                .install(environment, new InstalledDistributions(environment).missing(requirements(project, develop)));
        Plan plan = build.plans()
                .plan(withProfile(request, project.maturin()), project, List.of(environment.interpreter()));
        boolean hot = develop.hotReload() && project.bindings() instanceof Bindings.PyO3;
        return new Development(
                plan,
                environment,
                hot ? Optional.of(HotReload.of(project, plan.units().get(0))) : Optional.empty());
    }

    /** @throws io.github.nativemaven.system.BuildFailure when it doesn't compile */
    UnitResult compile(BuildRequest request, Development development) {
        BuildOutcome outcome = new CompileService(build, host, events).run(request, development.plan());
        if (!outcome.isComplete()) {
            throw outcome.failure();
        }
        return outcome.results().get(0);
    }

    /** Installs what was compiled. */
    Developed install(BuildRequest request, Development development, UnitResult compiled) throws IOException {
        Project project = development.project();
        Path work = project.outputDirectory().resolve("rust-develop").resolve("libraries");
        UnitResult result =
                LocalLibraries.found(compiled, work.resolve(compiled.unit().label()));
        Optional<HotReload.Libraries> libraries = Optional.empty();
        if (development.hot().isPresent()) {
            libraries = Optional.of(installer(development).choose(result.libraries()));
        }
        // A program has no place in the source: it is installed with the whole wheel.
        boolean editable =
                project.layout().isMixed() && project.bindings().programs().isEmpty();
        Installation installation = editable
                ? installEditable(request, development, result, libraries)
                : installWheel(request, development, result, libraries);
        return new Developed(
                project,
                development.environment(),
                editable,
                libraries.isPresent(),
                installation.unchanged() && result.compiled() == 0);
    }

    /** What puts further libraries of a development install in place. */
    HotInstaller installer(Development development) {
        return new HotInstaller(
                development.project().name(), development.hot().orElseThrow(), development.environment(), events);
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
            BuildRequest request, Development development, UnitResult result, Optional<HotReload.Libraries> libraries)
            throws IOException {
        Project project = development.project();
        WheelAssembler assembler = new WheelAssembler(project, request.wheel().forDevelopment(), events);
        Path output = project.outputDirectory();
        PackedWheel wheel = libraries.isPresent()
                ? assembler.write(result, output.resolve("rust-hot-reload"), libraries.get())
                : assembler.write(result, output.resolve("rust-develop"));
        return new WheelInstaller(events).install(wheel.file(), development.environment());
    }

    private Installation installEditable(
            BuildRequest request, Development development, UnitResult result, Optional<HotReload.Libraries> libraries)
            throws IOException {
        Project project = development.project();
        Entries further = new Entries();
        if (libraries.isPresent()) {
            libraries.get().addTo(further, result, true);
            removeLibraries(project, result, development.environment().interpreter());
        } else if (project.bindings() instanceof Bindings.PyO3) {
            putLibraries(project, result, development.environment().interpreter());
        } else {
            putModule(project, result);
        }
        WheelAssembler assembler = new WheelAssembler(project, request.wheel().forDevelopment(), events);
        for (Map.Entry<String, Path> made : assembler.made(result).entrySet()) {
            Path place = project.layout().pythonSource().resolve(made.getKey());
            AtomicFiles.writeIfChanged(place, Files.readAllBytes(made.getValue()));
        }
        EditableInstaller.Request editable = new EditableInstaller.Request(
                project.name(),
                project.version(),
                metadata(assembler.distInfo(result)),
                project.layout().pythonSource(),
                project.directory(),
                further);
        return new EditableInstaller(events).install(editable, development.environment());
    }

    private static SortedMap<String, byte[]> metadata(Entries distInfo) throws IOException {
        SortedMap<String, byte[]> metadata = new TreeMap<>();
        for (Entry entry : distInfo.sorted()) {
            try (InputStream in = entry.content().open()) {
                metadata.put(entry.path().substring(entry.path().indexOf('/') + 1), in.readAllBytes());
            }
        }
        return metadata;
    }

    /** What an earlier install left in the source tree would be imported by whoever doesn't know of the new library. */
    private static void removeLibraries(Project project, UnitResult result, Interpreter interpreter) {
        for (ExtensionModule module : project.modules()) {
            Path library =
                    project.layout().pythonSource().resolve(WheelAssembler.extensionPath(module.name(), result.unit()));
            List<Path> all = new ArrayList<>(shadowing(module.name(), interpreter, library));
            all.add(library);
            all.forEach(DevelopService::deleteIfPossible);
        }
    }

    private static void deleteIfPossible(Path library) {
        try {
            Files.deleteIfExists(library);
        } catch (IOException e) {
            // It is loaded, on Windows. The newer one is found before it.
        }
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
