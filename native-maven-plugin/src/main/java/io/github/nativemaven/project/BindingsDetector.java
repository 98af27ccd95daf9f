package io.github.nativemaven.project;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import java.util.List;

/** Finds out how a crate is made callable from Python, by what it is linked with. */
final class BindingsDetector {
    private BindingsDetector() {}

    static Bindings detect(CargoMetadata workspace, Crate crate) {
        for (String name : List.of("pyo3", "pyo3-ffi")) {
            List<Crate> found = workspace.directDependencies(crate, name);
            if (found.size() > 1) {
                throw new ProjectProblem.SeveralBindings(
                                crate.manifest(),
                                found.stream().map(Crate::version).sorted().toList())
                        .asFailure();
            }
            if (found.size() == 1) {
                requireDynamicLibrary(crate);
                return new Bindings.PyO3(found.get(0), workspace.featuresOf(found.get(0)));
            }
        }
        throw new ProjectProblem.NoBindings(crate.manifest(), crate.name()).asFailure();
    }

    private static void requireDynamicLibrary(Crate crate) {
        List<String> types = crate.library().map(Crate.Target::crateTypes).orElse(List.of());
        if (!types.contains("cdylib")) {
            throw new ProjectProblem.NoDynamicLibrary(crate.manifest(), types).asFailure();
        }
    }
}
