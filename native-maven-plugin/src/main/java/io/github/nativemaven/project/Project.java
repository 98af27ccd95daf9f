package io.github.nativemaven.project;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VersionSpecifiers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A crate that is shipped as a Python distribution: all that is known before anything is built.
 *
 * @param directory the project's directory, absolute
 * @param outputDirectory where everything goes that is made, absolute
 * @param pom what the POM says
 * @param pyproject the pyproject.toml
 * @param crate the crate
 * @param workspace the crate's workspace and dependencies
 * @param cargo how cargo is called
 * @param toolchain the Rust tools
 * @param name the distribution's name
 * @param version the distribution's version, from the POM
 * @param module the extension module
 * @param bindings how the crate is made callable
 * @param layout where Python source lies
 * @param requiresPython which Pythons the distribution accepts
 * @param dependencies what the distribution requires, extras apart
 * @param shipped what goes into archives besides the module and its Python source
 * @param conditionalFeatures features that are on for some Pythons only
 * @param rustcArguments arguments for rustc of the crate itself
 * @param settings what was decided, for a person to read, in the order of deciding
 */
public record Project(
        Path directory,
        Path outputDirectory,
        PomMetadata pom,
        Optional<PyProject> pyproject,
        Crate crate,
        CargoMetadata workspace,
        CargoSettings cargo,
        Cargo.Toolchain toolchain,
        DistributionName name,
        Pep440Version version,
        ModuleName module,
        Bindings bindings,
        Layout layout,
        Optional<VersionSpecifiers> requiresPython,
        List<Requirement> dependencies,
        Shipped shipped,
        List<Maturin.Feature> conditionalFeatures,
        List<String> rustcArguments,
        List<Decision> settings) {

    /**
     * A setting as it was decided.
     *
     * @param name what was decided about
     * @param value what was decided
     * @param origin who decided
     */
    public record Decision(String name, String value, String origin) {
        static Decision of(String name, Setting<?> setting) {
            return new Decision(name, String.valueOf(setting.value()), setting.origin());
        }
    }

    /** All extension modules, the main one first. */
    public List<ExtensionModule> modules() {
        List<ExtensionModule> modules = new ArrayList<>(List.of(new ExtensionModule(module, crate)));
        modules.addAll(shipped.modules());
        return modules;
    }

    /** What {@code [tool.maturin]} says. */
    public Maturin maturin() {
        return pyproject.map(PyProject::maturin).orElse(Maturin.NONE);
    }

    /**
     * The features that are on for one Python besides those that are on for all.
     *
     * @param version the Python; for the stable ABI the oldest that it is for
     */
    public List<String> featuresFor(PythonVersion version, Implementation implementation) {
        return conditionalFeatures.stream()
                .filter(feature -> feature.isFor(version, implementation))
                .map(Maturin.Feature::name)
                .toList();
    }

    /** The directory that wheels and source distributions end up in. */
    public Path wheelDirectory() {
        return outputDirectory.resolve("wheels");
    }

    /** {@code name version}, for a person. */
    public String describe() {
        return name + " " + version;
    }
}
