package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoCall;
import io.github.nativemaven.cargo.CargoOutcome;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs cargo for each unit of a plan. */
public final class Builder {
    private final Cargo cargo;
    private final Events events;

    /** @param cargo called as the project asks for */
    public Builder(Cargo cargo, Events events) {
        this.cargo = cargo;
        this.events = events;
    }

    /** Builds all units, in order. The first that fails ends the build. */
    public List<UnitResult> build(Plan plan) {
        List<UnitResult> results = new ArrayList<>();
        for (Unit unit : plan.units()) {
            UnitResult result = build(plan, unit);
            events.tell(new BuildEvent.Built(result));
            results.add(result);
        }
        return results;
    }

    private UnitResult build(Plan plan, Unit unit) {
        try (DirectoryLock ignored = DirectoryLock.acquire(unit.directory(), events)) {
            BuildDirectories.seed(
                            unit.directory(), profileDirectory(plan.profile().value()))
                    .ifPresent(from -> events.tell(new BuildEvent.Seeded(unit, from)));
            events.tell(new BuildEvent.Started(unit));
            return result(plan, unit, cargo.build(call(plan, unit)));
        } catch (IOException e) {
            throw new BuildProblem.NotWritable(unit.directory(), String.valueOf(e.getMessage())).asFailure(e);
        }
    }

    private static CargoCall call(Plan plan, Unit unit) {
        Crate crate = plan.project().crate();
        Crate.Target library = crate.library().orElseThrow();
        List<String> arguments = new ArrayList<>(List.of(
                "rustc",
                "--lib",
                "--manifest-path",
                crate.manifest().toString(),
                "--profile",
                plan.profile().value(),
                "--target-dir",
                unit.directory().toString()));
        if (library.crateTypes().size() > 1) {
            arguments.add("--crate-type=cdylib");
        }
        features(plan, unit).forEach(feature -> arguments.add("--features=" + feature));
        List<String> rustc = new ArrayList<>(plan.project().rustcArguments());
        if (unit.target().os() == OperatingSystem.MACOS) {
            rustc.addAll(List.of("-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"));
        }
        if (!rustc.isEmpty()) {
            arguments.add("--");
            arguments.addAll(rustc);
        }
        Map<String, String> environment = PyO3Environment.extension(unit.interpreter());
        return new CargoCall(unit.label(), arguments, crate.directory(), environment);
    }

    /** What is on for this unit's Python only; a library for several must suit the oldest. */
    private static List<String> features(Plan plan, Unit unit) {
        PythonVersion version = unit.abi() instanceof Abi.Stable stable
                ? stable.oldest()
                : unit.interpreter().version();
        return plan.project().featuresFor(version, unit.interpreter().implementation());
    }

    /** Where cargo puts a profile's files below its target directory. */
    public static String profileDirectory(String profile) {
        return switch (profile) {
            case "dev", "test" -> "debug";
            case "bench" -> "release";
            default -> profile;
        };
    }

    private static UnitResult result(Plan plan, Unit unit, CargoOutcome outcome) {
        Crate crate = plan.project().crate();
        if (!outcome.succeeded()) {
            throw new BuildProblem.CompilationFailed(
                            crate.name(), crate.manifest(), unit.label(), outcome.errors(), outcome.lastWords())
                    .asFailure();
        }
        Path library = outcome.artifacts().stream()
                .filter(artifact -> artifact.packageId().equals(crate.id()))
                .filter(artifact -> artifact.kinds().contains("cdylib"))
                .flatMap(artifact -> artifact.files().stream())
                .filter(file -> isLibrary(unit.target().os(), file.getFileName().toString()))
                .findFirst()
                .orElseThrow(() -> new BuildProblem.NoLibrary(crate.name(), unit.label()).asFailure());
        int compiled = outcome.compiled();
        return new UnitResult(
                unit,
                library,
                outcome.outDirectories(),
                compiled,
                outcome.artifacts().size() - compiled,
                outcome.time());
    }

    private static boolean isLibrary(OperatingSystem os, String name) {
        return switch (os) {
            case WINDOWS -> name.endsWith(".dll");
            case MACOS -> name.endsWith(".dylib");
            case EMSCRIPTEN -> name.endsWith(".wasm");
            default -> name.endsWith(".so");
        };
    }
}
