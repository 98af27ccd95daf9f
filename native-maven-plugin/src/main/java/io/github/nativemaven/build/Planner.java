package io.github.nativemaven.build;

import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.Releases;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
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
     * A Python that was asked for in no particular words can't be built for, and is left out.
     *
     * @param interpreter the Python
     * @param why what would have been said if it had been asked for by name
     */
    public record LeftOut(Python interpreter, BuildFailure why) implements Event {}

    /**
     * A plan for those of the Pythons that can be built for. Where none can, the first one's failure is thrown.
     *
     * @param events told of each that is left out
     */
    public static Plan planPossible(PlanRequest request, Events events) {
        if (request.project().bindings().python().isEmpty()) {
            return plan(request);
        }
        List<TargetRequest> possible = new ArrayList<>();
        List<LeftOut> left = new ArrayList<>();
        for (TargetRequest target : request.targets()) {
            possible.add(new TargetRequest(target.tools(), possible(request, target, left)));
        }
        if (possible.stream().allMatch(target -> target.pythons().isEmpty()) && !left.isEmpty()) {
            throw left.get(0).why();
        }
        left.forEach(events::tell);
        return plan(request.with(possible));
    }

    private static List<Python> possible(PlanRequest request, TargetRequest target, List<LeftOut> left) {
        List<Python> possible = new ArrayList<>();
        for (Python python : target.pythons()) {
            try {
                unit(
                        request,
                        target.tools(),
                        request.project().bindings().python().orElseThrow(),
                        python);
                possible.add(python);
            } catch (BuildFailure e) {
                left.add(new LeftOut(python, e));
            }
        }
        return possible;
    }

    /** Whether a Python is one that the project accepts and that its bindings support. */
    public static boolean suits(PlanRequest request, TargetTools tools, Python python) {
        List<LeftOut> left = new ArrayList<>();
        possible(request, new TargetRequest(tools, List.of(python)), left);
        return left.isEmpty();
    }

    /**
     * For each target one unit for each ABI: the stable one where it can be used, else one for each Python. What knows
     * nothing of Python is one unit.
     */
    public static Plan plan(PlanRequest request) {
        List<Unit> units = new ArrayList<>();
        Optional<Bindings.PyO3> bindings = request.project().bindings().python();
        for (TargetRequest target : request.targets()) {
            if (bindings.isPresent()) {
                units.addAll(units(request, target, bindings.get()));
            } else {
                Optional<? extends Python> python = target.pythons().stream().findFirst();
                Path directory = directory(request, target.tools(), ANY.label());
                units.add(new Unit(ANY, python, directory, Features.OF_PROJECT, target.tools()));
            }
        }
        return new Plan(request.project(), request.profile(), units, false);
    }

    private static List<Unit> units(PlanRequest request, TargetRequest target, Bindings.PyO3 bindings) {
        Map<String, Unit> units = new LinkedHashMap<>();
        for (Python python : target.pythons()) {
            Unit unit = unit(request, target.tools(), bindings, python);
            units.putIfAbsent(unit.label(), unit);
        }
        return units.values().stream()
                .filter(unit -> units.values().stream().noneMatch(other -> serves(other, unit)))
                .toList();
    }

    /** Whether a library for the stable ABI is for later Pythons what another is for them too, made with the same features. */
    private static boolean serves(Unit older, Unit newer) {
        return older.abi() instanceof Abi.Stable first
                && newer.abi() instanceof Abi.Stable second
                && first.freeThreaded() == second.freeThreaded()
                && first.oldest().compareTo(second.oldest()) < 0
                && older.features().equals(newer.features());
    }

    /** A program is linked with one Python's library, whatever ABI its code keeps to. */
    private static Unit unit(PlanRequest request, TargetTools tools, Bindings.PyO3 bindings, Python interpreter) {
        Project project = request.project();
        checkAccepted(project, interpreter);
        List<String> besides = project.featuresFor(interpreter.version(), interpreter.implementation());
        AbiChooser chooser = new AbiChooser(new FeatureTable(project, bindings).withBesides(besides));
        Optional<Abi.Stable> stable = project.bindings().hasLibrary() ? chooser.stable(interpreter) : Optional.empty();
        if (stable.isPresent() && !interpreter.version().isAtLeast(stable.get().oldest())) {
            return older(request, tools, bindings, interpreter, stable.get());
        }
        checkVersion(bindings, interpreter, stable.map(Abi.Stable::oldest).orElse(interpreter.version()));
        return stable.map(abi -> unit(
                        request,
                        tools,
                        abi,
                        interpreter,
                        ofOldest(project, bindings, chooser.feature(abi), abi.oldest())))
                .orElseGet(() -> unit(
                        request,
                        tools,
                        new Abi.VersionSpecific(interpreter),
                        interpreter,
                        new Features(Optional.empty(), besides)));
    }

    /** PyO3 refuses a Python that is older than the stable ABI: it gets a wheel of its own where features can do that. */
    private static Unit older(
            PlanRequest request, TargetTools tools, Bindings.PyO3 bindings, Python interpreter, Abi.Stable stable) {
        checkVersion(bindings, interpreter, interpreter.version());
        Optional<List<String>> only = request.withoutStableAbi().get();
        if (only.isEmpty()) {
            throw new OlderThanStableAbi(interpreter, stable.oldest()).asFailure();
        }
        return unit(request, tools, new Abi.VersionSpecific(interpreter), interpreter, new Features(only, List.of()));
    }

    private static Unit unit(PlanRequest request, TargetTools tools, Abi abi, Python python, Features features) {
        return new Unit(abi, Optional.of(python), directory(request, tools, abi.label()), features, tools);
    }

    /** A library for several Pythons must suit the oldest; what made it one for several is on all the same. */
    private static Features ofOldest(Project project, Bindings.PyO3 bindings, String chosen, PythonVersion oldest) {
        List<String> features = new ArrayList<>(project.featuresFor(oldest, Implementation.CPYTHON));
        if (!bindings.features().contains(chosen)) {
            features.add(bindings.crate().name() + "/" + chosen);
        }
        return new Features(Optional.empty(), features.stream().distinct().toList());
    }

    /** The place of a build: one for each target and ABI, so that none undoes another's work. */
    private static Path directory(PlanRequest request, TargetTools tools, String name) {
        return BuildRoot.of(request.project(), request.buildDirectory())
                .resolve(tools.target().value())
                .resolve(name);
    }

    private static void checkAccepted(Project project, Python interpreter) {
        project.requiresPython()
                .filter(accepted -> !Releases.mayBeIn(interpreter, accepted))
                .ifPresent(accepted -> {
                    throw new RefusedPython(interpreter, accepted.toString()).asFailure();
                });
    }

    /**
     * What is built for the stable ABI of a certain version runs on Pythons that the bindings don't know yet.
     *
     * @param version what is compiled for
     */
    private static void checkVersion(Bindings.PyO3 bindings, Python interpreter, PythonVersion version) {
        if (interpreter.implementation() == Implementation.GRAALPY) {
            return;
        }
        PyO3Support.of(bindings.crate().version())
                .filter(support -> !support.accepts(interpreter, version))
                .ifPresent(support -> {
                    throw new UnsupportedPython(
                                    interpreter, bindings.describe(), support.oldest(interpreter), support.newest())
                            .asFailure();
                });
    }
}
