package io.github.nativemaven.service;

import io.github.nativemaven.build.FeatureTable;
import io.github.nativemaven.build.MachineCheck;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.TargetRequest;
import io.github.nativemaven.build.TargetSettings;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.InterpreterSearch;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Finds out what is to be built: for the machine's own Pythons here, for targets that are asked for with {@link TargetService}. */
final class PlanService {
    private final RustBuild build;
    private final Host host;
    private final Events events;

    PlanService(RustBuild build, Host host, Events events) {
        this.build = build;
        this.host = host;
        this.events = events;
    }

    /** What would be built. Nothing is compiled. */
    Plan plan(BuildRequest request) {
        if (!request.targets().isUsual()) {
            return planTargets(request, build.project(request.project()));
        }
        CompletableFuture<List<Interpreter>> interpreters = CompletableFuture.supplyAsync(() -> build.interpreters(
                request.project().directory(), request.interpreters().value()));
        Project project = build.project(request.project());
        if (project.toolchain().configured().isPresent()) {
            // No Python of this machine may be needed; but no two threads look for one.
            interpreters.exceptionally(e -> List.of()).join();
            return planTargets(request, project);
        }
        List<Interpreter> fitting = MachineCheck.fitting(
                project.toolchain().host(),
                interpreters(project, () -> Futures.join(interpreters)),
                !isOpen(request),
                events);
        return plan(request.withProfile(project.maturin()::profile), project, fitting);
    }

    private Plan planTargets(BuildRequest request, Project project) {
        BuildRequest found = request.withProfile(project.maturin()::profile).orConfigured(project);
        if (!request.targets().targets().isSet() && found.targets().targets().isSet()) {
            events.tell(new TargetSettings.Configured(found.targets().targets()));
        }
        return new TargetService(build, host, events).plan(found, project);
    }

    /** Programs, and what UniFFI binds, are compiled without a Python too. */
    static List<Interpreter> interpreters(Project project, Supplier<List<Interpreter>> search) {
        try {
            return search.get();
        } catch (BuildFailure e) {
            if (project.bindings().python().isPresent() || project.bindings() instanceof Bindings.Cffi) {
                throw e;
            }
            return List.of();
        }
    }

    /** What would be built for interpreters that are known already. */
    Plan plan(BuildRequest request, Project project, List<Interpreter> interpreters) {
        return plan(planRequest(request, project, List.of(TargetRequest.ofHost(project, interpreters))), request);
    }

    PlanRequest planRequest(BuildRequest request, Project project, List<TargetRequest> targets) {
        return new PlanRequest(
                project,
                request.profile(),
                targets,
                request.buildDirectory(),
                () -> FeatureTable.withoutStableAbi(project, build.cargo(project)));
    }

    /** Whether whatever is there was asked for, and no Python in particular. */
    private static boolean isOpen(BuildRequest request) {
        List<String> words = request.interpreters().value();
        return !words.isEmpty() && words.stream().allMatch(InterpreterSearch::isOpen);
    }

    /** The targets that were asked for, each with what it would be built with. */
    List<Diagnosis.Target> targets(BuildRequest request) {
        Project project = build.project(request.project());
        BuildRequest found = request.orConfigured(project);
        return found.targets().isUsual() ? List.of() : new TargetService(build, host, events).diagnose(found, project);
    }

    /** Words that name no Python in particular leave out those that can't be built for. */
    Plan plan(PlanRequest asked, BuildRequest request) {
        return isOpen(request) ? Planner.planPossible(asked, events) : Planner.plan(asked);
    }
}
