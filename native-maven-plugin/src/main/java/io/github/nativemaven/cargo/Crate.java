package io.github.nativemaven.cargo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One package of {@code cargo metadata}.
 *
 * @param id cargo's opaque name for it
 * @param name the package name as Cargo.toml has it
 * @param version SemVer
 * @param manifest its Cargo.toml, absolute
 * @param fromRegistry whether it comes from a registry or repository, and not from a path
 * @param targets what it builds
 * @param rustVersion the oldest Rust that it accepts, such as {@code 1.83}
 * @param features what each of its features switches on; only for crates that come from a path
 * @param about what it says of itself
 */
public record Crate(
        String id,
        String name,
        String version,
        Path manifest,
        boolean fromRegistry,
        List<Target> targets,
        Optional<String> rustVersion,
        Map<String, List<String>> features,
        About about) {

    /** A crate without features. */
    public Crate(
            String id,
            String name,
            String version,
            Path manifest,
            boolean fromRegistry,
            List<Target> targets,
            Optional<String> rustVersion,
            About about) {
        this(id, name, version, manifest, fromRegistry, targets, rustVersion, Map.of(), about);
    }

    /**
     * What a crate says of itself. Files are relative to the crate's directory.
     *
     * @param authors each {@code name <address>}, a name or an address
     */
    public record About(
            Optional<String> description,
            List<String> authors,
            Optional<String> license,
            Optional<String> licenseFile,
            Optional<String> readme,
            Optional<String> repository,
            Optional<String> homepage,
            Optional<String> documentation,
            List<String> keywords) {}

    /**
     * A library, binary, test or example of a crate.
     *
     * @param name the name; for a library the one that {@code use} sees, but for {@code -}
     * @param kinds {@code lib}, {@code cdylib}, {@code bin}, {@code test}, {@code custom-build}, …
     * @param crateTypes what rustc makes of it: {@code cdylib}, {@code rlib}, {@code bin}, …
     * @param source its root source file, absolute
     * @param requiredFeatures features of the crate without which cargo leaves it out: {@code cli}, {@code uniffi/cli}
     */
    public record Target(
            String name, List<String> kinds, List<String> crateTypes, Path source, List<String> requiredFeatures) {
        /** Whether this is the crate's library, whatever the types that it is made as. */
        public boolean isLibrary() {
            return kinds.stream().anyMatch(kind -> switch (kind) {
                case "lib", "rlib", "dylib", "cdylib", "staticlib" -> true;
                default -> false;
            });
        }

        /** Whether this is a program. */
        public boolean isBinary() {
            return kinds.contains("bin");
        }

        /** The name as Rust source and file names have it. */
        public String identifier() {
            return name.replace('-', '_');
        }
    }

    /** The directory of the crate. */
    public Path directory() {
        return manifest.getParent();
    }

    /** The library, where there is one. */
    public Optional<Target> library() {
        return targets.stream().filter(Target::isLibrary).findFirst();
    }

    /** The programs. */
    public List<Target> binaries() {
        return targets.stream().filter(Target::isBinary).toList();
    }
}
