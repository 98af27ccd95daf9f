package io.github.nativemaven.build;

import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.Releases;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what is built. */
public final class Planner {
    private static final Abi ANY = new Abi.AnyPython();

    private Planner() {}

    /**
     * A Python that the crate's bindings don't support.
     *
     * @param interpreter the Python
     * @param bindings the bindings, for a person
     * @param oldest the oldest that they support
     * @param newest the newest that they support
     */
    public record UnsupportedPython(Python interpreter, String bindings, PythonVersion oldest, PythonVersion newest)
            implements Problem {}

    /**
     * A Python that is older than the stable ABI which the crate asks for. PyO3 refuses it; a wheel for this Python alone
     * needs other features.
     *
     * @param interpreter the Python
     * @param oldest the first version of the stable ABI
     */
    public record OlderThanStableAbi(Python interpreter, PythonVersion oldest) implements Problem {}

    /**
     * A Python that the project itself doesn't accept.
     *
     * @param interpreter the Python
     * @param requiresPython what the project accepts
     */
    public record RefusedPython(Python interpreter, String requiresPython) implements Problem {}

    /**
     * For each target one unit for each ABI: the stable one where it can be used, else one for each Python. What knows
     * nothing of Python is one unit.
     */
    public static Plan plan(PlanRequest request) {
        List<Unit> units = new ArrayList<>();
        for (TargetRequest target : request.targets()) {
            Optional<Bindings.PyO3> bindings = request.project().bindings().python();
            if (bindings.isPresent()) {
                units.addAll(units(request, target, bindings.get()));
            } else {
                units.add(unit(request, target, ANY, target.pythons().stream().findFirst()));
            }
        }
        return new Plan(request.project(), request.profile(), units);
    }

    private static List<Unit> units(PlanRequest request, TargetRequest target, Bindings.PyO3 bindings) {
        Project project = request.project();
        boolean extension = project.bindings().hasLibrary();
        Map<String, Unit> units = new LinkedHashMap<>();
        for (Python python : target.pythons()) {
            check(project, bindings, python);
            // A program is linked with one Python's library, whatever ABI its code keeps to.
            Abi abi = extension ? abi(bindings, python) : new Abi.VersionSpecific(python);
            units.putIfAbsent(abi.label(), unit(request, target, abi, Optional.of(python)));
        }
        return new ArrayList<>(units.values());
    }

    private static Unit unit(PlanRequest request, TargetRequest target, Abi abi, Optional<? extends Python> python) {
        TargetTriple triple = target.tools().target();
        return new Unit(triple, abi, python, directory(request, triple, abi.label()), target.tools());
    }

    /** The place of a build: one for each target and ABI, so that none undoes another's work. */
    private static Path directory(PlanRequest request, TargetTriple target, String name) {
        return PlanRequest.buildDirectory(request.project(), request.buildDirectory())
                .resolve(target.value())
                .resolve(name);
    }

    /** Whether a Python is one that the project accepts and that its bindings support. */
    public static boolean suits(Project project, Python python) {
        try {
            project.bindings().python().ifPresent(bindings -> check(project, bindings, python));
            return true;
        } catch (BuildFailure e) {
            return false;
        }
    }

    private static void check(Project project, Bindings.PyO3 bindings, Python interpreter) {
        project.requiresPython()
                .filter(accepted -> !Releases.mayBeIn(interpreter, accepted))
                .ifPresent(accepted -> {
                    throw new RefusedPython(interpreter, accepted.toString()).asFailure();
                });
        if (interpreter.implementation() == Implementation.CPYTHON) {
            checkVersion(bindings, interpreter);
        }
    }

    /** What is built for the stable ABI of a certain version runs on Pythons that the bindings don't know yet. */
    private static void checkVersion(Bindings.PyO3 bindings, Python interpreter) {
        Optional<PythonVersion> first = bindings.stableAbiMinor()
                .filter(minor -> !interpreter.freeThreaded())
                .map(minor -> new PythonVersion(3, minor));
        PyO3Support.of(bindings.crate().version())
                .filter(support -> !support.accepts(first.orElse(interpreter.version())))
                .ifPresent(support -> {
                    throw new UnsupportedPython(interpreter, bindings.describe(), support.oldest(), support.newest())
                            .asFailure();
                });
        first.filter(oldest -> !interpreter.version().isAtLeast(oldest)).ifPresent(oldest -> {
            throw new OlderThanStableAbi(interpreter, oldest).asFailure();
        });
    }

    private static Abi abi(Bindings.PyO3 bindings, Python interpreter) {
        return stable(bindings, interpreter)
                .<Abi>map(Abi.Stable::new)
                .orElseGet(() -> new Abi.VersionSpecific(interpreter));
    }

    /** The stable ABI's first version, where the crate asks for it and the interpreter has it. */
    private static Optional<PythonVersion> stable(Bindings.PyO3 bindings, Python interpreter) {
        if (!bindings.isStableAbi()
                || interpreter.implementation() != Implementation.CPYTHON
                || interpreter.freeThreaded()) {
            return Optional.empty();
        }
        return Optional.of(bindings.stableAbiMinor()
                .map(minor -> new PythonVersion(3, minor))
                .orElse(interpreter.version()));
    }
}
