package io.github.nativemaven.project;

import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.List;

/** Causes for which a project can't be understood. */
public sealed interface ProjectProblem extends Problem {
    /**
     * A setting has a value that is none.
     *
     * @param setting the text as it was given, and where
     * @param reason what is wrong with it, and what would be right
     */
    record InvalidSetting(Setting<String> setting, String reason) implements ProjectProblem {}

    /**
     * A value in a file is none.
     *
     * @param file the file
     * @param line its line, from 1; 0 where it isn't known
     * @param key what is set there, such as {@code project.name}; empty for a fault of syntax
     * @param reason what is wrong, and what would be right
     */
    record InvalidFile(Path file, int line, String key, String reason) implements ProjectProblem {}

    /**
     * There is no Cargo.toml.
     *
     * @param manifest where it was looked for, and who said so
     */
    record NoManifest(Setting<Path> manifest) implements ProjectProblem {}

    /**
     * The Cargo.toml is a workspace without a package of its own.
     *
     * @param manifest the file
     * @param members the manifests of its members
     */
    record NoPackage(Path manifest, List<Path> members) implements ProjectProblem {}

    /**
     * The POM and another file have different versions.
     *
     * @param file the other file
     * @param version what it has
     * @param pomVersion what the POM has
     * @param wanted what the other file would have to have
     */
    record VersionsDiffer(Path file, String version, String pomVersion, String wanted) implements ProjectProblem {}

    /**
     * A crate that should be a Python module makes no C dynamic library.
     *
     * @param manifest its Cargo.toml
     * @param crateTypes what its library is made as; empty where it has no library
     */
    record NoDynamicLibrary(Path manifest, List<String> crateTypes) implements ProjectProblem {}

    /** The crate has no bindings that this plugin knows. */
    record NoBindings(Path manifest, String found) implements ProjectProblem {}

    /**
     * The crate is linked with several releases of PyO3.
     *
     * @param versions the releases
     */
    record SeveralBindings(Path manifest, List<String> versions) implements ProjectProblem {}

    /**
     * The crate has programs, but all need features that are off.
     *
     * @param features what they need; empty where the only program serves the build
     */
    record NoPrograms(Path manifest, List<String> features) implements ProjectProblem {}

    /** A directory that a setting names isn't there. */
    record NoDirectory(Setting<Path> setting) implements ProjectProblem {}
}
