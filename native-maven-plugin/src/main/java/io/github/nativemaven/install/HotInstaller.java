package io.github.nativemaven.install;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.HotReload;
import io.github.nativemaven.wheel.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts the next library of extension modules beside the one that a running Python has loaded. No library is ever
 * written over, and each that is there is in RECORD before it is there: whoever removes the distribution removes them.
 */
public final class HotInstaller {
    private final DistributionName name;
    private final HotReload hot;
    private final VirtualEnvironment environment;
    private final DistributionWriter writer;

    public HotInstaller(DistributionName name, HotReload hot, VirtualEnvironment environment, Events events) {
        this.name = name;
        this.hot = hot;
        this.environment = environment;
        this.writer = new DistributionWriter(environment, events);
    }

    /**
     * The libraries to install a distribution with: the newest that are there where they have the same content, so that
     * the same is installed once; else the next.
     *
     * @param compiled the compiled libraries, in the order of the modules
     */
    public HotReload.Libraries choose(List<Path> compiled) throws IOException {
        return choose(
                installed()
                        .map(InstalledDistribution::sitePackages)
                        .orElse(writer.sites().platlib())
                        .resolve(hot.support()),
                compiled);
    }

    private HotReload.Libraries choose(Path directory, List<Path> compiled) throws IOException {
        List<String> there = names(directory);
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < hot.modules().size(); i++) {
            String module = hot.modules().get(i);
            Optional<String> newest = newest(module, there);
            boolean same = newest.isPresent() && Files.mismatch(directory.resolve(newest.get()), compiled.get(i)) < 0;
            chosen.add(same ? newest.get() : hot.next(module, there, System.currentTimeMillis()));
        }
        return new HotReload.Libraries(hot, chosen);
    }

    private static Optional<String> newest(String module, List<String> files) {
        return files.stream()
                .filter(file -> HotReload.number(module, file).isPresent())
                .max(Comparator.comparingLong(
                        file -> HotReload.number(module, file).getAsLong()));
    }

    /**
     * Puts libraries in place as the next, but for those that are there with the same content. RECORD has their digests,
     * and the older libraries are gone, after {@link #settle}.
     *
     * @param compiled the compiled libraries, in the order of the modules
     * @return where the first is; nothing where the distribution isn't installed in this way, or no longer
     * @throws BuildFailure with an {@link InstallProblem}
     */
    public Optional<Path> put(List<Path> compiled) {
        return writer.alone(() -> {
            Optional<InstalledDistribution> installed = installed();
            if (installed.isEmpty()) {
                return Optional.empty();
            }
            Path directory = installed.get().sitePackages().resolve(hot.support());
            HotReload.Libraries libraries = choose(directory, compiled);
            List<Path> files =
                    libraries.names().stream().map(directory::resolve).toList();
            writeRecord(installed.get(), directory, files, false);
            for (int i = 0; i < files.size(); i++) {
                Path from = compiled.get(i);
                if (!Files.exists(files.get(i))) {
                    AtomicFiles.write(files.get(i), aside -> Files.copy(from, aside));
                }
            }
            AtomicFiles.writeIfChanged(directory.resolve(HotReload.CHANGES), libraries.changes());
            return Optional.of(files.get(0));
        });
    }

    /**
     * Removes all libraries but the newest, as far as the system lets (Windows keeps those that are loaded), and writes
     * into RECORD what is there.
     */
    public void settle() {
        writer.alone(() -> {
            Optional<InstalledDistribution> installed = installed();
            if (installed.isPresent()) {
                Path directory = installed.get().sitePackages().resolve(hot.support());
                removeOld(directory);
                writeRecord(installed.get(), directory, List.of(), true);
            }
            return null;
        });
    }

    /** The distribution, if it is installed with a package for libraries. */
    private Optional<InstalledDistribution> installed() {
        List<InstalledDistribution> found = new InstalledDistributions(environment).find(name);
        return found.size() == 1 && Files.isRegularFile(changes(found.get(0)))
                ? Optional.of(found.get(0))
                : Optional.empty();
    }

    private Path changes(InstalledDistribution distribution) {
        return distribution.sitePackages().resolve(hot.support()).resolve(HotReload.CHANGES);
    }

    private List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(hot::isLibrary)
                    .toList();
        }
    }

    private void removeOld(Path directory) throws IOException {
        List<String> there = names(directory);
        Set<String> newest = new HashSet<>();
        hot.modules().forEach(module -> newest(module, there).ifPresent(newest::add));
        for (String file : there) {
            if (!newest.contains(file)) {
                deleteIfPossible(directory.resolve(file));
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().startsWith(AtomicFiles.ASIDE))
                    .forEach(HotInstaller::deleteIfPossible);
        }
    }

    private static void deleteIfPossible(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A library that is loaded on Windows; it stays in RECORD, and goes with one of the next.
        }
    }

    /** @param coming libraries that will be there in a moment */
    private void writeRecord(InstalledDistribution installed, Path directory, List<Path> coming, boolean digests)
            throws IOException {
        RecordFile before = record(installed);
        List<RecordFile.Row> rows = new ArrayList<>();
        for (RecordFile.Row row : before.rows()) {
            Optional<Path> file = installed.file(row);
            if (file.isEmpty() || !changesWithLibraries(file.get(), directory)) {
                rows.add(row);
            }
        }
        Set<Path> files = new TreeSet<>(coming);
        names(directory).forEach(file -> files.add(directory.resolve(file)));
        files.add(directory.resolve(HotReload.CHANGES));
        for (Path file : files) {
            rows.add(row(installed, file, digests));
        }
        rows.sort(Comparator.comparing(RecordFile.Row::path));
        AtomicFiles.writeIfChanged(installed.metadata().resolve("RECORD"), new RecordFile(rows).write());
    }

    private boolean changesWithLibraries(Path file, Path directory) {
        String fileName = file.getFileName().toString();
        return directory.equals(file.getParent()) && (hot.isLibrary(fileName) || fileName.equals(HotReload.CHANGES));
    }

    private static RecordFile record(InstalledDistribution installed) throws IOException {
        try {
            return installed.record().orElseThrow(() -> new IOException(installed.metadata() + " has no RECORD"));
        } catch (MalformedException e) {
            throw new IOException(installed.metadata().resolve("RECORD") + ": " + e.getMessage(), e);
        }
    }

    private static RecordFile.Row row(InstalledDistribution installed, Path file, boolean digest) throws IOException {
        String path = DistributionWriter.recorded(installed.sitePackages(), file);
        return digest
                ? new RecordFile.Row(
                        path,
                        Optional.of(RecordFile.Hash.ofSha256(Digests.sha256(file))),
                        OptionalLong.of(Files.size(file)))
                : RecordFile.Row.bare(path);
    }
}
