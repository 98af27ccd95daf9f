package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoCall;
import io.github.nativemaven.cargo.CargoOutcome;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.ExtensionModule;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
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
import java.util.function.UnaryOperator;

/** Runs cargo for each unit of a plan. */
public final class Builder {
    private final Cargo cargo;
    private final Events events;

    /** @param cargo called as the project asks for */
    public Builder(Cargo cargo, Events events) {
        this.cargo = cargo;
        this.events = events;
    }

    /** Builds all units, several of them side by side. */
    public BuildOutcome build(Plan plan) {
        return build(plan, UnaryOperator.identity());
    }

    /**
     * Builds all units, several of them side by side.
     *
     * @param finish what is done with each unit once it is compiled; when it throws a failure, the unit has failed
     */
    public BuildOutcome build(Plan plan, UnaryOperator<UnitResult> finish) {
        Schedule.Work work = (unit, environment) -> {
            UnitResult result = finish.apply(build(plan, unit, environment));
            events.tell(new BuildEvent.Built(result));
            return result;
        };
        return new Schedule(plan, cargo.jobs(), new ProcessRunner(events), work).run();
    }

    private UnitResult build(Plan plan, Unit unit, Map<String, String> jobs) {
        try (BuildDirectory directory =
                BuildDirectory.open(unit.directory(), plan.profile().value(), events)) {
            directory.seed().ifPresent(from -> events.tell(new BuildEvent.Seeded(unit, from)));
            UnitEnvironment.prepare(plan, unit);
            events.tell(new BuildEvent.Started(unit));
            return targets(plan, unit, jobs);
        } catch (IOException e) {
            throw new BuildProblem.NotWritable(unit.directory(), String.valueOf(e.getMessage())).asFailure(e);
        }
    }

    /** The library first, then each program: one run of cargo for each, as {@code cargo rustc} wants it. */
    private UnitResult targets(Plan plan, Unit unit, Map<String, String> jobs) {
        Bindings bindings = plan.project().bindings();
        List<CargoOutcome> outcomes = new ArrayList<>();
        Optional<Path> library = Optional.empty();
        if (bindings.hasLibrary()) {
            Crate crate = plan.project().crate();
            List<String> arguments =
                    libraryArguments(plan, unit, crate, unit.features().besides());
            CargoOutcome outcome = run(cargo(unit), plan, unit, jobs, crate, arguments);
            outcomes.add(outcome);
            library = Optional.of(library(unit, crate, outcome));
        }
        List<Path> programs = new ArrayList<>();
        for (String name : bindings.programs()) {
            CargoOutcome outcome =
                    run(cargo(unit), plan, unit, jobs, plan.project().crate(), programArguments(unit, name));
            outcomes.add(outcome);
            programs.add(program(plan.project().crate(), name, outcome));
        }
        List<Path> further = new ArrayList<>();
        for (ExtensionModule module : plan.project().shipped().modules()) {
            further.add(further(plan, unit, jobs, module.crate(), library.orElseThrow(), outcomes));
        }
        return result(unit, library, further, programs, outcomes);
    }

    /** The library of a further module: the project's own, or that of another crate, which hasn't its features. */
    private Path further(
            Plan plan, Unit unit, Map<String, String> jobs, Crate crate, Path own, List<CargoOutcome> outcomes) {
        if (crate.id().equals(plan.project().crate().id())) {
            return own;
        }
        Bindings.PyO3 bindings = plan.project().bindings().python().orElseThrow();
        List<String> features = unit.abi() instanceof Abi.Stable stable
                ? List.of(bindings.crate().name() + "/" + new AbiChooser(bindings.features()).feature(stable))
                : List.of();
        CargoOutcome outcome =
                run(cargo.withoutFeatures(), plan, unit, jobs, crate, libraryArguments(plan, unit, crate, features));
        outcomes.add(outcome);
        return library(unit, crate, outcome);
    }

    private Cargo cargo(Unit unit) {
        return unit.features().only().map(cargo::withFeatures).orElse(cargo);
    }

    private static CargoOutcome run(
            Cargo cargo, Plan plan, Unit unit, Map<String, String> jobs, Crate crate, List<String> target) {
        List<String> arguments = new ArrayList<>(List.of("rustc"));
        arguments.addAll(common(plan, unit, crate.manifest()));
        arguments.addAll(target);
        Map<String, String> environment = new HashMap<>(UnitEnvironment.of(plan, unit));
        environment.putAll(jobs);
        CargoCall call = new CargoCall(unit.label(), arguments, crate.directory(), environment);
        CargoOutcome outcome = cargo.build(isShipped(plan) ? withoutPaths(cargo, plan, unit, call) : call);
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

    /** What is only tried out shows the paths of this machine, which a debugger finds. */
    private static boolean isShipped(Plan plan) {
        return !BuildDirectory.profileDirectory(plan.profile().value()).equals("debug");
    }

    /**
     * Paths of this machine don't get into what is compiled. What is the same for all crates is told of all; the place of
     * the project and of its build only of the crate itself: else all crates would be compiled anew in another place.
     */
    private static CargoCall withoutPaths(Cargo cargo, Plan plan, Unit unit, CargoCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        if (!arguments.contains("--")) {
            arguments.add("--");
        }
        arguments.add("--remap-path-prefix=" + plan.project().workspace().workspaceRoot() + "=/project");
        arguments.add("--remap-path-prefix=" + unit.directory() + "=/build");
        return cargo.withoutHome(
                new CargoCall(call.label(), arguments, call.directory(), call.environment()), unit.target());
    }

    private static List<String> common(Plan plan, Unit unit, Path manifest) {
        List<String> arguments = new ArrayList<>(List.of(
                "--manifest-path",
                manifest.toString(),
                "--profile",
                plan.profile().value(),
                "--target-dir",
                unit.directory().toString()));
        arguments.addAll(unit.tools().cargoArguments());
        return arguments;
    }

    private static List<String> programArguments(Unit unit, String name) {
        List<String> arguments = new ArrayList<>(List.of("--bin", name));
        if (!unit.tools().rustcArguments().isEmpty()) {
            arguments.add("--");
            arguments.addAll(unit.tools().rustcArguments());
        }
        return arguments;
    }

    private static List<String> libraryArguments(Plan plan, Unit unit, Crate crate, List<String> features) {
        Crate.Target library = crate.library().orElseThrow();
        List<String> arguments = new ArrayList<>(List.of("--lib"));
        if (!library.crateTypes().equals(List.of("cdylib"))) {
            arguments.add("--crate-type=cdylib");
        }
        features.forEach(feature -> arguments.add("--features=" + feature));
        ImportLibrary.features(plan.project().bindings(), unit)
                .forEach(feature -> arguments.add("--features=" + feature));
        List<String> rustc = new ArrayList<>(plan.project().rustcArguments());
        rustc.addAll(unit.tools().rustcArguments());
        if (unit.target().os() == OperatingSystem.MACOS) {
            rustc.addAll(List.of("-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"));
            String name = unit.abi().fileName(library.identifier(), OperatingSystem.MACOS);
            rustc.addAll(List.of("-C", "link-arg=-Wl,-install_name,@rpath/" + name));
        }
        if (!rustc.isEmpty()) {
            arguments.add("--");
            arguments.addAll(rustc);
        }
        return arguments;
    }

    private static Path library(Unit unit, Crate crate, CargoOutcome outcome) {
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

    private static UnitResult result(
            Unit unit, Optional<Path> library, List<Path> further, List<Path> programs, List<CargoOutcome> outcomes) {
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
