package io.github.nativemaven.build;

import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.VersionSpecifiers;
import io.github.nativemaven.system.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
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
        Project project = request.project();
        boolean extension = project.bindings().hasLibrary();
        Map<String, Unit> units = new LinkedHashMap<>();
        Optional<Interpreter> oldest = oldest(bindings, request.interpreters());
        for (Interpreter each : request.interpreters()) {
            check(project, bindings, each);
            // A program is linked with one Python's library, whatever ABI its code keeps to.
            boolean stable = extension && hasStableAbi(bindings, each);
            // PyO3 takes the stable ABI's first version from the Python that it is configured for.
            Interpreter interpreter = stable && bindings.stableAbiMinor().isEmpty() ? oldest.orElse(each) : each;
            Abi abi =
                    stable ? new Abi.Stable(firstVersion(bindings, interpreter)) : new Abi.VersionSpecific(interpreter);
            units.putIfAbsent(
                    abi.label(),
                    new Unit(
                            project.toolchain().host(),
                            abi,
                            Optional.of(interpreter),
                            directory(request, abi.label())));
        }
        return new ArrayList<>(units.values());
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

    private static void check(Project project, Bindings.PyO3 bindings, Interpreter interpreter) {
        // As pip has it: a candidate for 3.15.0 is a 3.15.0.
        Pep440Version release = Pep440Version.parse(interpreter.fullVersion().replaceFirst("[^0-9.].*", ""));
        project.requiresPython()
                .filter(accepted -> !accepted.contains(release, VersionSpecifiers.PreReleases.ALLOWED))
                .ifPresent(accepted -> {
                    throw new RefusedPython(interpreter, accepted.toString()).asFailure();
                });
        if (interpreter.implementation() == Implementation.CPYTHON) {
            checkVersion(bindings, interpreter);
        }
    }

    /** What is built for the stable ABI of a certain version runs on Pythons that the bindings don't know yet. */
    private static void checkVersion(Bindings.PyO3 bindings, Interpreter interpreter) {
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

    /** A feature that names no version means the version of the Python at hand: of several, one build for the oldest serves all. */
    private static Optional<Interpreter> oldest(Bindings.PyO3 bindings, List<Interpreter> interpreters) {
        return interpreters.stream()
                .filter(interpreter -> hasStableAbi(bindings, interpreter))
                .min(Comparator.comparing(Interpreter::version));
    }

    private static boolean hasStableAbi(Bindings.PyO3 bindings, Interpreter interpreter) {
        return bindings.isStableAbi()
                && interpreter.implementation() == Implementation.CPYTHON
                && !interpreter.freeThreaded();
    }

    private static PythonVersion firstVersion(Bindings.PyO3 bindings, Interpreter interpreter) {
        return bindings.stableAbiMinor()
                .map(minor -> new PythonVersion(3, minor))
                .orElse(interpreter.version());
    }
}
