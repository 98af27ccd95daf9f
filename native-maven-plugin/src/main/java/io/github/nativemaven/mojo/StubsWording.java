package io.github.nativemaven.mojo;

import io.github.nativemaven.service.StubsService;
import io.github.nativemaven.stubs.Stubs;
import io.github.nativemaven.system.Problem;
import java.util.Map;
import java.util.function.Function;

/** What goes wrong where stubs are made. */
final class StubsWording {
    private static final String NEXT = "\n        ";

    private StubsWording() {}

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                Stubs.Nothing.class,
                p -> "No stubs of " + p.module() + ": " + p.library() + " says nothing of what is in it." + NEXT
                        + "Switch on PyO3's feature for it (PyO3 0.28 or later): -Drust.features=pyo3/experimental-inspect, or in Cargo.toml.");
        ProblemWording.on(
                table,
                Stubs.Unreadable.class,
                p -> "No stubs: what PyO3 left in " + p.library() + " can't be read: " + p.reason() + NEXT
                        + "Try another release of PyO3 (cargo update -p pyo3), or leave rust.stubs away.");
        ProblemWording.on(
                table,
                StubsService.NoPyO3.class,
                p -> "No stubs: only modules made with PyO3 say what is in them, and this is "
                        + p.bindings().describe() + ".");
        ProblemWording.on(
                table,
                StubsService.NoPlace.class,
                p -> "rust.stubs source: " + p.module()
                        + " has submodules, whose stubs have no place in a project without Python source." + NEXT
                        + "Ship them in the wheel alone: -Drust.stubs=wheel.");
    }
}
