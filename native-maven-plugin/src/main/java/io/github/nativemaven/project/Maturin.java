package io.github.nativemaven.project;

import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.VersionSpecifiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table {@code [tool.maturin]} of a pyproject.toml, its types checked. A key that isn't there is empty.
 *
 * @param manifestPath the Cargo.toml, relative to the pyproject.toml, as are all paths here
 * @param moduleName the extension module's full name
 * @param pythonSource the directory that packages lie in
 * @param pythonPackages packages that are shipped besides the one that the extension lies in
 * @param data the data directory
 * @param include files that are shipped besides
 * @param exclude files that are not shipped
 * @param bindings how the crate is made callable
 * @param targets the crate's targets that are built; empty for all that there are
 * @param profile cargo's profile
 * @param editableProfile cargo's profile for a development install
 * @param compatibility the platform tag that is wished for
 * @param auditMode what happens when a library needs more than its platform has
 * @param strip whether symbols are taken off the library
 * @param features features of the crate to switch on
 * @param allFeatures whether all of them are on
 * @param noDefaultFeatures whether the default ones are off
 * @param locked whether Cargo.lock must be there and right
 * @param frozen whether cargo may not use the network either
 * @param cargoArguments further arguments for cargo: {@code --config} and {@code -Z}
 * @param rustcArguments arguments for rustc of the crate itself
 * @param sdistGenerator who lists the files of a source distribution: {@code cargo} or {@code git}
 * @param sbom what bills of materials are shipped
 * @param macosDeploymentTargets the oldest macOS, by target triple
 * @see <a href="https://www.maturin.rs/config.html">maturin's configuration</a>
 */
public record Maturin(
        Optional<Setting<String>> manifestPath,
        Optional<Setting<String>> moduleName,
        Optional<Setting<String>> pythonSource,
        Optional<Setting<List<String>>> pythonPackages,
        Optional<Setting<String>> data,
        List<FileRule> include,
        List<FileRule> exclude,
        Optional<Setting<String>> bindings,
        List<Target> targets,
        Optional<Setting<String>> profile,
        Optional<Setting<String>> editableProfile,
        Optional<Setting<String>> compatibility,
        Optional<Setting<String>> auditMode,
        Optional<Boolean> strip,
        List<Feature> features,
        boolean allFeatures,
        boolean noDefaultFeatures,
        boolean locked,
        boolean frozen,
        List<String> cargoArguments,
        List<String> rustcArguments,
        Optional<Setting<String>> sdistGenerator,
        Sbom sbom,
        Map<String, String> macosDeploymentTargets) {

    /** What a project without the table says: nothing. */
    public static final Maturin NONE = MaturinReader.read(Optional.empty());

    /** An archive that files go into. */
    public enum Format {
        SDIST,
        WHEEL
    }

    /**
     * Files by a pattern.
     *
     * @param path a glob with {@code /}, relative to the project or to the Python source; or to OUT_DIR
     * @param formats the archives that it is for
     * @param outDirectory where files of a build script's OUT_DIR are meant
     * @param origin file, line and key
     */
    public record FileRule(String path, Set<Format> formats, Optional<OutDirectory> outDirectory, String origin) {
        public FileRule {
            formats = Set.copyOf(formats);
        }
    }

    /**
     * The place that a build script writes into.
     *
     * @param to the directory of the wheel that the files go to, {@code ""} for its root
     * @param crate whose build script; empty for the project's own crate
     */
    public record OutDirectory(String to, Optional<String> crate) {}

    /**
     * A feature of the crate, or of a dependency of it.
     *
     * @param name as cargo takes it: {@code fast}, {@code pyo3/abi3}
     * @param pythonVersion which Pythons it is for
     * @param pythonImplementation which implementation it is for, such as {@code cpython}; empty for all
     * @param origin file, line and key
     */
    public record Feature(
            String name,
            Optional<VersionSpecifiers> pythonVersion,
            Optional<String> pythonImplementation,
            String origin) {
        /** Whether it is on for a Python. */
        public boolean isFor(PythonVersion version, Implementation implementation) {
            boolean versionFits = pythonVersion
                    .map(accepted -> accepted.contains(
                            Pep440Version.parse(version.toString()), VersionSpecifiers.PreReleases.ALLOWED))
                    .orElse(true);
            return versionFits
                    && pythonImplementation
                            .map(name -> name.equals(implementation.id())
                                    || name.equalsIgnoreCase(implementation.markerName()))
                            .orElse(true);
        }

        /** Whether it is on for some Pythons only. */
        public boolean isConditional() {
            return pythonVersion.isPresent() || pythonImplementation.isPresent();
        }
    }

    /**
     * A target of the crate.
     *
     * @param name as cargo has it
     * @param kind {@code bin}, {@code cdylib}, …
     */
    public record Target(String name, Optional<String> kind) {}

    /**
     * Bills of materials.
     *
     * @param rust whether one of the Rust crates is made
     * @param auditwheel whether one of the libraries that were taken in is made
     * @param include files that are shipped as they are
     */
    public record Sbom(boolean rust, boolean auditwheel, List<String> include) {}

    /** The names of the features that are on for every Python. */
    public List<String> unconditionalFeatures() {
        return features.stream()
                .filter(feature -> !feature.isConditional())
                .map(Feature::name)
                .toList();
    }
}
