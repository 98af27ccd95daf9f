package io.github.nativemaven.cargo;

import io.github.nativemaven.system.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A workspace and its resolved dependencies, as {@code cargo metadata --format-version 1} tells them.
 *
 * @param workspaceRoot the directory of the workspace's Cargo.toml
 * @param crates every package, by id
 * @param members ids of the workspace's members
 * @param nodes what each package depends on and which of its features are on, by id
 * @see <a href="https://doc.rust-lang.org/cargo/commands/cargo-metadata.html">cargo metadata</a>
 */
public record CargoMetadata(
        Path workspaceRoot, Map<String, Crate> crates, List<String> members, Map<String, Node> nodes) {

    /** The greater part of what cargo tells, of which nothing is used. */
    private static final Set<String> UNUSED = Set.of("dependencies", "metadata", "categories");

    /**
     * A package in the dependency graph.
     *
     * @param dependencies ids of the packages that it is linked with
     * @param buildDependencies ids of the packages that only its build script needs
     * @param features its features that are on
     */
    public record Node(List<String> dependencies, List<String> buildDependencies, Set<String> features) {}

    /**
     * Reads the command's output.
     *
     * @throws IOException when it is not JSON, or has a path that is none
     */
    static CargoMetadata parse(String output) throws IOException {
        try {
            return read(Json.read(new StringReader(output), UNUSED));
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static CargoMetadata read(Json json) {
        Map<String, Crate> crates = new LinkedHashMap<>();
        for (Json each : json.get("packages").items()) {
            Crate crate = crate(each);
            crates.put(crate.id(), crate);
        }
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Json each : json.get("resolve").get("nodes").items()) {
            nodes.put(each.get("id").string(), node(each));
        }
        return new CargoMetadata(
                Path.of(json.get("workspace_root").string()),
                Collections.unmodifiableMap(crates),
                json.get("workspace_members").strings(),
                Collections.unmodifiableMap(nodes));
    }

    private static Crate crate(Json json) {
        List<Crate.Target> targets = json.get("targets").items().stream()
                .map(target -> new Crate.Target(
                        target.get("name").string(),
                        target.get("kind").strings(),
                        target.get("crate_types").strings(),
                        Path.of(target.get("src_path").string()),
                        target.get("required-features").strings()))
                .toList();
        Crate.About about = new Crate.About(
                json.get("description").text(),
                json.get("authors").strings(),
                json.get("license").text(),
                json.get("license_file").text(),
                json.get("readme").text(),
                json.get("repository").text(),
                json.get("homepage").text(),
                json.get("documentation").text(),
                json.get("keywords").strings());
        boolean fromRegistry = json.get("source").text().isPresent();
        return new Crate(
                json.get("id").string(),
                json.get("name").string(),
                json.get("version").string(),
                Path.of(json.get("manifest_path").string()),
                fromRegistry,
                targets,
                json.get("rust_version").text(),
                fromRegistry ? Map.of() : features(json.get("features")),
                about);
    }

    private static Map<String, List<String>> features(Json json) {
        Map<String, List<String>> features = new LinkedHashMap<>();
        json.members().forEach((name, switched) -> features.put(name, switched.strings()));
        return features;
    }

    private static Node node(Json json) {
        List<String> linked = new ArrayList<>();
        List<String> build = new ArrayList<>();
        for (Json dependency : json.get("deps").items()) {
            List<String> kinds = dependency.get("dep_kinds").items().stream()
                    .map(kind -> kind.get("kind").string())
                    .toList();
            String id = dependency.get("pkg").string();
            if (kinds.isEmpty() || kinds.contains("")) {
                linked.add(id);
            } else if (kinds.contains("build")) {
                build.add(id);
            }
        }
        return new Node(
                linked,
                build,
                Collections.unmodifiableSet(new TreeSet<>(json.get("features").strings())));
    }

    /** The package of a Cargo.toml; none where that is a workspace without a package of its own. */
    public Optional<Crate> crateOf(Path manifest) {
        return crates.values().stream()
                .filter(crate -> crate.manifest().equals(manifest))
                .findFirst()
                .or(() -> memberCrates().stream()
                        .filter(crate -> isSame(crate.manifest(), manifest))
                        .findFirst());
    }

    /** cargo keeps links in the paths that it is given, and resolves others. */
    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** The members of the workspace. */
    public List<Crate> memberCrates() {
        return members.stream().map(crates::get).toList();
    }

    /** The packages of a name that a crate itself is linked with, not those of its dependencies. */
    public List<Crate> directDependencies(Crate crate, String name) {
        return nodes.get(crate.id()).dependencies().stream()
                .map(crates::get)
                .filter(dependency -> dependency.name().equals(name))
                .toList();
    }

    /** A package of a name that a crate is linked with, itself or through others; the nearest. */
    public Optional<Crate> dependency(Crate crate, String name) {
        Set<String> seen = new LinkedHashSet<>(List.of(crate.id()));
        Deque<String> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            for (String id : nodes.get(next.remove()).dependencies()) {
                if (crates.get(id).name().equals(name)) {
                    return Optional.of(crates.get(id));
                }
                if (seen.add(id)) {
                    next.add(id);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether features are on, as a target may require them.
     *
     * @param features of the crate itself, {@code cli}, or of one that it is linked with, {@code uniffi/cli}
     */
    public boolean isOn(Crate crate, List<String> features) {
        return features.stream().allMatch(feature -> {
            int slash = feature.indexOf('/');
            return slash < 0
                    ? featuresOf(crate).contains(feature)
                    : directDependencies(crate, feature.substring(0, slash)).stream()
                            .anyMatch(dependency -> featuresOf(dependency).contains(feature.substring(slash + 1)));
        });
    }

    /** The features of a package that are on. */
    public Set<String> featuresOf(Crate crate) {
        return nodes.get(crate.id()).features();
    }

    /** The Cargo.lock of the workspace. */
    public Path lockFile() {
        return workspaceRoot.resolve("Cargo.lock");
    }
}
