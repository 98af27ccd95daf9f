package io.github.nativemaven.install;

import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.EntryPoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Installs a distribution whose Python source is used where it is: metadata, programs, and a {@code .pth} file that
 * makes Python search the source directory.
 *
 * @see <a href="https://peps.python.org/pep-0660/">editable installs (PEP 660)</a>
 */
public final class EditableInstaller {
    /** The first version that reads path files as UTF-8 on every system. */
    private static final PythonVersion READS_UTF8 = new PythonVersion(3, 13);

    private final Events events;

    /** @param events told of {@link InstallEvent}s */
    public EditableInstaller(Events events) {
        this.events = events;
    }

    /**
     * What is to be installed.
     *
     * @param name the distribution
     * @param version its version
     * @param metadata the files of the metadata directory, by their paths in it ({@code METADATA}, {@code WHEEL},
     *     {@code entry_points.txt}, {@code licenses/LICENSE}), RECORD and what an installer adds left out
     * @param source the directory that Python shall search, which has the packages in it
     * @param project the project's directory, which the installation is said to be from
     * @param further what goes into {@code site-packages} besides, by its path there
     */
    public record Request(
            DistributionName name,
            Pep440Version version,
            SortedMap<String, byte[]> metadata,
            Path source,
            Path project,
            Entries further) {}

    /**
     * Installs, unless that is installed already in the very same way.
     *
     * @throws BuildFailure with an {@link InstallProblem}
     * @throws MalformedException when {@code entry_points.txt} is malformed
     */
    public Installation install(Request request, VirtualEnvironment environment) {
        DistributionWriter writer = new DistributionWriter(environment, events);
        return writer.alone(() -> install(request, environment, writer));
    }

    private static Installation install(Request request, VirtualEnvironment environment, DistributionWriter writer)
            throws IOException {
        DistributionName name = request.name();
        Path site = writer.sites().purelib();
        String directory = name.escaped() + "-" + request.version() + ".dist-info";
        List<NewFile> files = files(request, environment, writer, site, directory);
        List<InstalledDistribution> old = new InstalledDistributions(environment).find(name);
        boolean unchanged = DistributionWriter.isInstalled(files, site.resolve(directory), old);
        if (!unchanged) {
            writer.write(name, site, directory, files, old);
        }
        return new Installation(name, request.version().toString(), unchanged, unchanged ? List.of() : old);
    }

    private static List<NewFile> files(
            Request request, VirtualEnvironment environment, DistributionWriter writer, Path site, String directory) {
        List<NewFile> files = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : request.metadata().entrySet()) {
            files.add(NewFile.of(site, directory + "/" + file.getKey(), file.getValue()));
        }
        files.add(NewFile.of(
                site,
                request.name().escaped() + ".pth",
                pathLine(
                        request.source(),
                        environment.interpreter().version(),
                        writer.sites().windows())));
        byte[] entryPoints = request.metadata().get("entry_points.txt");
        if (entryPoints != null) {
            EntryPoints read = EntryPoints.parse(new String(entryPoints, StandardCharsets.UTF_8));
            files.addAll(writer.launchers().files(read));
        }
        for (Entry entry : request.further().sorted()) {
            Path target = site.resolve(entry.path()).normalize();
            files.add(new NewFile(target, site, () -> entry.content().open(), false, Optional.empty()));
        }
        files.addAll(writer.additions(site, directory, DirectUrl.ofEditable(request.project())));
        return files;
    }

    /**
     * The line that makes Python search a directory. Before 3.13 Windows reads it in the machine's own encoding: other
     * letters are then said in a statement, which Python executes.
     */
    static String pathLine(Path directory, PythonVersion version, boolean windows) {
        String path = directory.toAbsolutePath().normalize().toString();
        boolean plain = path.chars().allMatch(c -> c < 128);
        if (plain || !windows || version.isAtLeast(READS_UTF8)) {
            return path + "\n";
        }
        StringBuilder literal = new StringBuilder();
        path.chars()
                .forEach(c -> literal.append(
                        c < 128 && c != '\\' && c != '\'' ? Character.toString(c) : String.format("\\u%04x", c)));
        return "import sys; sys.path.append('" + literal + "')\n";
    }
}
