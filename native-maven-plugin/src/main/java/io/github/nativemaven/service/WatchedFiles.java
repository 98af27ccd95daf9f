package io.github.nativemaven.service;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.cargo.DepInfo;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that a project is made of, and what a change of each would mean.
 *
 * @param pom the POM
 * @param manifests what decides about how things are built: Cargo.toml, Cargo.lock, pyproject.toml, configuration of cargo
 * @param sources files that cargo read for the last build
 * @param rustRoots directories below which a new Rust source counts
 * @param asked directories of which every file counts, because a build script asks for them
 * @param pythonRoots packages and modules of the Python source, and the tests where they are run
 */
record WatchedFiles(
        Path pom, Set<Path> manifests, Set<Path> sources, Set<Path> rustRoots, Set<Path> asked, Set<Path> pythonRoots) {
    private static final List<String> CONFIGURATION =
            List.of(".cargo/config.toml", ".cargo/config", "rust-toolchain.toml", "rust-toolchain");

    /** What a change means, the weightier first. */
    enum Kind {
        /** All must be found out anew. */
        MANIFEST,
        /** cargo has something to do. */
        RUST,
        /** Python source has changed. */
        PYTHON,
        /** Maven has read the POM, and doesn't do so again. */
        POM
    }

    /**
     * What is known before anything is built.
     *
     * @param host whose cargo has a configuration of its own
     * @param tests directories of tests that are run
     */
    static WatchedFiles of(Project project, Host host, List<Path> tests) {
        Set<Path> manifests = new TreeSet<>(List.of(
                project.directory().resolve("pyproject.toml"),
                project.workspace().lockFile()));
        manifests.add(project.workspace().workspaceRoot().resolve("Cargo.toml"));
        Set<Path> sources = new TreeSet<>();
        Set<Path> roots = new TreeSet<>();
        for (Crate crate : localCrates(project)) {
            manifests.add(crate.manifest());
            for (Crate.Target target : crate.targets()) {
                if (target.isLibrary() || target.isBinary()) {
                    sources.add(target.source());
                    roots.add(target.source().getParent());
                } else if (target.kinds().contains("custom-build")) {
                    sources.add(target.source());
                }
            }
        }
        addConfiguration(manifests, project, host);
        Set<Path> python = new TreeSet<>(project.layout().sources());
        python.add(project.layout().pythonSource().resolve(project.module().first() + ".pyi"));
        python.addAll(tests);
        return new WatchedFiles(project.pom().file(), manifests, sources, roots, Set.of(), python);
    }

    /** The same, and what cargo read. */
    WatchedFiles with(Project project, UnitResult result) throws IOException {
        Set<Path> all = new TreeSet<>(sources);
        Set<Path> directories = new TreeSet<>();
        for (Path binary : result.binaries()) {
            for (Path input : DepInfo.of(binary, project.crate().directory()).inputs()) {
                (Files.isDirectory(input) ? directories : all).add(input);
            }
        }
        return new WatchedFiles(pom, manifests, all, rustRoots, directories, pythonRoots);
    }

    /** The crate, and those that it is built with which lie in a directory here. */
    private static List<Crate> localCrates(Project project) {
        CargoMetadata workspace = project.workspace();
        Set<String> seen = new TreeSet<>(List.of(project.crate().id()));
        Deque<String> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            CargoMetadata.Node node = workspace.nodes().get(next.remove());
            Stream.concat(node.dependencies().stream(), node.buildDependencies().stream())
                    .filter(id -> !workspace.crates().get(id).fromRegistry())
                    .filter(seen::add)
                    .forEach(next::add);
        }
        return seen.stream().map(workspace.crates()::get).toList();
    }

    /** As cargo looks for its configuration: from the crate's directory up to the root, and at home. */
    private static void addConfiguration(Set<Path> manifests, Project project, Host host) {
        for (Path d = project.crate().directory(); d != null; d = d.getParent()) {
            boolean near = d.startsWith(project.workspace().workspaceRoot()) || d.equals(project.directory());
            for (String name : CONFIGURATION) {
                if (near || Files.isRegularFile(d.resolve(name))) {
                    manifests.add(d.resolve(name));
                }
            }
        }
        manifests.add(Cargo.cargoHome(host).resolve("config.toml"));
    }

    /** What a change of a file means; null where it means nothing. */
    Kind kind(Path file) {
        if (manifests.contains(file)) {
            return Kind.MANIFEST;
        }
        if (sources.contains(file)) {
            return Kind.RUST;
        }
        String name = file.getFileName().toString();
        if (file.equals(pom)) {
            return Kind.POM;
        }
        if (name.startsWith(".")) {
            return null;
        }
        if (name.endsWith(".py") || name.endsWith(".pyi")) {
            return isBelow(file, pythonRoots) ? Kind.PYTHON : null;
        }
        return name.endsWith(".rs") && isBelow(file, rustRoots) || isBelow(file, asked) ? Kind.RUST : null;
    }

    private static boolean isBelow(Path file, Set<Path> roots) {
        return roots.stream().anyMatch(file::startsWith);
    }

    /** Whether files count that are in a directory of this name, or further down. */
    boolean mayHold(Path directory) {
        return isBelow(directory, roots())
                || roots().stream().anyMatch(root -> root.startsWith(directory))
                || manifests.stream().anyMatch(manifest -> directory.equals(manifest.getParent()));
    }

    /** Every file that is known by name, or lies where it counts. */
    Set<Path> files() throws IOException {
        Set<Path> all = new TreeSet<>(manifests);
        all.addAll(sources);
        all.add(pom);
        for (Path root : roots()) {
            all.addAll(files(root));
        }
        return all;
    }

    /** The files below a directory that count. */
    Set<Path> files(Path directory) throws IOException {
        Set<Path> files = new TreeSet<>();
        walk(directory, new HashSet<>(), files);
        files.removeIf(file -> kind(file) == null);
        return files;
    }

    /** The directories in which something may happen to the files. */
    Set<Path> directories() throws IOException {
        Set<Path> directories = new HashSet<>();
        for (Collection<Path> files : List.of(manifests, sources, List.of(pom), pythonRoots)) {
            files.forEach(file -> directories.add(file.getParent()));
        }
        for (Path root : roots()) {
            walk(root, directories, new HashSet<>());
        }
        return directories;
    }

    private Set<Path> roots() {
        Set<Path> roots = new TreeSet<>(rustRoots);
        roots.addAll(asked);
        roots.addAll(pythonRoots);
        return roots;
    }

    /** What programs make is no source: caches, environments, and cargo's own directories. */
    private static void walk(Path root, Set<Path> directories, Set<Path> files) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!directory.equals(root) && SourceFiles.isMade(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                directories.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
