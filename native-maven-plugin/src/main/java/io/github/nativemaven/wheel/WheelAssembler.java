package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.archive.ZipWriter;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.HeaderFullException;
import io.github.nativemaven.binary.MalformedBinaryException;
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
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Links;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a wheel of what was compiled: gathers what belongs to it, and writes it.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/">binary distribution
 *     format</a>
 */
public final class WheelAssembler {
    private static final Set<String> DATA_PARTS = Set.of("data", "scripts", "headers", "purelib", "platlib");

    private final Project project;
    private final WheelSettings settings;
    private final Events events;

    /** @param events told of what is remarkable */
    public WheelAssembler(Project project, WheelSettings settings, Events events) {
        this.project = project;
        this.settings = settings;
        this.events = events;
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
        addData(entries, name);
        applyRules(entries, result);
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
        }
        return takenIn;
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
            addPythonSource(entries, List.of(project.module().first() + "/"));
        }
    }

    /** What a development install left of the package in the source is made anew. */
    private void addForeignModule(Entries entries, UnitResult result) throws IOException {
        ForeignModule.entries(project, result).sorted().forEach(entries::add);
        addPythonSource(entries, List.of(ForeignModule.directory(project) + "/"));
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
        addPythonSource(entries, paths);
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

    /** @param extensions where the compiled modules lie, which a development install may have left in the source */
    private void addPythonSource(Entries entries, List<String> extensions) throws IOException {
        Path source = project.layout().pythonSource();
        SourceFiles files = sourceFiles();
        for (Path root : project.layout().sources()) {
            for (Path file : Files.isDirectory(root) ? files.list(root) : List.of(root)) {
                String path = source.relativize(file).toString().replace('\\', '/');
                if (!isLeftOver(path, extensions) && !entries.contains(path)) {
                    entries.add(path, Content.of(file), false, file.toString());
                }
            }
        }
    }

    private SourceFiles sourceFiles() {
        return new SourceFiles(new ProcessRunner(Events.ignored()), new Links(project.directory(), events));
    }

    /** What the project asks for besides goes in, and what it doesn't want goes out, but for the library itself. */
    private void applyRules(Entries entries, UnitResult result) throws IOException {
        FileRules rules = FileRules.of(project, Maturin.Format.WHEEL);
        Map<String, Path> included = new TreeMap<>(rules.included(this::tellUnmatched));
        Map<String, Path> made = made(result);
        made.keySet().forEach(path -> removeLeftOver(entries, path));
        included.putAll(made);
        for (Map.Entry<String, Path> file : included.entrySet()) {
            addOnce(entries, file.getKey(), file.getValue());
        }
        for (Entry entry : List.copyOf(entries.sorted())) {
            if (entry.content() instanceof Content.Stored stored
                    && !stored.file().startsWith(result.unit().directory())
                    && rules.excludes(stored.file())) {
                entries.remove(entry.path());
            }
        }
    }

    /**
     * What build scripts made for the wheel.
     *
     * @return files by their paths in the wheel, and below the Python source
     */
    public Map<String, Path> made(UnitResult result) throws IOException {
        return FileRules.of(project, Maturin.Format.WHEEL).made(result.outDirectories(), this::tellUnmatched);
    }

    /** A development install puts what is made into the Python source. */
    private void removeLeftOver(Entries entries, String path) {
        String leftOver = project.layout().pythonSource().resolve(path).toString();
        if (entries.get(path).filter(entry -> entry.origin().equals(leftOver)).isPresent()) {
            entries.remove(path);
        }
    }

    private void tellUnmatched(Maturin.FileRule rule) {
        events.tell(new Events.Warning(rule.origin() + " '" + rule.path() + "' matches no file."));
    }

    private static void addOnce(Entries entries, String path, Path file) {
        boolean there = entries.get(path)
                .filter(entry -> entry.origin().equals(file.toString()))
                .isPresent();
        if (!there) {
            entries.add(path, Content.of(file), false, file.toString());
        }
    }

    /** Whether a file is made by Python or by a development install, and not written by anybody. */
    private boolean isLeftOver(String path, List<String> extensions) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean library = name.matches(".+\\.(so|pyd|dylib|dll)");
        return name.endsWith(".pyc")
                || path.contains("/__pycache__/")
                || name.startsWith(AtomicFiles.ASIDE)
                || library && extensions.stream().anyMatch(extension -> isOlder(path, extension));
    }

    /** Whether a library is another build of a module, or lies where only libraries that are compiled do. */
    private boolean isOlder(String path, String extension) {
        int slash = extension.lastIndexOf('/');
        if (project.bindings() instanceof Bindings.PyO3) {
            int dot = extension.indexOf('.', slash);
            return path.startsWith(extension.substring(0, dot + 1));
        }
        String directory = extension.substring(0, slash + 1);
        return path.startsWith(directory + project.module().last() + ".") || path.startsWith(directory + "lib");
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
            try (DirectoryStream<Path> parts =
                    Files.newDirectoryStream(project.layout().data().get())) {
                for (Path part : parts) {
                    checkPart(part, part);
                }
            }
        }
    }

    /** Files that only file managers and git see don't matter. */
    private static void checkPart(Path part, Path file) {
        String name = part.getFileName().toString();
        boolean hidden = name.startsWith(".") && Files.isRegularFile(part);
        if (!hidden && !(DATA_PARTS.contains(name) && Files.isDirectory(part))) {
            throw new UnknownData(file, name).asFailure();
        }
    }

    private void addData(Entries entries, WheelName name) throws IOException {
        Optional<Path> data = project.layout().data();
        if (data.isEmpty()) {
            return;
        }
        for (Path file : sourceFiles().list(data.get())) {
            Path relative = data.get().relativize(file);
            checkPart(data.get().resolve(relative.getName(0)), file);
            if (relative.getNameCount() == 1) {
                continue;
            }
            String path = name.data() + "/" + relative.toString().replace('\\', '/');
            entries.add(path, Content.of(file), Files.isExecutable(file), file.toString());
        }
    }

    /**
     * A part of the data directory that has no place in an environment.
     *
     * @param file a file in it
     * @param part the part's name
     */
    public record UnknownData(Path file, String part) implements Problem {}

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
