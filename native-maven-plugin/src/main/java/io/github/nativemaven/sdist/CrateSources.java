package io.github.nativemaven.sdist;

import static io.github.nativemaven.sdist.CargoManifest.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The crates that a source distribution needs: the project's own and all that it names by a path, of whatever kind and
 * platform, because cargo wants to see the Cargo.toml of each. A crate in the project stays where it is. One outside
 * goes below the project's crate, and what it inherits from a workspace that isn't in the archive is written out.
 */
final class CrateSources {
    /** Where crates from outside of the project go, below the project's crate. */
    static final String LOCAL = "local_dependencies";

    /** Where the project's own crate goes when it lies outside of the project. */
    static final String CRATE = "crate";

    private final Path project;
    private final Path crate;
    private final Path workspace;
    private final Map<Path, CargoManifest> manifests = new LinkedHashMap<>();
    private final Map<Path, String> places = new LinkedHashMap<>();
    private final Map<String, Path> copies = new LinkedHashMap<>();

    private CrateSources(Path project, Path crate, Path workspace) {
        this.project = project;
        this.crate = crate;
        this.workspace = workspace;
    }

    /**
     * Follows the paths of a crate.
     *
     * @param project the project's directory, a real path, as are the others
     * @param crates the directories of the crates whose libraries are shipped, the project's own first
     * @param workspace the directory of its workspace's Cargo.toml
     */
    static CrateSources of(Path project, List<Path> crates, Path workspace) throws IOException {
        CrateSources sources = new CrateSources(project, crates.get(0), workspace);
        for (Path crate : crates) {
            sources.follow(crate);
        }
        sources.manifests.keySet().forEach(sources::place);
        for (Map.Entry<Path, CargoManifest> each : sources.manifests.entrySet()) {
            sources.rewrite(each.getKey(), each.getValue());
        }
        return sources;
    }

    /** The directories of the crates, the project's own first. */
    Collection<Path> directories() {
        return manifests.keySet();
    }

    /** The names of the crates. */
    List<String> names() {
        return manifests.values().stream()
                .flatMap(manifest -> table(manifest.document(), "package").stream())
                .map(about -> String.valueOf(about.get("name")))
                .toList();
    }

    /** Where a crate's directory lies in the archive: {@code ""}, {@code rust}, {@code rust/local_dependencies/core}. */
    String place(Path directory) {
        return places.computeIfAbsent(directory, this::newPlace);
    }

    /** The text of a crate's Cargo.toml as it belongs into the archive. */
    String manifest(Path directory) {
        return manifests.get(directory).write();
    }

    /** Files from outside of the crates that their manifests name, by their place in the archive. */
    Map<String, Path> copies() {
        return copies;
    }

    /** The workspace's own Cargo.toml with the members that are in the archive; none where it is a crate's or outside. */
    Optional<String> workspaceManifest() throws IOException {
        if (!keepsWorkspace() || manifests.containsKey(workspace)) {
            return Optional.empty();
        }
        CargoManifest manifest = CargoManifest.read(workspace.resolve("Cargo.toml"));
        keepResolver(manifest);
        List.of(
                        "package",
                        "lib",
                        "bin",
                        "test",
                        "bench",
                        "example",
                        "features",
                        "dependencies",
                        "dev-dependencies",
                        "build-dependencies",
                        "target",
                        "lints",
                        "badges")
                .forEach(manifest.document()::remove);
        cutDown(manifest);
        return Optional.of(manifest.write());
    }

    /** Where the workspace's Cargo.toml lies in the archive, which Cargo.lock lies beside. */
    String root() {
        return keepsWorkspace() ? relative(project, workspace) : place(crate);
    }

    private boolean keepsWorkspace() {
        return workspace.startsWith(project);
    }

    private void follow(Path directory) throws IOException {
        if (manifests.containsKey(directory)) {
            return;
        }
        CargoManifest manifest = CargoManifest.read(directory.resolve("Cargo.toml"));
        manifests.put(directory, manifest);
        Optional<CargoManifest> root = rootOf(directory);
        Set<Path> found = new LinkedHashSet<>();
        for (Map<String, Object> dependencies : manifest.dependencyTables()) {
            CargoManifest.paths(dependencies).forEach(path -> found.add(real(directory.resolve(path))));
            for (String name : dependencies.keySet()) {
                table(dependencies, name)
                        .filter(CrateSources::isInherited)
                        .flatMap(each -> root.flatMap(found2 -> inherited(found2, "dependencies", name)))
                        .filter(Map.class::isInstance)
                        .map(each -> ((Map<?, ?>) each).get("path"))
                        .ifPresent(path -> found.add(real(root.get().directory().resolve((String) path))));
            }
        }
        if (directory.equals(crate) && root.isPresent()) {
            for (Map<String, Object> patches : root.get().patchTables()) {
                CargoManifest.paths(patches)
                        .forEach(path -> found.add(real(root.get().directory().resolve(path))));
            }
        }
        for (Path each : found) {
            if (Files.isRegularFile(each.resolve("Cargo.toml"))) {
                follow(each);
            }
        }
    }

    private String newPlace(Path directory) {
        if (directory.startsWith(project)) {
            return relative(project, directory);
        }
        if (directory.equals(crate)) {
            return CRATE;
        }
        String below = place(crate).isEmpty() ? LOCAL : place(crate) + "/" + LOCAL;
        String name = directory.getFileName().toString();
        String place = below + "/" + name;
        for (int i = 2; places.containsValue(place); i++) {
            place = below + "/" + name + "-" + i;
        }
        return place;
    }

    private void rewrite(Path directory, CargoManifest manifest) throws IOException {
        Optional<CargoManifest> root = rootOf(directory);
        boolean rootStays = keepsWorkspace()
                && root.map(found -> found.directory().equals(workspace)).orElse(false);
        if (!rootStays) {
            root.ifPresent(found -> writeOut(directory, manifest, found));
        }
        for (Map<String, Object> dependencies : manifest.dependencyTables()) {
            CargoManifest.replacePaths(dependencies, path -> moved(directory, directory, path));
        }
        moveTexts(directory, manifest);
        if (directory.equals(workspace) && keepsWorkspace()) {
            cutDown(manifest);
        } else {
            manifest.document().remove("workspace");
            table(manifest.document(), "package").ifPresent(about -> about.remove("workspace"));
        }
        if (directory.equals(crate) && !keepsWorkspace()) {
            becomeRoot(manifest, root);
        }
    }

    /** The project's crate takes over what only a workspace's root may say. */
    private void becomeRoot(CargoManifest manifest, Optional<CargoManifest> root) {
        Map<String, Object> workspaceTable = new LinkedHashMap<>();
        root.ifPresent(found -> {
            table(found.document(), "workspace")
                    .map(each -> each.get("resolver"))
                    .ifPresent(resolver -> workspaceTable.put("resolver", resolver));
            List.of("profile", "patch").forEach(key -> table(found.document(), key)
                    .ifPresent(table -> manifest.document().put(key, table)));
            manifest.patchTables()
                    .forEach(patches ->
                            CargoManifest.replacePaths(patches, path -> moved(found.directory(), crate, path)));
        });
        manifest.document().put("workspace", workspaceTable);
    }

    /** A workspace without a package has the oldest resolver unless it says otherwise. */
    private static void keepResolver(CargoManifest manifest) {
        Object edition = table(manifest.document(), "package")
                .map(about -> about.get("edition"))
                .orElse("");
        String resolver = "2024".equals(edition) ? "3" : "2021".equals(edition) ? "2" : "";
        if (!resolver.isEmpty()) {
            table(manifest.document(), "workspace").ifPresent(found -> found.putIfAbsent("resolver", resolver));
        }
    }

    private void cutDown(CargoManifest root) {
        Optional<Map<String, Object>> found = table(root.document(), "workspace");
        if (found.isEmpty()) {
            return;
        }
        Map<String, Object> workspaceTable = found.get();
        Set<String> members = new TreeSet<>();
        for (Path directory : manifests.keySet()) {
            boolean member = !directory.equals(workspace)
                    && rootOf(directory)
                            .map(each -> each.directory().equals(workspace))
                            .orElse(false);
            if (member) {
                members.add(between(relative(project, workspace), place(directory)));
            }
        }
        if (workspaceTable.containsKey("members") && !isSame(workspaceTable.get("members"), members)) {
            workspaceTable.put("members", List.copyOf(members));
            workspaceTable.remove("default-members");
        }
        table(workspaceTable, "dependencies")
                .ifPresent(dependencies ->
                        CargoManifest.replacePaths(dependencies, path -> moved(workspace, workspace, path)));
        root.patchTables()
                .forEach(patches -> CargoManifest.replacePaths(patches, path -> moved(workspace, workspace, path)));
    }

    /** Whether a list, which may have patterns, names the same members already. */
    private boolean isSame(Object list, Set<String> members) {
        Set<String> named = new TreeSet<>();
        for (Object each : (List<?>) list) {
            String path = String.valueOf(each).replaceFirst("^\\./", "").replaceFirst("/+$", "");
            named.addAll(path.matches(".*[*?\\[].*") ? matching(path) : Set.of(path));
        }
        named.remove(".");
        return named.equals(members);
    }

    /** The packages of the workspace that a pattern means, relative to it. */
    private Set<String> matching(String pattern) {
        Set<Path> found = Set.of(workspace);
        for (String part : pattern.split("/+")) {
            Set<Path> below = new TreeSet<>();
            for (Path directory : found) {
                below.addAll(members(directory, part));
            }
            found = below;
        }
        Set<String> names = new TreeSet<>();
        found.stream()
                .filter(each -> Files.isRegularFile(each.resolve("Cargo.toml")))
                .forEach(each -> names.add(relative(workspace, each)));
        return names;
    }

    private static List<Path> members(Path directory, String pattern) {
        List<Path> members = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
                stream.forEach(members::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return members;
    }

    private void writeOut(Path directory, CargoManifest manifest, CargoManifest root) {
        table(manifest.document(), "package").ifPresent(about -> {
            for (String key : List.copyOf(about.keySet())) {
                if (isInherited(about.get(key))) {
                    inherited(root, "package", key)
                            .ifPresentOrElse(value -> about.put(key, value), () -> about.remove(key));
                    if (key.equals("readme") || key.equals("license-file")) {
                        about.computeIfPresent(
                                key,
                                (name, value) -> value instanceof String path
                                        ? relative(
                                                directory,
                                                root.directory().resolve(path).normalize())
                                        : value);
                    }
                }
            }
        });
        if (isInherited(manifest.document().get("lints"))) {
            table(root.document(), "workspace").map(found -> found.get("lints")).ifPresent(lints -> manifest.document()
                    .put("lints", lints));
        }
        for (Map<String, Object> dependencies : manifest.dependencyTables()) {
            for (String name : List.copyOf(dependencies.keySet())) {
                table(dependencies, name).filter(CrateSources::isInherited).ifPresent(own -> inherited(
                                root, "dependencies", name)
                        .ifPresent(base -> dependencies.put(name, merged(directory, root, own, base))));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(
            Path directory, CargoManifest root, Map<String, Object> own, Object base) {
        Map<String, Object> merged = new LinkedHashMap<>();
        if (base instanceof Map<?, ?> table) {
            merged.putAll((Map<String, Object>) table);
        } else {
            merged.put("version", base);
        }
        if (merged.get("path") instanceof String path) {
            merged.put("path", relative(directory, real(root.directory().resolve(path))));
        }
        Set<Object> features = new LinkedHashSet<>();
        for (Object list : new Object[] {merged.get("features"), own.get("features")}) {
            features.addAll(list instanceof List<?> names ? names : List.of());
        }
        own.forEach((key, value) -> {
            if (!key.equals("workspace")) {
                merged.put(key, value);
            }
        });
        if (!features.isEmpty()) {
            merged.put("features", new ArrayList<>(features));
        }
        return merged;
    }

    private static Optional<Object> inherited(CargoManifest root, String part, String key) {
        return table(root.document(), "workspace")
                .flatMap(workspace -> table(workspace, part))
                .map(table -> table.get(key));
    }

    private static boolean isInherited(Object value) {
        return value instanceof Map<?, ?> table && Boolean.TRUE.equals(table.get("workspace"));
    }

    /** A readme or licence that won't be where the manifest says goes beside the manifest. */
    private void moveTexts(Path directory, CargoManifest manifest) {
        table(manifest.document(), "package").ifPresent(about -> {
            for (String key : List.of("readme", "license-file")) {
                if (about.get(key) instanceof String path) {
                    Path file = directory.resolve(path).normalize();
                    boolean stays =
                            file.startsWith(directory) || file.startsWith(project) && directory.startsWith(project);
                    if (!Files.isRegularFile(file)) {
                        continue;
                    }
                    String beside = stays
                            ? relative(directory, file)
                            : file.getFileName().toString();
                    String place = place(directory);
                    copies.put(
                            Path.of(place)
                                    .resolve(beside)
                                    .normalize()
                                    .toString()
                                    .replace('\\', '/'),
                            file);
                    if (!stays) {
                        about.put(key, beside);
                    }
                }
            }
        });
    }

    /** A path of a manifest as it must be in the archive: the same where neither end has moved. */
    private String moved(Path from, Path manifestDirectory, String path) {
        Path target = real(from.resolve(path));
        if (!manifests.containsKey(target)) {
            return path;
        }
        String start = manifestDirectory.equals(workspace) && keepsWorkspace()
                ? relative(project, workspace)
                : place(manifestDirectory);
        String now = between(start, place(target));
        boolean same = now.equals(Path.of(path).normalize().toString().replace('\\', '/'));
        return same ? path : now;
    }

    private static String between(String from, String to) {
        String path = relative(Path.of("/" + from), Path.of("/" + to));
        return path.isEmpty() ? "." : path;
    }

    /** The manifest of the workspace that a crate belongs to: its own, a named one, or the nearest above. */
    private Optional<CargoManifest> rootOf(Path directory) {
        try {
            CargoManifest own = manifests.get(directory);
            CargoManifest fresh = CargoManifest.read(directory.resolve("Cargo.toml"));
            if (fresh.document().containsKey("workspace")) {
                return Optional.of(fresh);
            }
            Object named = own == null
                    ? null
                    : table(fresh.document(), "package")
                            .map(about -> about.get("workspace"))
                            .orElse(null);
            if (named instanceof String path) {
                return Optional.of(
                        CargoManifest.read(real(directory.resolve(path)).resolve("Cargo.toml")));
            }
            for (Path above = directory.getParent(); above != null; above = above.getParent()) {
                Path file = above.resolve("Cargo.toml");
                if (Files.isRegularFile(file)) {
                    CargoManifest manifest = CargoManifest.read(file);
                    if (manifest.document().containsKey("workspace")) {
                        return excludes(manifest, directory) ? Optional.empty() : Optional.of(manifest);
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean excludes(CargoManifest root, Path directory) {
        Object excluded = table(root.document(), "workspace")
                .map(found -> found.get("exclude"))
                .orElse(List.of());
        return ((List<?>) excluded)
                .stream()
                        .anyMatch(path -> directory.startsWith(
                                root.directory().resolve(String.valueOf(path)).normalize()));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    static String relative(Path from, Path to) {
        return from.relativize(to).toString().replace('\\', '/');
    }
}
