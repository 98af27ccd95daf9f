package io.github.nativemaven.install;

import io.github.nativemaven.install.InstallProblem.Obstacle;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.EntryPoints;
import io.github.nativemaven.wheel.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What goes when a distribution is removed, by what whoever installed it wrote down. */
final class Removal {
    private static final String EASY_INSTALL = "easy-install.pth";

    private final Sites sites;
    private final InstalledDistribution distribution;
    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<Path> trees = new LinkedHashSet<>();
    private final Set<String> paths = new LinkedHashSet<>();
    private final Map<Path, Boolean> directories = new HashMap<>();

    private Removal(Sites sites, InstalledDistribution distribution) {
        this.sites = sites;
        this.distribution = distribution;
    }

    /** @throws BuildFailure with {@link InstallProblem.NotRemovable} */
    static Removal of(Sites sites, InstalledDistribution distribution) throws IOException {
        Removal removal = new Removal(sites, distribution);
        switch (distribution.kind()) {
            case DIST_INFO -> removal.gatherRecorded();
            case EGG_INFO -> removal.gatherEggInfo();
            case EGG_LINK -> removal.gatherEggLink();
            case EGG -> removal.gatherEgg();
            case DISTUTILS -> throw removal.notRemovable(Obstacle.DISTUTILS);
        }
        return removal;
    }

    private BuildFailure notRemovable(Obstacle obstacle) {
        return new InstallProblem.NotRemovable(distribution, obstacle).asFailure();
    }

    /** Whether a file goes. */
    boolean covers(Path file) {
        return files.contains(file) || trees.stream().anyMatch(file::startsWith);
    }

    private void gatherRecorded() throws IOException {
        trees.add(distribution.metadata());
        if (Files.isRegularFile(distribution.metadata().resolve("RECORD"))) {
            recorded().rows().forEach(row -> distribution.file(row).ifPresent(this::addFile));
        } else if (Files.exists(distribution.metadata().resolve("METADATA"))) {
            throw notRemovable(Obstacle.NO_RECORD);
        }
    }

    private RecordFile recorded() {
        try {
            return distribution.record().orElseThrow(() -> notRemovable(Obstacle.NO_RECORD));
        } catch (MalformedException e) {
            throw notRemovable(Obstacle.BAD_RECORD);
        }
    }

    /** As setuptools has it: a list of files below the metadata directory, or at least the names of the packages. */
    private void gatherEggInfo() throws IOException {
        trees.add(distribution.metadata());
        if (distribution.text("installed-files.txt").isPresent()) {
            lines("installed-files.txt")
                    .forEach(line ->
                            addFile(distribution.metadata().resolve(line).normalize()));
        } else if (distribution.text("top_level.txt").isPresent()) {
            List<String> namespaces = lines("namespace_packages.txt");
            lines("top_level.txt").stream()
                    .filter(name -> !namespaces.contains(name))
                    .forEach(this::addTopLevel);
        } else {
            throw notRemovable(Obstacle.NO_RECORD);
        }
    }

    private void addTopLevel(String name) {
        Path site = distribution.sitePackages();
        Path top = site.resolve(name).normalize();
        if (site.equals(top.getParent()) && isOurs(top)) {
            trees.add(top);
            addFile(site.resolve(name + ".py"));
        }
    }

    private void gatherEggLink() throws IOException {
        files.add(distribution.metadata());
        List<String> lines = Files.readAllLines(distribution.metadata(), StandardCharsets.UTF_8);
        if (lines.isEmpty()) {
            return;
        }
        String source = lines.get(0).strip();
        paths.add(source);
        Path eggInfo = Path.of(source, distribution.name().escaped() + ".egg-info", "entry_points.txt");
        if (Files.isRegularFile(eggInfo)) {
            addPrograms(Files.readString(eggInfo));
        }
    }

    private void addPrograms(String entryPoints) {
        try {
            EntryPoints read = EntryPoints.parse(entryPoints);
            Launchers launchers = new Launchers(sites.scripts(), sites.scripts(), sites.windows());
            launchers.files(read).forEach(file -> addFile(file.target()));
        } catch (MalformedException e) {
            // Programs of an unreadable list stay, and fail when they are started: the module is gone.
        }
    }

    private void gatherEgg() {
        trees.add(distribution.metadata());
        paths.add("./" + distribution.metadata().getFileName());
        paths.add(distribution.metadata().toString());
    }

    private List<String> lines(String name) {
        return distribution
                .text(name)
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Takes a file, and what Python has compiled it to. A file outside the environment is never taken. */
    private void addFile(Path file) {
        if (!isOurs(file) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        files.add(file);
        String name = file.getFileName().toString();
        if (name.endsWith(".py")) {
            addCompiled(file.resolveSibling("__pycache__"), name.substring(0, name.length() - 2));
        }
    }

    private void addCompiled(Path cache, String stem) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                cache,
                entry -> entry.getFileName().toString().startsWith(stem)
                        && entry.getFileName().toString().endsWith(".pyc"))) {
            entries.forEach(files::add);
        } catch (IOException e) {
            // Nothing has been compiled.
        }
    }

    /** Whether a path is in the environment, also when links in the environment are followed, and is not its frame. */
    private boolean isOurs(Path path) {
        if (!path.startsWith(sites.prefix()) || sites.roots().contains(path)) {
            return false;
        }
        return directories.computeIfAbsent(path.getParent(), this::isInside);
    }

    private boolean isInside(Path directory) {
        try {
            return directory.toRealPath().startsWith(sites.prefix());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Takes everything away but what has been put in place meanwhile, then the directories that are empty.
     *
     * @param kept files that stay
     */
    void carryOut(Transaction transaction, KeptFiles kept) throws IOException {
        for (Path tree : trees) {
            removeTree(transaction, tree, kept);
        }
        for (Path file : files) {
            if (!kept.contains(file)) {
                transaction.remove(file);
            }
        }
        removeLines(transaction);
        removeEmptyDirectories(transaction);
    }

    private static void removeTree(Transaction transaction, Path tree, KeptFiles kept) throws IOException {
        if (!kept.anyBelow(tree)) {
            transaction.remove(tree);
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                if (!kept.contains(file)) {
                    transaction.remove(file);
                }
            }
        }
    }

    /** Takes the lines of eggs out of the list that easy_install has for all of them. */
    private void removeLines(Transaction transaction) throws IOException {
        Path list = distribution.sitePackages().resolve(EASY_INSTALL);
        if (paths.isEmpty() || !Files.isRegularFile(list)) {
            return;
        }
        List<String> before = Files.readAllLines(list, StandardCharsets.UTF_8);
        List<String> after =
                before.stream().filter(line -> !paths.contains(line.strip())).toList();
        if (!after.equals(before)) {
            Path ready = transaction.fresh();
            Files.write(ready, after, StandardCharsets.UTF_8);
            transaction.put(ready, list, distribution.sitePackages());
        }
    }

    private void removeEmptyDirectories(Transaction transaction) throws IOException {
        Set<Path> emptied = new TreeSet<>(
                Comparator.comparing(Path::getNameCount).reversed().thenComparing(Comparator.naturalOrder()));
        for (Path file : files) {
            for (Path d = file.getParent(); isOurs(d); d = d.getParent()) {
                emptied.add(d);
            }
        }
        for (Path directory : emptied) {
            transaction.removeIfEmpty(directory);
        }
    }
}
