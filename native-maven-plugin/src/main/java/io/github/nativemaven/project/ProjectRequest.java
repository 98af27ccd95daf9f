package io.github.nativemaven.project;

import io.github.nativemaven.cargo.CargoSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a project before any file of it is read.
 *
 * @param directory the project's directory, absolute
 * @param outputDirectory where everything goes that is made, absolute
 * @param pom what the POM says
 * @param cargo how cargo is called
 * @param manifest the Cargo.toml
 * @param name the distribution's name
 * @param bindings one of {@link Bindings#IDS}
 * @param programs names of the crate's programs that are shipped
 * @param moduleName the extension module's full name
 * @param pythonSource the directory that packages lie in
 * @param requiresPython a version specifier, {@code >=3.9}
 * @param dependencies requirements of the distribution (PEP 508)
 * @param strip whether symbols are taken off the library
 * @param contents what goes into archives besides
 * @param off flags of {@code [tool.maturin]} that the user switched off: {@code all-features}, {@code locked}
 */
public record ProjectRequest(
        Path directory,
        Path outputDirectory,
        PomMetadata pom,
        CargoSettings cargo,
        Optional<Setting<Path>> manifest,
        Optional<Setting<String>> name,
        Optional<Setting<String>> bindings,
        Optional<Setting<List<String>>> programs,
        Optional<Setting<String>> moduleName,
        Optional<Setting<Path>> pythonSource,
        Optional<Setting<String>> requiresPython,
        Optional<Setting<List<String>>> dependencies,
        Optional<Setting<Boolean>> strip,
        Contents contents,
        Set<String> off) {
    public ProjectRequest {
        off = Set.copyOf(off);
    }

    /** With the flags of {@code [tool.maturin]} as they are. */
    public ProjectRequest(
            Path directory,
            Path outputDirectory,
            PomMetadata pom,
            CargoSettings cargo,
            Optional<Setting<Path>> manifest,
            Optional<Setting<String>> name,
            Optional<Setting<String>> bindings,
            Optional<Setting<List<String>>> programs,
            Optional<Setting<String>> moduleName,
            Optional<Setting<Path>> pythonSource,
            Optional<Setting<String>> requiresPython,
            Optional<Setting<List<String>>> dependencies,
            Optional<Setting<Boolean>> strip,
            Contents contents) {
        this(
                directory,
                outputDirectory,
                pom,
                cargo,
                manifest,
                name,
                bindings,
                programs,
                moduleName,
                pythonSource,
                requiresPython,
                dependencies,
                strip,
                contents,
                Set.of());
    }

    /** The same with another output directory. */
    public ProjectRequest in(Path other) {
        return new ProjectRequest(
                directory,
                other,
                pom,
                cargo,
                manifest,
                name,
                bindings,
                programs,
                moduleName,
                pythonSource,
                requiresPython,
                dependencies,
                strip,
                contents,
                off);
    }
}
