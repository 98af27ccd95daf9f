package io.github.nativemaven.build;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.CargoOutcome;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.project.Project;
import java.util.List;
import java.util.stream.Stream;

/** What the compilation of one unit tells about that of another. */
final class Kinship {
    /** The crate whose build script and functions tell others for which Python they are compiled. */
    private static final String PYTHON_TELLER = "pyo3-build-config";

    private Kinship() {}

    /** Whether two units compile the same source with the same settings, but for the version of Python. */
    static boolean areAlike(Unit a, Unit b) {
        return a.target().equals(b.target())
                && a.abi().getClass() == b.abi().getClass()
                && make(a).equals(make(b))
                && a.features().besides().equals(b.features().besides())
                && a.features().only().equals(b.features().only());
    }

    private static String make(Unit unit) {
        return unit.python()
                .map(python -> python.implementation() + (python.freeThreaded() ? "t" : ""))
                .orElse("");
    }

    /**
     * Whether what failed knows nothing of Python, and fails for each version alike: cargo itself before it compiles anything,
     * or crates that don't ask which Python they are compiled for.
     */
    static boolean failsEverywhere(Project project, CargoOutcome outcome) {
        if (outcome.errors() > 0) {
            return outcome.failedPackages().stream().noneMatch(id -> asksForPython(project.workspace(), id));
        }
        return outcome.lastWords().stream()
                .noneMatch(line -> line.contains("could not compile") || line.contains("custom build command"));
    }

    private static boolean asksForPython(CargoMetadata workspace, String id) {
        Crate crate = workspace.crates().get(id);
        CargoMetadata.Node node = workspace.nodes().get(id);
        if (crate == null || node == null || crate.name().startsWith("pyo3")) {
            return true;
        }
        return Stream.of(node.dependencies(), node.buildDependencies())
                .flatMap(List::stream)
                .map(workspace.crates()::get)
                .anyMatch(dependency -> dependency != null && dependency.name().equals(PYTHON_TELLER));
    }
}
