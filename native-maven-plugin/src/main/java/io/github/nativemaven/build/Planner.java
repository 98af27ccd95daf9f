package io.github.nativemaven.build;

import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.VersionSpecifiers;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
    public record UnsupportedPython(
            Interpreter interpreter, String bindings, PythonVersion oldest, PythonVersion newest) implements Problem {}

    /**
     * A Python that is older than the stable ABI which the crate asks for. PyO3 refuses it; a wheel for this Python alone
     * needs other features.
     *
     * @param interpreter the Python
     * @param oldest the first version of the stable ABI
     */
    public record OlderThanStableAbi(Interpreter interpreter, PythonVersion oldest) implements Problem {}

    /**
     * A Python that the project itself doesn't accept.
     *
     * @param interpreter the Python
     * @param requiresPython what the project accepts
     */
    public record RefusedPython(Interpreter interpreter, String requiresPython) implements Problem {}

    /**
     * A Python that was asked for in no particular words can't be built for, and is left out.
     *
     * @param interpreter the Python
     * @param why what would have been said if it had been asked for by name
     */
    public record LeftOut(Interpreter interpreter, BuildFailure why) implements Event {}

    /**
     * A plan for those of the Pythons that can be built for. Where none can, the first one's failure is thrown.
     *
     * @param events told of each that is left out
     */
    public static Plan planPossible(PlanRequest request, Events events) {
        if (request.project().bindings().python().isEmpty()) {
            return plan(request);
        }
        List<Interpreter> possible = new ArrayList<>();
        List<LeftOut> left = new ArrayList<>();
        for (Interpreter interpreter : request.interpreters()) {
            try {
                unit(request, request.project().bindings().python().get(), interpreter);
                possible.add(interpreter);
            } catch (BuildFailure e) {
                left.add(new LeftOut(interpreter, e));
            }
        }
        if (possible.isEmpty() && !left.isEmpty()) {
            throw left.get(0).why();
        }
        left.forEach(events::tell);
        return plan(request.with(possible));
    }

    /**
     * One unit for each ABI: the stable one where it can be used, else one for each interpreter. What knows nothing of
     * Python is one unit.
     */
    public static Plan plan(PlanRequest request) {
        Project project = request.project();
        List<Unit> units = project.bindings()
                .python()
                .map(bindings -> units(request, bindings))
                .orElseGet(() -> List.of(new Unit(
                        project.toolchain().host(),
                        ANY,
                        request.interpreters().stream().findFirst(),
                        directory(request, ANY.label()))));
        return new Plan(project, request.profile(), units);
    }

    private static List<Unit> units(PlanRequest request, Bindings.PyO3 bindings) {
        Map<String, Unit> units = new LinkedHashMap<>();
        for (Interpreter interpreter : request.interpreters()) {
            Unit unit = unit(request, bindings, interpreter);
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
    private static Unit unit(PlanRequest request, Bindings.PyO3 bindings, Interpreter interpreter) {
        Project project = request.project();
        checkAccepted(project, interpreter);
        List<String> besides = project.featuresFor(interpreter.version(), interpreter.implementation());
        AbiChooser chooser = new AbiChooser(new FeatureTable(project, bindings).withBesides(besides));
        Optional<Abi.Stable> stable = project.bindings().hasLibrary() ? chooser.stable(interpreter) : Optional.empty();
        if (stable.isPresent() && !interpreter.version().isAtLeast(stable.get().oldest())) {
            return older(request, bindings, interpreter, stable.get());
        }
        checkVersion(bindings, interpreter, stable.map(Abi.Stable::oldest).orElse(interpreter.version()));
        return stable.map(abi -> unit(
                        request, abi, interpreter, ofOldest(project, bindings, chooser.feature(abi), abi.oldest())))
                .orElseGet(() -> unit(
                        request,
                        new Abi.VersionSpecific(interpreter),
                        interpreter,
                        new Features(Optional.empty(), besides)));
    }

    /** PyO3 refuses a Python that is older than the stable ABI: it gets a wheel of its own where features can do that. */
    private static Unit older(PlanRequest request, Bindings.PyO3 bindings, Interpreter interpreter, Abi.Stable stable) {
        checkVersion(bindings, interpreter, interpreter.version());
        Optional<List<String>> only = request.withoutStableAbi().get();
        if (only.isEmpty()) {
            throw new OlderThanStableAbi(interpreter, stable.oldest()).asFailure();
        }
        return unit(request, new Abi.VersionSpecific(interpreter), interpreter, new Features(only, List.of()));
    }

    private static Unit unit(PlanRequest request, Abi abi, Interpreter interpreter, Features features) {
        return new Unit(
                request.project().toolchain().host(),
                abi,
                Optional.of(interpreter),
                directory(request, abi.label()),
                features);
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
    static Path directory(PlanRequest request, String name) {
        return root(request)
                .resolve(request.project().toolchain().host().value())
                .resolve(name);
    }

    /** Crates of one name are one crate to cargo: in a place that projects may share, each has a directory of its own. */
    private static Path root(PlanRequest request) {
        Project project = request.project();
        if (request.buildDirectory().isEmpty()) {
            return project.outputDirectory().resolve("rust");
        }
        Path chosen = request.buildDirectory().get().toAbsolutePath().normalize();
        boolean own = chosen.startsWith(project.directory()) || chosen.startsWith(project.outputDirectory());
        return own
                ? chosen
                : chosen.resolve(
                        project.crate().name() + "-" + key(project.crate().manifest()));
    }

    private static String key(Path manifest) {
        try {
            byte[] path = manifest.toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checkAccepted(Project project, Interpreter interpreter) {
        // As pip has it: a candidate for 3.15.0 is a 3.15.0.
        Pep440Version release = Pep440Version.parse(interpreter.fullVersion().replaceFirst("[^0-9.].*", ""));
        project.requiresPython()
                .filter(accepted -> !accepted.contains(release, VersionSpecifiers.PreReleases.ALLOWED))
                .ifPresent(accepted -> {
                    throw new RefusedPython(interpreter, accepted.toString()).asFailure();
                });
    }

    /**
     * What is built for the stable ABI of a certain version runs on Pythons that the bindings don't know yet.
     *
     * @param version what is compiled for
     */
    private static void checkVersion(Bindings.PyO3 bindings, Interpreter interpreter, PythonVersion version) {
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
