package io.github.nativemaven.project;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Identifiers;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VersionMapping;
import io.github.nativemaven.python.VersionSpecifiers;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes a {@link Project} of a request, from pyproject.toml, cargo's metadata and the POM, in this order of precedence:
 * what was requested, pyproject.toml, Cargo.toml, the rest of the POM.
 */
public final class ProjectResolver {
    private final Host host;
    private final Events events;

    /** @param host the machine that the build runs on */
    public ProjectResolver(Host host, Events events) {
        this.host = host;
        this.events = events;
    }

    /** Reads what there is. Whatever is wrong is thrown as a {@link ProjectProblem} or a problem of cargo's. */
    public Project resolve(ProjectRequest request) {
        Optional<PyProject> pyproject = PyProject.find(request.directory());
        pyproject.ifPresent(found -> found.remarks().forEach(text -> events.tell(new Events.Warning(text))));
        CargoSettings settings = pyproject
                .map(found -> withMaturin(request.cargo(), found.maturin(), request.off()))
                .orElse(request.cargo());
        Cargo cargo = Cargo.find(host, settings, events);
        Setting<Path> manifest = manifest(request, pyproject);
        CompletableFuture<Cargo.Toolchain> toolchain = CompletableFuture.supplyAsync(
                () -> cargo.toolchain(manifest.value().getParent()));
        CargoMetadata workspace = cargo.metadata(manifest.value());
        Crate crate = crate(workspace, manifest.value());
        return project(request, pyproject, settings, manifest, workspace, crate, join(toolchain));
    }

    /** All but what cargo has to be asked for. */
    static Project project(
            ProjectRequest request,
            Optional<PyProject> pyproject,
            CargoSettings settings,
            Setting<Path> manifest,
            CargoMetadata workspace,
            Crate crate,
            Cargo.Toolchain toolchain) {
        Optional<PyProject.ProjectTable> table = pyproject.flatMap(PyProject::project);
        Setting<DistributionName> name = name(request, table, crate);
        Bindings bindings = bindings(request, pyproject, workspace, crate);
        Setting<ModuleName> module = moduleName(request, pyproject, crate, name.value(), bindings);
        Setting<Path> source = pythonSource(request, pyproject, module.value());
        Maturin maturin = pyproject.map(PyProject::maturin).orElse(Maturin.NONE);
        Shipped shipped = ShippedReader.read(request, maturin, workspace, crate, module.value(), bindings);
        Optional<Setting<String>> requiresPython = Setting.first(
                request::requiresPython,
                () -> fromTable(table, "requires-python", PyProject.ProjectTable::requiresPython));
        List<Project.Decision> decisions = new ArrayList<>();
        decisions.add(Project.Decision.of("manifest", manifest));
        decisions.add(Project.Decision.of("name", name));
        decisions.add(new Project.Decision("version", request.pom().version(), "pom.xml"));
        decisions.add(new Project.Decision("bindings", bindings.id(), bindings.describe()));
        decisions.add(Project.Decision.of("module name", module));
        decisions.add(Project.Decision.of("python source", source));
        requiresPython.ifPresent(value -> decisions.add(Project.Decision.of("requires-python", value)));
        return new Project(
                request.directory(),
                request.outputDirectory(),
                request.pom(),
                pyproject,
                crate,
                workspace,
                settings,
                toolchain,
                name.value(),
                Versions.resolve(request.pom(), pyproject, crate),
                module.value(),
                bindings,
                LayoutFinder.find(request.directory(), pyproject, module.value(), shipped.modules(), source),
                requiresPython.map(value -> parsed(value, VersionSpecifiers::parse)),
                dependencies(request, table, bindings),
                shipped,
                request.cargo().features().isEmpty()
                        ? pyproject.map(PyProject::maturin).orElse(Maturin.NONE).features().stream()
                                .filter(Maturin.Feature::isConditional)
                                .toList()
                        : List.of(),
                rustcArguments(request, pyproject),
                List.copyOf(decisions));
    }

    private static List<String> rustcArguments(ProjectRequest request, Optional<PyProject> pyproject) {
        Maturin maturin = pyproject.map(PyProject::maturin).orElse(Maturin.NONE);
        List<String> arguments = new ArrayList<>(maturin.rustcArguments());
        if (request.strip().map(Setting::value).or(maturin::strip).orElse(false)) {
            arguments.addAll(List.of("-C", "strip=symbols"));
        }
        return List.copyOf(arguments);
    }

    private static CargoSettings withMaturin(CargoSettings cargo, Maturin maturin, Set<String> off) {
        Set<String> features = new LinkedHashSet<>(cargo.features());
        if (features.isEmpty()) {
            features.addAll(maturin.unconditionalFeatures());
        }
        return new CargoSettings(
                cargo.executable(),
                List.copyOf(features),
                cargo.allFeatures() || maturin.allFeatures() && !off.contains("all-features"),
                cargo.noDefaultFeatures() || maturin.noDefaultFeatures() && !off.contains("no-default-features"),
                cargo.offline() || maturin.frozen(),
                cargo.locked() || (maturin.locked() || maturin.frozen()) && !off.contains("locked"),
                cargo.verbosity(),
                cargo.color(),
                cargo.jobs(),
                Stream.concat(maturin.cargoArguments().stream(), cargo.arguments().stream())
                        .toList(),
                cargo.environment());
    }

    /** The Cargo.toml of a project, where nothing else of it has to be known. */
    public static Path manifest(ProjectRequest request) {
        return manifest(request, PyProject.find(request.directory())).value();
    }

    /** The crate that is meant by a Cargo.toml: its own, or the one of its workspace that makes a library for C. */
    public static Crate crate(CargoMetadata workspace, Path manifest) {
        return workspace
                .crateOf(manifest)
                .or(() -> WorkspaceMember.only(workspace))
                .orElseThrow(() -> noPackage(manifest, workspace));
    }

    private static Setting<Path> manifest(ProjectRequest request, Optional<PyProject> pyproject) {
        Path directory = request.directory();
        Setting<Path> manifest = Setting.first(
                        request::manifest,
                        () -> pyproject
                                .flatMap(found -> found.maturin().manifestPath())
                                .map(setting -> setting.map(directory::resolve)),
                        () -> rustDirectory(request, pyproject))
                .orElseGet(() -> Setting.byDefault(directory.resolve("Cargo.toml")))
                .map(Path::normalize);
        if (!Files.isRegularFile(manifest.value())) {
            throw new ProjectProblem.NoManifest(manifest).asFailure();
        }
        return manifest;
    }

    /** Where Python source has the main place, the crate may lie in {@code rust/}. */
    private static Optional<Setting<Path>> rustDirectory(ProjectRequest request, Optional<PyProject> pyproject) {
        Path rust = request.directory().resolve("rust").resolve("Cargo.toml");
        boolean pythonFirst = request.pythonSource().isPresent()
                || pyproject.flatMap(found -> found.maturin().pythonSource()).isPresent()
                || pyproject
                        .flatMap(PyProject::project)
                        .flatMap(PyProject.ProjectTable::name)
                        .filter(name -> Files.isRegularFile(request.directory()
                                .resolve("src")
                                .resolve(name.replace('-', '_').replace('.', '_'))
                                .resolve("__init__.py")))
                        .isPresent();
        return pythonFirst && Files.isRegularFile(rust)
                ? Optional.of(new Setting<>(rust, "rust/Cargo.toml beside Python source"))
                : Optional.empty();
    }

    private static BuildFailure noPackage(Path manifest, CargoMetadata workspace) {
        List<Path> members =
                workspace.memberCrates().stream().map(Crate::manifest).toList();
        return new ProjectProblem.NoPackage(manifest, members).asFailure();
    }

    private static Setting<DistributionName> name(
            ProjectRequest request, Optional<PyProject.ProjectTable> table, Crate crate) {
        Setting<String> name = Setting.first(
                        request::name, () -> fromTable(table, "name", PyProject.ProjectTable::name))
                .orElse(new Setting<>(crate.name(), "Cargo.toml package.name"));
        return new Setting<>(parsed(name, DistributionName::parse), name.origin());
    }

    private static Bindings bindings(
            ProjectRequest request, Optional<PyProject> pyproject, CargoMetadata workspace, Crate crate) {
        MaturinTargets targets =
                pyproject.map(found -> MaturinTargets.read(found.file())).orElse(MaturinTargets.NONE);
        return BindingsDetector.detect(
                workspace,
                crate,
                request.bindings().or(targets::bindings),
                request.programs().or(targets::programs));
    }

    private static Setting<ModuleName> moduleName(
            ProjectRequest request,
            Optional<PyProject> pyproject,
            Crate crate,
            DistributionName name,
            Bindings bindings) {
        Setting<String> text = Setting.first(
                        request::moduleName,
                        () -> pyproject.flatMap(found -> found.maturin().moduleName()),
                        () -> projectName(pyproject, crate),
                        () -> crate.library().map(lib -> new Setting<>(lib.identifier(), "Cargo.toml lib.name")))
                .orElseGet(() -> new Setting<>(name.escaped(), "distribution name"));
        // A program may be called what a module can't.
        Function<String, String> spelling = bindings.hasLibrary() ? Function.identity() : it -> it.replace('-', '_');
        return new Setting<>(parsed(text.map(spelling), ModuleName::parse), text.origin());
    }

    /** The name in pyproject.toml counts where Cargo.toml names no library: cargo then calls it as it calls the crate. */
    private static Optional<Setting<String>> projectName(Optional<PyProject> pyproject, Crate crate) {
        String ofCrate = crate.name().replace('-', '_');
        return fromTable(pyproject.flatMap(PyProject::project), "name", PyProject.ProjectTable::name)
                .map(name -> Identifiers.isIdentifier(name.value())
                        ? name
                        : new Setting<>(parsed(name, DistributionName::parse).escaped(), name.origin()))
                .filter(name -> !name.value().equals(ofCrate))
                .filter(name -> crate.library()
                        .filter(library -> library.identifier().equals(ofCrate))
                        .isPresent())
                .filter(name -> Toml.read(crate.manifest())
                        .table("lib")
                        .filter(library -> library.has("name"))
                        .isEmpty());
    }

    private static Setting<Path> pythonSource(
            ProjectRequest request, Optional<PyProject> pyproject, ModuleName module) {
        Path directory = request.directory();
        Optional<Setting<Path>> asked = Setting.first(
                        request::pythonSource,
                        () -> existing(directory.resolve(LayoutFinder.MAIN), "src/main/python is there"),
                        () -> pyproject
                                .flatMap(found -> found.maturin().pythonSource())
                                .map(setting -> setting.map(directory::resolve)))
                .map(setting -> setting.map(Path::normalize));
        asked.filter(setting -> !Files.isDirectory(setting.value())).ifPresent(setting -> {
            throw new ProjectProblem.NoDirectory(setting).asFailure();
        });
        Path inSrc = directory.resolve("src").resolve(module.first()).resolve("__init__.py");
        return asked.or(() -> Files.isRegularFile(inSrc)
                        ? existing(directory.resolve("src"), "src/" + module.first() + "/__init__.py is there")
                        : Optional.empty())
                .orElse(Setting.byDefault(directory));
    }

    private static Optional<Setting<Path>> existing(Path directory, String origin) {
        return Files.isDirectory(directory) ? Optional.of(new Setting<>(directory, origin)) : Optional.empty();
    }

    /** What the project says, and what its module can't be imported without. */
    private static List<Requirement> dependencies(
            ProjectRequest request, Optional<PyProject.ProjectTable> table, Bindings bindings) {
        List<Requirement> all = new ArrayList<>(dependencies(request, table));
        if (bindings instanceof Bindings.Cffi
                && all.stream().noneMatch(it -> it.name().normalized().equals("cffi"))) {
            all.add(Requirement.parse("cffi"));
        }
        return List.copyOf(all);
    }

    private static List<Requirement> dependencies(ProjectRequest request, Optional<PyProject.ProjectTable> table) {
        List<Setting<String>> texts = new ArrayList<>();
        if (request.dependencies().isPresent()) {
            Setting<List<String>> asked = request.dependencies().get();
            asked.value().forEach(text -> texts.add(new Setting<>(text, asked.origin())));
        } else {
            table.ifPresent(found -> {
                for (int i = 0; i < found.dependencies().size(); i++) {
                    texts.add(new Setting<>(found.dependencies().get(i), found.origin("dependencies", i)));
                }
            });
        }
        return texts.stream().map(text -> parsed(text, Requirement::parse)).toList();
    }

    private static Optional<Setting<String>> fromTable(
            Optional<PyProject.ProjectTable> table,
            String key,
            Function<PyProject.ProjectTable, Optional<String>> getter) {
        return table.flatMap(found -> getter.apply(found).map(value -> new Setting<>(value, found.origin(key))));
    }

    private static <T> T parsed(Setting<String> setting, Function<String, T> parser) {
        try {
            return parser.apply(setting.value());
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(setting, e.reason()).asFailure(e);
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * The versions of POM, pyproject.toml and Cargo.toml, which must agree. A release in the other file agrees with a
     * snapshot of it in the POM: a release build only drops the suffix.
     */
    private static final class Versions {
        static Pep440Version resolve(PomMetadata pom, Optional<PyProject> pyproject, Crate crate) {
            Setting<String> own = new Setting<>(pom.version(), "<version>");
            VersionMapping versions = parsed(own, VersionMapping::parse);
            Optional<String> fixed = pyproject.flatMap(PyProject::project).flatMap(PyProject.ProjectTable::version);
            if (fixed.isPresent()) {
                PyProject.ProjectTable table = pyproject.get().project().orElseThrow();
                Setting<String> other = new Setting<>(fixed.get(), table.origin("version"));
                Pep440Version found = parsed(other, Pep440Version::parse);
                String wanted = versions.pep440().toString();
                boolean agrees = found.equals(versions.pep440()) || found.equals(Pep440Version.parse(release(wanted)));
                require(agrees, pyproject.get().file(), fixed.get(), pom, wanted);
            } else {
                String wanted = parsed(own, text -> versions.semVer());
                boolean agrees = crate.version().equals(wanted)
                        || crate.version().equals(release(wanted))
                        || isSameToPython(crate.version(), versions.pep440());
                require(agrees, crate.manifest(), crate.version(), pom, wanted);
            }
            return versions.pep440();
        }

        /** Cargo's {@code 1.0.0-beta.1} and a POM's {@code 1.0-beta-1} are both Python's {@code 1.0b1}. */
        private static boolean isSameToPython(String cargo, Pep440Version version) {
            try {
                return VersionMapping.parse(cargo).pep440().equals(version);
            } catch (MalformedException e) {
                return false;
            }
        }

        private static String release(String version) {
            return version.replaceFirst("(-SNAPSHOT|\\.dev0)$", "");
        }

        private static void require(boolean agrees, Path file, String found, PomMetadata pom, String wanted) {
            if (!agrees) {
                throw new ProjectProblem.VersionsDiffer(file, found, pom.version(), wanted).asFailure();
            }
        }
    }
}
