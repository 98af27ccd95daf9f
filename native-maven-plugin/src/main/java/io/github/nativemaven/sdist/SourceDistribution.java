package io.github.nativemaven.sdist;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.archive.TarGzWriter;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    private static final Set<String> NEVER = Set.of("__pycache__", ".git", "target", "node_modules");

    private final Project project;
    private final Path root;
    private final Entries entries = new Entries();
    private final String prefix;

    private SourceDistribution(Project project) {
        this.project = project;
        this.root = project.directory();
        this.prefix = project.name().escaped() + "-" + project.version() + "/";
    }

    /**
     * Writes {@code <name>-<version>.tar.gz} into a directory.
     *
     * @param metadata the distribution's METADATA, which becomes PKG-INFO
     * @param time the time of every entry
     * @return the file
     */
    public static Path write(Project project, Cargo cargo, String metadata, Instant time, Path directory)
            throws IOException {
        SourceDistribution sources = new SourceDistribution(project);
        sources.gather(cargo.packagedFiles(project.crate().manifest()), metadata);
        Path file = directory.resolve(project.name().escaped() + "-" + project.version() + ".tar.gz");
        TarGzWriter.write(file, time, sources.inOrder());
        return file;
    }

    private void gather(List<String> packaged, String metadata) throws IOException {
        entries.add(prefix + PKG_INFO, metadata);
        Path crate = project.crate().directory();
        for (String path : packaged) {
            if (!CARGOS_OWN.contains(path) && Files.isRegularFile(crate.resolve(path))) {
                add(crate.resolve(path));
            }
        }
        addIfThere(project.workspace().lockFile());
        addIfThere(project.pom().file());
        project.layout().pythonPackage().ifPresent(this::addTree);
        project.layout().data().ifPresent(this::addTree);
        addPyProject();
    }

    private void addPyProject() throws IOException {
        Path file = root.resolve(PyProject.NAME);
        if (Files.isRegularFile(file)) {
            add(file);
            return;
        }
        String pythonSource = relative(project.layout().pythonSource());
        Path manifest = Path.of(relative(project.crate().manifest()));
        entries.add(
                prefix + PyProject.NAME,
                GeneratedPyProject.of(project, manifest, project.layout().isMixed() ? pythonSource : ""));
    }

    private void addIfThere(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            add(file);
        }
    }

    private void addTree(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return NEVER.contains(visited.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Adds a file of the project once. Files outside of the project, libraries and what this build makes stay out. */
    private void add(Path file) throws IOException {
        String path = prefix + relative(file);
        if (relative(file).startsWith("..")
                || entries.contains(path)
                || file.startsWith(project.outputDirectory())
                || path.equals(prefix + PKG_INFO)
                || isMade(file.getFileName().toString())
                || inEnvironment(file)) {
            return;
        }
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

    /** A virtual environment in the project's directory is no source, whether git ignores it or not. */
    private boolean inEnvironment(Path file) {
        for (Path directory = file.getParent();
                directory != null && !directory.equals(root);
                directory = directory.getParent()) {
            if (Files.exists(directory.resolve("pyvenv.cfg"))) {
                return true;
            }
        }
        return false;
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
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
