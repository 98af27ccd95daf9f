package io.github.nativemaven.wheel;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.wheel.CycloneDx.Component;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Rust crates that one build used: exactly those that cargo compiled or found fresh for it, so that features, the
 * target and the kind of each dependency are taken into account.
 */
final class CrateMaterials {
    private final CargoMetadata workspace;
    private final Crate root;
    private final Set<String> used;
    private final Map<String, String> references = new HashMap<>();

    /**
     * @param workspace all packages that there are
     * @param root the crate that was built
     * @param packages cargo's ids of the packages that the build used
     */
    CrateMaterials(CargoMetadata workspace, Crate root, Collection<String> packages) {
        this.workspace = workspace;
        this.root = root;
        this.used = new TreeSet<>(packages);
        used.add(root.id());
        // cargo's own crates, of a standard library that is compiled too, are not among the packages.
        used.retainAll(workspace.crates().keySet());
        Set<String> taken = new HashSet<>();
        for (String id : used) {
            String first = reference(workspace.crates().get(id));
            String reference = first;
            // Two packages of one name and version come from two places.
            for (int number = 2; !taken.add(reference); number++) {
                reference = first + "#" + number;
            }
            references.put(id, reference);
        }
    }

    private static String reference(Crate crate) {
        return "pkg:cargo/" + crate.name() + "@" + encoded(crate.version());
    }

    /** What the document depends on, but for the lock file: the same texts, the same document. */
    String inputs() {
        StringBuilder inputs = new StringBuilder(root.id());
        for (String id : used) {
            inputs.append('\n').append(id);
            Crate crate = workspace.crates().get(id);
            if (!crate.fromRegistry()) {
                inputs.append(' ').append(crate.version());
                inputs.append(' ').append(crate.about().license().orElse(""));
                inputs.append(' ').append(crate.about().repository().orElse(""));
            }
        }
        return inputs.toString();
    }

    /** The document. */
    String write(String tool) throws IOException {
        Map<String, String> checksums =
                Files.isRegularFile(workspace.lockFile()) ? checksums(workspace.lockFile()) : Map.of();
        Set<String> runtime = runtime();
        Map<String, Component> components = new TreeMap<>();
        for (String id : used) {
            if (!id.equals(root.id())) {
                components.put(references.get(id), component(id, runtime.contains(id), checksums));
            }
        }
        return CycloneDx.write(tool, component(root.id(), true, checksums), components.values());
    }

    /** What is linked with the crate; procedural macros, and all that only they need, run in the compiler. */
    private Set<String> runtime() {
        Set<String> runtime = new HashSet<>(List.of(root.id()));
        Deque<String> next = new ArrayDeque<>(runtime);
        while (!next.isEmpty()) {
            for (String id : workspace.nodes().get(next.remove()).dependencies()) {
                if (used.contains(id) && !isMacro(workspace.crates().get(id)) && runtime.add(id)) {
                    next.add(id);
                }
            }
        }
        return runtime;
    }

    private static boolean isMacro(Crate crate) {
        for (Crate.Target target : crate.targets()) {
            if (target.kinds().contains("proc-macro")) {
                return true;
            }
        }
        return false;
    }

    private Component component(String id, boolean runtime, Map<String, String> checksums) {
        Crate crate = workspace.crates().get(id);
        String checksum = crate.fromRegistry() ? checksums.get(crate.name() + " " + crate.version()) : null;
        return new Component(
                references.get(id),
                crate.name(),
                Optional.of(crate.version()),
                runtime,
                crate.about().license().map(CrateMaterials::license),
                purl(crate),
                Optional.ofNullable(checksum),
                crate.about().repository().filter(CrateMaterials::isUrl),
                needs(id));
    }

    private static boolean isUrl(String text) {
        return text.matches("[a-z+]+://[^\\s<>\"{}|\\\\^`]+");
    }

    private List<String> needs(String id) {
        CargoMetadata.Node node = workspace.nodes().get(id);
        Set<String> needs = new TreeSet<>();
        for (Collection<String> dependencies : List.of(node.dependencies(), node.buildDependencies())) {
            for (String dependency : dependencies) {
                if (used.contains(dependency)) {
                    needs.add(references.get(dependency));
                }
            }
        }
        return new ArrayList<>(needs);
    }

    private static CycloneDx.License license(String text) {
        try {
            return new CycloneDx.License(LicenseExpression.ofCargo(text).toString(), true);
        } catch (MalformedException e) {
            return new CycloneDx.License(text, false);
        }
    }

    /**
     * The package URL of what others can get: not of a crate that is only on this machine.
     *
     * @see <a href="https://github.com/package-url/purl-spec">package URL</a>
     */
    private static Optional<String> purl(Crate crate) {
        if (!crate.fromRegistry()) {
            return Optional.empty();
        }
        String purl = reference(crate);
        int git = crate.id().indexOf("git+");
        if (git < 0) {
            return Optional.of(purl);
        }
        // The URL may have somebody's password in it.
        String url = crate.id().substring(git).replaceFirst("[)#].*", "").replaceFirst("://[^/@]*@", "://");
        return Optional.of(purl + "?vcs_url=" + encoded(url));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The digests of a Cargo.lock, which cargo writes one key to a line. By name and version, with a space between. */
    static Map<String, String> checksums(Path lockFile) throws IOException {
        Map<String, String> checksums = new HashMap<>();
        String name = "";
        String version = "";
        for (String line : Files.readAllLines(lockFile)) {
            if (line.startsWith("name = \"")) {
                name = quoted(line);
            } else if (line.startsWith("version = \"")) {
                version = quoted(line);
            } else if (line.startsWith("checksum = \"")) {
                checksums.put(name + " " + version, quoted(line));
            }
        }
        return checksums;
    }

    private static String quoted(String line) {
        return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
    }
}
