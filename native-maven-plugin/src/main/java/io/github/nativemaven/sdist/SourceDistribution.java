package io.github.nativemaven.sdist;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.archive.TarGzWriter;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.TomlEdit;
import io.github.nativemaven.project.ExtensionModule;
import io.github.nativemaven.project.FileRules;
import io.github.nativemaven.project.Maturin;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Links;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gathers and writes a source distribution: what {@code cargo package} would take, the Python source, the POM, and
 * PKG-INFO.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/source-distribution-format/">source distribution
 *     format</a>
 */
public final class SourceDistribution {
    private static final String PKG_INFO = "PKG-INFO";
    private static final Set<String> CARGOS_OWN = Set.of("Cargo.toml.orig", ".cargo_vcs_info.json", "Cargo.lock");

    private final Project project;
    private final Path root;
    private final Events events;
    private final Path crate;
    private final CrateSources crates;
    private final Entries entries = new Entries();
    private final String prefix;
    private final Links links;
    /** What lies outside of the project, and where it goes. */
    private final Map<Path, String> moved = new LinkedHashMap<>();

    private final TomlEdit pyproject;

    private SourceDistribution(Project project, Events events) throws IOException {
        this.project = project;
        this.root = project.directory().toRealPath();
        this.events = events;
        this.crate = project.crate().directory().toRealPath();
        this.crates = CrateSources.of(
                root,
                crateDirectories(project),
                project.workspace().workspaceRoot().toRealPath());
        this.prefix = project.name().escaped() + "-" + project.version() + "/";
        this.links = new Links(root, events);
        Path file = root.resolve(PyProject.NAME);
        this.pyproject = TomlEdit.of(Files.isRegularFile(file) ? Files.readString(file) : "");
    }

    private static List<Path> crateDirectories(Project project) throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        for (ExtensionModule module : project.modules()) {
            directories.add(module.crate().directory().toRealPath());
        }
        return List.copyOf(directories);
    }

    /**
     * Writes {@code <name>-<version>.tar.gz} into a directory.
     *
     * @param metadata the distribution's METADATA, which becomes PKG-INFO
     * @param licenses its licence files, by their places below the root
     * @param events told of rules that match nothing
     * @param time the time of every entry
     * @return the file
     */
    public static Path write(
            Project project,
            Cargo cargo,
            String metadata,
            Map<String, Path> licenses,
            Events events,
            Instant time,
            Path directory)
            throws IOException {
        SourceDistribution sources = new SourceDistribution(project, events);
        sources.gather(cargo, metadata, licenses);
        Path file = directory.resolve(project.name().escaped() + "-" + project.version() + ".tar.gz");
        TarGzWriter.write(file, time, sources.inOrder());
        return file;
    }

    private void gather(Cargo cargo, String metadata, Map<String, Path> licenses) throws IOException {
        entries.add(prefix + PKG_INFO, metadata);
        move(project.layout().pythonSource(), List.of("tool", "maturin", "python-source"));
        if (project.layout().data().isPresent()) {
            move(project.layout().data().get(), List.of("tool", "maturin", "data"));
        }
        addCrates(cargo);
        addIfThere(project.pom().file());
        for (Path source : project.layout().sources()) {
            addTree(source);
        }
        if (project.layout().data().isPresent()) {
            addTree(project.layout().data().get());
        }
        addTexts(licenses);
        addPyProject();
        applyRules();
        if (project.shipped().vendor()) {
            Optional<Entry> lock = entries.get(prefix + below(crates.root(), "Cargo.lock"));
            VendoredCrates.addTo(
                    entries,
                    prefix,
                    project,
                    cargo,
                    lock.map(SourceDistribution::text).orElse(""));
        }
    }

    private static String text(Entry entry) {
        try (InputStream in = entry.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What cargo would package of each crate, with the manifests as they belong here. */
    private void addCrates(Cargo cargo) throws IOException {
        for (Path each : crates.directories()) {
            String place = crates.place(each);
            for (String path : cargo.packagedFiles(each.resolve("Cargo.toml"))) {
                if (!CARGOS_OWN.contains(path)
                        && !path.equals("Cargo.toml")
                        && Files.isRegularFile(each.resolve(path))
                        && links.reach(each.resolve(path), each)) {
                    add(each.resolve(path), below(place, path));
                }
            }
            entries.add(prefix + below(place, "Cargo.toml"), crates.manifest(each));
        }
        for (Map.Entry<String, Path> copy : crates.copies().entrySet()) {
            if (!entries.contains(prefix + copy.getKey())) {
                put(prefix + copy.getKey(), copy.getValue());
            }
        }
        Optional<String> workspace = crates.workspaceManifest();
        if (workspace.isPresent()) {
            entries.add(prefix + below(crates.root(), "Cargo.toml"), workspace.get());
        }
        if (Files.isRegularFile(project.workspace().lockFile())) {
            String lock = Files.readString(project.workspace().lockFile());
            entries.add(prefix + below(crates.root(), "Cargo.lock"), LockFile.cutDown(lock, crates.names()));
        }
    }

    private static String below(String place, String path) {
        return place.isEmpty() ? path : place + "/" + path;
    }

    /** The files that [project] names: without them it can't be read. */
    private void addTexts(Map<String, Path> licenses) throws IOException {
        for (Map.Entry<String, Path> license : licenses.entrySet()) {
            if (!entries.contains(prefix + license.getKey())) {
                put(prefix + license.getKey(), license.getValue());
            }
        }
        Optional<PyProject.ProjectTable> table = project.pyproject().flatMap(PyProject::project);
        addText(table.flatMap(PyProject.ProjectTable::readme).flatMap(PyProject.Readme::file), "readme");
        addText(table.flatMap(PyProject.ProjectTable::license).flatMap(PyProject.License::file), "license");
    }

    private void addText(Optional<String> name, String key) throws IOException {
        if (name.isPresent()) {
            Path file = root.resolve(name.get()).normalize();
            move(file, List.of("project", key));
            move(file, List.of("project", key, "file"));
            addIfThere(file);
        }
    }

    /** What lies outside of the project goes into its directory, and pyproject.toml is told. */
    private void move(Path path, List<String> key) {
        if (path.startsWith(root) || path.startsWith(project.directory())) {
            return;
        }
        pyproject.replace(key, moved.computeIfAbsent(path, this::freePlace));
    }

    private String freePlace(Path path) {
        String name = path.getFileName().toString();
        String place = name;
        for (int i = 2; Files.exists(root.resolve(place)) || moved.containsValue(place); i++) {
            place = name + "-" + i;
        }
        return place;
    }

    private void applyRules() throws IOException {
        FileRules rules = FileRules.of(project, Maturin.Format.SDIST);
        Consumer<Maturin.FileRule> unmatched =
                rule -> events.tell(new Events.Warning(rule.origin() + " '" + rule.path() + "' matches no file."));
        for (Map.Entry<String, Path> file : rules.included(unmatched).entrySet()) {
            if (!entries.contains(prefix + file.getKey())) {
                put(prefix + file.getKey(), file.getValue());
            }
        }
        for (Entry entry : List.copyOf(entries.sorted())) {
            if (entry.content() instanceof Content.Stored stored && rules.excludes(stored.file())) {
                entries.remove(entry.path());
            }
        }
    }

    private void addPyProject() throws IOException {
        Path file = root.resolve(PyProject.NAME);
        String manifest = below(crates.place(crate), "Cargo.toml");
        if (!Files.isRegularFile(file)) {
            String pythonSource =
                    project.layout().isMixed() ? relative(project.layout().pythonSource()) : "";
            entries.add(prefix + PyProject.NAME, GeneratedPyProject.of(project, Path.of(manifest), pythonSource));
            return;
        }
        entries.remove(prefix + PyProject.NAME);
        if (!crate.startsWith(root)) {
            pyproject.replace(List.of("tool", "maturin", "manifest-path"), manifest);
        }
        if (pyproject.text().equals(Files.readString(file))) {
            add(file);
        } else {
            entries.add(prefix + PyProject.NAME, pyproject.text());
        }
    }

    private void addIfThere(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            add(file);
        }
    }

    private void addTree(Path source) throws IOException {
        List<Path> files = Files.isDirectory(source)
                ? new SourceFiles(new ProcessRunner(Events.ignored()), links).list(source)
                : List.of(source);
        for (Path file : files) {
            add(file);
        }
    }

    /** Adds a file of the project at its place; one from elsewhere that nobody moved stays out. */
    private void add(Path file) throws IOException {
        String path = relative(file);
        if (!path.startsWith("..")) {
            add(file, path);
        }
    }

    /** Adds a file once. Libraries and what this build makes stay out. */
    private void add(Path file, String place) throws IOException {
        String path = prefix + place;
        boolean made = file.startsWith(project.outputDirectory())
                || path.equals(prefix + PKG_INFO)
                || isMade(file.getFileName().toString())
                || inMadeDirectory(file);
        if (!made && !entries.contains(path)) {
            put(path, file);
        }
    }

    private void put(String path, Path file) {
        entries.add(path, Content.of(file), Files.isExecutable(file), file.toString());
    }

    private static boolean isMade(String name) {
        return name.startsWith(AtomicFiles.ASIDE)
                || name.endsWith(".so")
                || name.endsWith(".pyd")
                || name.endsWith(".dylib")
                || name.endsWith(".pyc")
                || name.equals(".DS_Store");
    }

    /** A virtual environment or a cache in the project's directory is no source, whether git ignores it or not. */
    private boolean inMadeDirectory(Path file) {
        for (Path directory = file.getParent();
                directory.getFileName() != null && !isRoot(directory);
                directory = directory.getParent()) {
            if (SourceFiles.isMade(directory)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRoot(Path directory) {
        return directory.equals(root)
                || directory.equals(project.directory())
                || moved.containsKey(directory)
                || crates.directories().contains(directory);
    }

    private String relative(Path file) {
        for (Map.Entry<Path, String> each : moved.entrySet()) {
            if (file.startsWith(each.getKey())) {
                String inside = CrateSources.relative(each.getKey(), file);
                return inside.isEmpty() ? each.getValue() : each.getValue() + "/" + inside;
            }
        }
        return CrateSources.relative(file.startsWith(root) ? root : project.directory(), file.normalize());
    }

    /** PKG-INFO first, so that a reader needn't unpack the rest. */
    private List<Entry> inOrder() {
        List<Entry> ordered = new ArrayList<>(entries.sorted());
        Entry first = entries.get(prefix + PKG_INFO).orElseThrow();
        ordered.remove(first);
        ordered.add(0, first);
        return ordered;
    }
}
