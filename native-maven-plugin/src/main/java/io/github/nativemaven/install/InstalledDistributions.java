package io.github.nativemaven.install;

import io.github.nativemaven.install.InstalledDistribution.Kind;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.MarkerEnvironment;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VersionSpecifiers.PreReleases;
import io.github.nativemaven.python.VirtualEnvironment;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is installed in an environment: looked up at each call, from the names of directories as far as they tell. */
public final class InstalledDistributions {
    private static final Pattern EGG_TAG = Pattern.compile("-py\\d.*");

    private final VirtualEnvironment environment;

    public InstalledDistributions(VirtualEnvironment environment) {
        this.environment = environment;
    }

    /** All of them, by name. */
    public List<InstalledDistribution> list() {
        return matching(name -> true);
    }

    /** Those of a name: one, none, or several where an installation went wrong. */
    public List<InstalledDistribution> find(DistributionName name) {
        return matching(name::equals);
    }

    /**
     * Those of the requirements that are not met, in their order: nothing of that name is installed, or another version,
     * or a requirement of one of the extras is not met. A requirement whose marker is false here is met, and so is
     * one with a URL when any version is installed.
     */
    public List<Requirement> missing(List<Requirement> requirements) {
        MarkerEnvironment markers =
                MarkerEnvironment.of(environment.interpreter().markers());
        Set<String> visited = new HashSet<>();
        return requirements.stream()
                .filter(requirement -> requirement.evaluate(markers))
                .filter(requirement -> !isMet(requirement, markers, visited))
                .toList();
    }

    private boolean isMet(Requirement requirement, MarkerEnvironment markers, Set<String> visited) {
        Optional<InstalledDistribution> installed = find(requirement.name()).stream()
                .filter(distribution -> accepts(requirement, distribution))
                .findFirst();
        return installed.isPresent()
                && (requirement.extras().isEmpty()
                        || !visited.add(requirement.name().normalized() + requirement.extras())
                        || extrasAreMet(installed.get(), requirement, markers, visited));
    }

    private static boolean accepts(Requirement requirement, InstalledDistribution distribution) {
        if (requirement.specifiers().clauses().isEmpty()) {
            return true;
        }
        String version = distribution.headers("Version").stream().findFirst().orElse(distribution.version());
        return Pep440Version.tryParse(version)
                .filter(v -> requirement.specifiers().contains(v, PreReleases.ALLOWED))
                .isPresent();
    }

    private boolean extrasAreMet(
            InstalledDistribution distribution,
            Requirement requirement,
            MarkerEnvironment markers,
            Set<String> visited) {
        MarkerEnvironment withExtras = markers.withExtras(Set.copyOf(requirement.extras()));
        return distribution.headers("Requires-Dist").stream()
                .flatMap(text -> requirement(text).stream())
                .filter(dependency -> dependency.evaluate(withExtras) && !dependency.evaluate(markers))
                .allMatch(dependency -> isMet(dependency, withExtras, visited));
    }

    private static Optional<Requirement> requirement(String text) {
        try {
            return Optional.of(Requirement.parse(text));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private List<InstalledDistribution> matching(Predicate<DistributionName> wanted) {
        List<InstalledDistribution> found = new ArrayList<>();
        for (Path directory : directories()) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    distribution(entry).filter(d -> wanted.test(d.name())).ifPresent(found::add);
                }
            } catch (IOException e) {
                // What can't be listed holds nothing that Python could find.
            }
        }
        found.sort(Comparator.comparing((InstalledDistribution d) -> d.name().normalized())
                .thenComparing(InstalledDistribution::metadata));
        return found;
    }

    private Set<Path> directories() {
        Sites sites = Sites.of(environment);
        return new LinkedHashSet<>(List.of(sites.purelib(), sites.platlib()));
    }

    /** The distribution that an entry of {@code site-packages} makes known. */
    static Optional<InstalledDistribution> distribution(Path entry) {
        String file = entry.getFileName().toString();
        int dot = file.lastIndexOf('.');
        Optional<Kind> kind = dot < 1 ? Optional.empty() : kind(file.substring(dot), entry);
        return kind.flatMap(k -> read(entry, k));
    }

    /** Name and version from the name of a file or directory, which need not exist. */
    static Optional<InstalledDistribution> read(Path entry, Kind kind) {
        String file = entry.getFileName().toString();
        String stem = file.substring(0, file.lastIndexOf('.'));
        String plain = kind == Kind.DIST_INFO ? stem : EGG_TAG.matcher(stem).replaceFirst("");
        int dash = kind == Kind.EGG_LINK ? -1 : plain.lastIndexOf('-');
        String version = dash < 0 ? "" : plain.substring(dash + 1);
        return name(dash < 0 ? plain : plain.substring(0, dash))
                .map(name -> new InstalledDistribution(name, version, entry, kind));
    }

    private static Optional<Kind> kind(String suffix, Path entry) {
        return switch (suffix) {
            case ".dist-info" -> Files.isDirectory(entry) ? Optional.of(Kind.DIST_INFO) : Optional.empty();
            case ".egg-info" -> Optional.of(Files.isDirectory(entry) ? Kind.EGG_INFO : Kind.DISTUTILS);
            case ".egg-link" -> Optional.of(Kind.EGG_LINK);
            case ".egg" -> Optional.of(Kind.EGG);
            default -> Optional.empty();
        };
    }

    /** pip renames what it is about to remove to {@code ~ame}, which is no name. */
    private static Optional<DistributionName> name(String text) {
        try {
            return Optional.of(DistributionName.parse(text));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
