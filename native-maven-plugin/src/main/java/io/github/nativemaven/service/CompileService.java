package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildCache;
import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.Builder;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.TestDirectory;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.cargo.CompilerCache;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.DebugFiles;
import io.github.nativemaven.wheel.ExtensionCheck;
import io.github.nativemaven.wheel.Universal2;
import io.github.nativemaven.wheel.WheelAssembler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compiles what was planned, and looks at what came out. */
public final class CompileService {
    private final RustBuild build;
    private final Host host;
    private final Events events;

    CompileService(RustBuild build, Host host, Events events) {
        this.build = build;
        this.host = host;
        this.events = events;
    }

    /** What will be built is known. */
    public record Planned(Plan plan) implements Event {}

    /** What fails is part of the outcome. */
    BuildOutcome run(BuildRequest request, Plan plan) {
        events.tell(new Planned(plan));
        check(plan.project());
        BuildOutcome outcome = cached(request, plan);
        trim(request, plan, outcome);
        return outcome;
    }

    /** With the cache that others share, where one is asked for and can be had. */
    private BuildOutcome cached(BuildRequest request, Plan plan) {
        CargoSettings settings = plan.project().cargo();
        Optional<CompilerCache> started = request.cache()
                .flatMap(asked -> CompilerCache.start(
                        host,
                        settings,
                        asked.program().value(),
                        asked.program().origin(),
                        asked.credentials(),
                        events));
        if (started.isEmpty()) {
            return compile(plan, build.cargo(plan.project()));
        }
        try (CompilerCache cache = started.get()) {
            return compile(plan, Cargo.find(host, settings.withEnvironment(cache.environment()), events));
        }
    }

    private BuildOutcome compile(Plan plan, Cargo cargo) {
        ModuleService modules = new ModuleService(build, host, events);
        DebugFiles debug = new DebugFiles(plan, events);
        BuildOutcome outcome = new Builder(cargo, build.budget(), events).build(plan, result -> {
            if (plan.project().bindings() instanceof Bindings.PyO3) {
                ExtensionCheck.check(plan.project(), result);
            }
            return kept(debug, modules.generate(plan, result));
        });
        return plan.universal2() ? universal2(outcome) : outcome;
    }

    private static UnitResult kept(DebugFiles debug, UnitResult result) {
        try {
            return debug.keep(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BuildOutcome universal2(BuildOutcome outcome) {
        try {
            return new BuildOutcome(Universal2.merge(outcome.results()), outcome.failures(), outcome.untried());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiling may take minutes: what would be wrong after it is said before. */
    private static void check(Project project) {
        try {
            WheelAssembler.check(project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing grows where nothing is compiled. */
    private void trim(BuildRequest request, Plan plan, BuildOutcome outcome) {
        boolean compiled = outcome.results().stream().anyMatch(result -> result.compiled() > 0);
        if (request.cacheLimit().isPresent() && compiled) {
            List<Path> kept = plan.units().stream()
                    .flatMap(unit ->
                            Stream.of(unit.directory(), TestDirectory.of(unit).path()))
                    .toList();
            Path root = request.buildDirectory()
                    .orElse(plan.units().get(0).directory().getParent().getParent());
            try {
                new BuildCache(root, events).trim(request.cacheLimit().get(), kept);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
