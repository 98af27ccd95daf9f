package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.archive.ZipWriter;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.HeaderFullException;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.binary.UnpatchableBinaryException;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.ExtensionModule;
import io.github.nativemaven.project.FileRules;
import io.github.nativemaven.project.Maturin;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Shipped;
import io.github.nativemaven.stubs.Stubs;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Links;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a wheel of what was compiled: gathers what belongs to it, and writes it.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/">binary distribution
 *     format</a>
 */
public final class WheelAssembler {
    private final Project project;
    private final WheelSettings settings;
    private final Events events;
    private final SourceFiles files;
    private final PythonSource python;

    /** @param events told of what is remarkable */
    public WheelAssembler(Project project, WheelSettings settings, Events events) {
        this.project = project;
        this.settings = settings;
        this.events = events;
        this.files = new SourceFiles(new ProcessRunner(Events.ignored()), new Links(project.directory(), events));
        this.python = new PythonSource(project, files);
    }

    /**
     * Writes a unit's wheel into a directory. What is of the same name there stays until the new one is whole.
     *
     * @param directory where to; made where it is missing
     */
    public PackedWheel write(UnitResult result, Path directory) throws IOException {
        return write(result, directory, Optional.empty());
    }

    /**
     * Writes a wheel to be installed here for development, and never to be published: a running Python can take the
     * libraries that come after this one.
     *
     * @param directory where to; made where it is missing
     */
    public PackedWheel write(UnitResult result, Path directory, HotReload.Libraries libraries) throws IOException {
        return write(result, directory, Optional.of(libraries));
    }

    private PackedWheel write(UnitResult result, Path directory, Optional<HotReload.Libraries> hot) throws IOException {
        PlatformChooser.Choice platform = platform(result);
        WheelName name = name(result.unit(), platform.tags());
        Entries entries = new Entries();
        addModule(entries, result, hot);
        addPrograms(entries, result, name);
        if (project.layout().data().isPresent()) {
            DataDirectory.addTo(entries, name, project.layout().data().get(), files);
        }
        new RuledFiles(project, events).apply(entries, result);
        List<Repair.TakenIn> takenIn = relink(entries, result, platform.foreign(), name);
        addDistInfo(entries, name);
        Optional<Path> materials = new Materials(project, settings.sbom(), work("rust-sbom", result.unit()))
                .add(entries, name.distInfo(), result, takenIn);
        Path file = directory.resolve(name.toString());
        Freshness freshness = Freshness.of(file, entries.sorted(), settings);
        if (!freshness.isFresh()) {
            write(file, entries, name);
            freshness.remember();
        }
        return new PackedWheel(file, name, Files.size(file), platform.audit(), originals(takenIn), materials);
    }

    /** Takes libraries in, and makes of what was compiled what the target's loader takes. */
    private List<Repair.TakenIn> relink(Entries entries, UnitResult result, ForeignLibraries foreign, WheelName name)
            throws IOException {
        List<Repair.TakenIn> takenIn = List.of();
        try {
            if (!foreign.isEmpty()) {
                Repair repair = new Repair(foreign, name, work("rust-repaired", result.unit()));
                repair.apply(entries, result.binaries());
                takenIn = repair.takenIn();
            }
            if (result.unit().target().os() == OperatingSystem.MACOS) {
                new Finish(work("rust-finished", result.unit())).apply(entries, result.binaries());
            }
        } catch (MalformedBinaryException e) {
            throw new UnreadableBinary(e.path(), e.reason()).asFailure(e);
        } catch (HeaderFullException e) {
            throw new HeaderFull(e.path(), e.wanted(), e.room()).asFailure(e);
        } catch (UnpatchableBinaryException e) {
            throw new Unchangeable(e.path(), e.reason()).asFailure(e);
        }
        return takenIn;
    }

    /**
     * What build scripts made for the wheel.
     *
     * @return files by their paths in the wheel, and below the Python source
     */
    public Map<String, Path> made(UnitResult result) throws IOException {
        return new RuledFiles(project, events).made(result);
    }

    /** A place for files that are made for a unit's wheel and not packed as they are compiled. */
    private Path work(String kind, Unit unit) {
        return project.outputDirectory()
                .resolve(kind)
                .resolve(unit.target().value())
                .resolve(unit.label());
    }

    private static List<Path> originals(List<Repair.TakenIn> takenIn) {
        return takenIn.stream().map(library -> library.original().path()).toList();
    }

    /**
     * A compiled file, or a library that it needs, that can't be read as what it should be.
     *
     * @param file the file
     * @param reason what is wrong with it
     */
    public record UnreadableBinary(Path file, String reason) implements Problem {}

    /**
     * A library or program of macOS has no room for the names by which it shall find others in the wheel.
     *
     * @param file the file
     * @param wanted the bytes that its load commands would need
     * @param room the bytes that there are for them
     */
    public record HeaderFull(Path file, long wanted, long room) implements Problem {}

    /**
     * A library or program of Windows that would be spoilt if it were told other names of those that it needs.
     *
     * @param file the file
     * @param reason why
     */
    public record Unchangeable(Path file, String reason) implements Problem {}

    /**
     * What an environment must know of the distribution where its module is imported from the source tree: the files of
     * the dist-info directory but for RECORD.
     *
     * @param result the compiled library
     */
    public Entries distInfo(UnitResult result) throws IOException {
        PlatformChooser.Choice platform = platform(result);
        Entries entries = new Entries();
        addDistInfo(entries, name(result.unit(), platform.tags()));
        return entries;
    }

    private PlatformChooser.Choice platform(UnitResult result) throws IOException {
        if (result.unit().target().os() == OperatingSystem.EMSCRIPTEN) {
            return EmscriptenPlatform.choose(settings, result.unit());
        }
        List<BinaryFile> files = new ArrayList<>();
        try {
            for (Path file : result.binaries()) {
                files.add(BinaryFile.read(file));
            }
            List<Path> build = new ArrayList<>(result.libraryDirectories());
            build.addAll(result.outDirectories().values());
            return new PlatformChooser(settings, events).choose(result.unit().target(), files, build);
        } catch (MalformedBinaryException e) {
            throw new UnreadableBinary(e.path(), e.reason()).asFailure(e);
        }
    }

    private WheelName name(Unit unit, List<String> platforms) {
        WheelTag tag = new WheelTag(
                List.of(unit.abi().pythonTag()), List.of(unit.abi().abiTag().split("\\.")), platforms);
        return WheelName.of(project.name(), project.version(), tag);
    }

    private void addModule(Entries entries, UnitResult result, Optional<HotReload.Libraries> hot) throws IOException {
        if (project.bindings() instanceof Bindings.PyO3) {
            addExtensions(entries, result, hot);
        } else if (project.bindings().hasLibrary()) {
            addForeignModule(entries, result);
        } else {
            python.addTo(entries, List.of(project.module().first() + "/"));
        }
    }

    /** What a development install left of the package in the source is made anew. */
    private void addForeignModule(Entries entries, UnitResult result) throws IOException {
        ForeignModule.entries(project, result).sorted().forEach(entries::add);
        python.addTo(entries, List.of(ForeignModule.directory(project) + "/"));
        if (!project.layout().isMixed() && !project.module().isDotted()) {
            addStubs(entries, project.module());
        }
    }

    private static void addPrograms(Entries entries, UnitResult result, WheelName name) {
        for (Path program : result.programs()) {
            entries.add(
                    name.data() + "/scripts/" + program.getFileName(), Content.of(program), true, program.toString());
        }
    }

    private void addExtensions(Entries entries, UnitResult result, Optional<HotReload.Libraries> hot)
            throws IOException {
        List<ExtensionModule> modules = project.modules();
        List<String> paths = modules.stream()
                .map(module -> extensionPath(module.name(), result.unit()))
                .toList();
        python.addTo(entries, paths);
        for (int i = 0; i < modules.size(); i++) {
            ModuleName module = modules.get(i).name();
            Path library = result.libraries().get(i);
            boolean asPackage = isPackage(project, module);
            if (asPackage) {
                String before = hot.map(HotReload.Libraries::importLine).orElse("");
                entries.add(module.first() + "/__init__.py", before + PureModule.init(module));
                addStubs(entries, module);
            }
            if (project.shipped().stubs() == Shipped.Stubs.WHEEL) {
                addMadeStubs(entries, library, module, asPackage);
            }
            if (hot.isEmpty()) {
                entries.add(paths.get(i), Content.of(library), true, library.toString());
            }
        }
        if (hot.isPresent()) {
            hot.get().addTo(entries, result, !modules.stream().allMatch(module -> isPackage(project, module.name())));
        }
    }

    /** Whether a module that no Python source is beside is shipped as a package that shows all of it. */
    public static boolean isPackage(Project project, ModuleName module) {
        Path source = project.layout().pythonSource().resolve(module.first());
        return !module.isDotted() && !project.layout().sources().contains(source);
    }

    /** Stubs that somebody wrote are better than any that are made. */
    private static void addMadeStubs(Entries entries, Path library, ModuleName module, boolean asPackage)
            throws IOException {
        String path = String.join("/", module.segments());
        if (entries.contains(path + ".pyi") || entries.contains(path + "/__init__.pyi")) {
            return;
        }
        Stubs.of(library, module, asPackage).forEach(entries::add);
        if (!entries.contains(module.first() + "/py.typed")) {
            entries.add(module.first() + "/py.typed", "");
        }
    }

    /** Where an extension lies in a wheel, and below the Python source: {@code pkg/_core.abi3.so}. */
    public static String extensionPath(ModuleName module, Unit unit) {
        String directory = module.isDotted() ? module.packagePath() : module.first();
        return directory + "/"
                + unit.abi().fileName(module.last(), unit.target().os());
    }

    private void addStubs(Entries entries, ModuleName module) {
        Path stubs = project.layout().pythonSource().resolve(module.first() + ".pyi");
        if (Files.isRegularFile(stubs)) {
            entries.add(module.first() + "/__init__.pyi", stubs);
            entries.add(module.first() + "/py.typed", "");
        }
    }

    /**
     * Looks at what goes into every wheel of a project, before anything is compiled. What can't be written is thrown as
     * the problem that it would be afterwards.
     */
    public static void check(Project project) throws IOException {
        ProjectMetadata.of(project);
        ProjectMetadata.entryPoints(project);
        FileRules.of(project, Maturin.Format.WHEEL);
        if (project.layout().data().isPresent()) {
            DataDirectory.check(project.layout().data().get());
        }
    }

    private void addDistInfo(Entries entries, WheelName name) throws IOException {
        String directory = name.distInfo() + "/";
        CoreMetadata metadata = ProjectMetadata.of(project);
        entries.add(directory + "METADATA", metadata.write());
        entries.add(directory + "WHEEL", WheelFile.write(name.tag()));
        String entryPoints = ProjectMetadata.entryPoints(project).write();
        if (!entryPoints.isEmpty()) {
            entries.add(directory + "entry_points.txt", entryPoints);
        }
        for (LicenseFiles.Found license : LicenseFiles.find(project)) {
            entries.add(directory + "licenses/" + license.path(), license.file());
        }
    }

    private void write(Path file, Entries entries, WheelName name) throws IOException {
        ZipWriter.write(file, settings.timestamp(), settings.compression(), zip -> {
            List<RecordFile.Row> rows = new ArrayList<>();
            List<Entry> ordered = entries.sortedWithLast(name.distInfo());
            List<ZipWriter.Digest> digests = zip.addAll(ordered);
            for (int i = 0; i < ordered.size(); i++) {
                rows.add(row(ordered.get(i), digests.get(i)));
            }
            String record = name.distInfo() + "/RECORD";
            rows.add(new RecordFile.Row(record, Optional.empty(), OptionalLong.empty()));
            zip.add(new Entry(record, Content.of(new RecordFile(rows).write()), false, "generated"));
        });
    }

    private static RecordFile.Row row(Entry entry, ZipWriter.Digest digest) {
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.sha256());
        return new RecordFile.Row(
                entry.path(), Optional.of(new RecordFile.Hash("sha256", hash)), OptionalLong.of(digest.size()));
    }
}
