package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoOutcome;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.ExtensionModule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs cargo for all that one unit is made of. */
final class UnitCompiler {
    private final Cargo cargo;
    private final Plan plan;
    private final Unit unit;
    private final JobBudget.Share jobs;
    private final UnitArguments arguments;

    /**
     * @param cargo called as the project asks for
     * @param jobs what runs cargo, as soon as a compiler may run
     */
    UnitCompiler(Cargo cargo, Plan plan, Unit unit, JobBudget.Share jobs) {
        this.cargo = cargo;
        this.plan = plan;
        this.unit = unit;
        this.jobs = jobs;
        this.arguments = new UnitArguments(plan, unit);
    }

    /** The library first, then each program: one run of cargo for each, as {@code cargo rustc} wants it. */
    UnitResult compile() {
        Bindings bindings = plan.project().bindings();
        List<CargoOutcome> outcomes = new ArrayList<>();
        Optional<Path> library = Optional.empty();
        if (bindings.hasLibrary()) {
            Crate crate = plan.project().crate();
            CargoOutcome outcome = run(
                    withFeatures(),
                    crate,
                    arguments.library(crate, unit.features().besides()));
            outcomes.add(outcome);
            library = Optional.of(library(crate, outcome));
        }
        List<Path> programs = new ArrayList<>();
        for (String name : bindings.programs()) {
            CargoOutcome outcome = run(withFeatures(), plan.project().crate(), arguments.program(name));
            outcomes.add(outcome);
            programs.add(program(plan.project().crate(), name, outcome));
        }
        List<Path> further = new ArrayList<>();
        for (ExtensionModule module : plan.project().shipped().modules()) {
            further.add(further(module.crate(), library.orElseThrow(), outcomes));
        }
        return result(library, further, programs, outcomes);
    }

    /** The library of a further module: the project's own, or that of another crate, which hasn't its features. */
    private Path further(Crate crate, Path own, List<CargoOutcome> outcomes) {
        if (crate.id().equals(plan.project().crate().id())) {
            return own;
        }
        Bindings.PyO3 bindings = plan.project().bindings().python().orElseThrow();
        List<String> features = unit.abi() instanceof Abi.Stable stable
                ? List.of(bindings.crate().name() + "/" + new AbiChooser(bindings.features()).feature(stable))
                : List.of();
        CargoOutcome outcome = run(cargo.withoutFeatures(), crate, arguments.library(crate, features));
        outcomes.add(outcome);
        return library(crate, outcome);
    }

    private Cargo withFeatures() {
        return unit.features().only().map(cargo::withFeatures).orElse(cargo);
    }

    private CargoOutcome run(Cargo cargo, Crate crate, List<String> target) {
        CargoOutcome outcome = jobs.run(variables -> {
            Map<String, String> environment = new HashMap<>(UnitEnvironment.of(plan, unit));
            environment.putAll(variables);
            return cargo.build(arguments.call(cargo, crate, target, environment));
        });
        if (!outcome.succeeded()) {
            throw new BuildProblem.CompilationFailed(
                            crate.name(),
                            crate.manifest(),
                            unit.label(),
                            outcome.errors(),
                            Kinship.failsEverywhere(plan.project(), outcome),
                            outcome.lastWords())
                    .asFailure();
        }
        return outcome;
    }

    private Path library(Crate crate, CargoOutcome outcome) {
        return outcome.artifacts().stream()
                .filter(artifact -> artifact.packageId().equals(crate.id()))
                .filter(artifact -> artifact.kinds().stream().noneMatch("bin"::equals))
                .flatMap(artifact -> artifact.files().stream())
                .filter(file -> isLibrary(unit.target().os(), file.getFileName().toString()))
                .findFirst()
                .orElseThrow(() -> new BuildProblem.NoLibrary(crate.name(), unit.label()).asFailure());
    }

    private static Path program(Crate crate, String name, CargoOutcome outcome) {
        return outcome.artifacts().stream()
                .filter(artifact -> artifact.packageId().equals(crate.id()))
                .filter(artifact -> artifact.kinds().contains("bin"))
                .filter(artifact -> artifact.target().equals(name))
                .flatMap(artifact -> artifact.executable().stream())
                .findFirst()
                .orElseThrow(() -> new BuildProblem.NoProgram(name, crate.manifest()).asFailure());
    }

    private UnitResult result(
            Optional<Path> library, List<Path> further, List<Path> programs, List<CargoOutcome> outcomes) {
        Map<String, Path> outDirectories = new LinkedHashMap<>();
        outcomes.forEach(outcome -> outDirectories.putAll(outcome.outDirectories()));
        List<Path> libraryDirectories = outcomes.stream()
                .flatMap(outcome -> outcome.libraryDirectories().stream())
                .distinct()
                .toList();
        Set<String> packages = new HashSet<>();
        outcomes.forEach(outcome -> outcome.artifacts().forEach(artifact -> packages.add(artifact.packageId())));
        int compiled = outcomes.stream().mapToInt(CargoOutcome::compiled).sum();
        int all = outcomes.stream()
                .mapToInt(outcome -> outcome.artifacts().size())
                .sum();
        Duration time = outcomes.stream().map(CargoOutcome::time).reduce(Duration.ZERO, Duration::plus);
        return new UnitResult(
                unit,
                library,
                further,
                programs,
                List.of(),
                outDirectories,
                libraryDirectories,
                packages,
                compiled,
                all - compiled,
                time);
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
