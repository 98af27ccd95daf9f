package io.github.nativemaven.build;

import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What cargo's environment says of a unit's target and Python, and the files that it names. */
final class UnitEnvironment {
    private UnitEnvironment() {}

    /** Writes what must be there before cargo runs; the unit's directory is locked. */
    static void prepare(Plan plan, Unit unit) throws IOException {
        unit.tools().prepare(plan.project().toolchain().host().os());
        Optional<Python> unasked = unasked(plan, unit);
        if (unasked.isPresent()) {
            AtomicFiles.writeIfChanged(PyO3ConfigFile.of(unit), PyO3ConfigFile.text(unit.abi(), unasked.get()));
        }
    }

    /** The variables, and null for those that are removed. */
    static Map<String, String> of(Plan plan, Unit unit) {
        Bindings bindings = plan.project().bindings();
        Map<String, String> ofTools = unit.tools().environment();
        if (bindings.python().isEmpty()) {
            return ofTools;
        }
        Map<String, String> environment = new HashMap<>(ofTools);
        Optional<Python> unasked = unasked(plan, unit);
        if (unasked.isPresent()) {
            Path config = PyO3ConfigFile.of(unit);
            environment.putAll(
                    bindings.hasLibrary()
                            ? PyO3Environment.foreignExtension(unasked.get(), config)
                            : PyO3Environment.foreignEmbedding(unasked.get(), config));
        } else {
            Interpreter interpreter = unit.interpreter().orElseThrow();
            environment.putAll(
                    bindings.hasLibrary()
                            ? PyO3Environment.extension(interpreter)
                            : PyO3Environment.embedding(interpreter));
        }
        return environment;
    }

    /** The Python that PyO3 is configured for, where it runs on another machine and can't be asked itself. */
    private static Optional<Python> unasked(Plan plan, Unit unit) {
        return unit.isForeign() && plan.project().bindings().python().isPresent()
                ? unit.python().map(Python.class::cast)
                : Optional.empty();
    }
}
