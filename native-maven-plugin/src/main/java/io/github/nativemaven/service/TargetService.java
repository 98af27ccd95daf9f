package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildRoot;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.TargetRequest;
import io.github.nativemaven.build.TargetTools;
import io.github.nativemaven.build.TargetToolsFinder;
import io.github.nativemaven.build.Targets;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.TargetPythons;
import io.github.nativemaven.system.Events;
import java.util.ArrayList;
import java.util.List;

/** Plans what is built for chosen targets, and with which tools. */
final class TargetService {
    private final RustBuild build;
    private final Host host;
    private final Events events;

    TargetService(RustBuild build, Host host, Events events) {
        this.build = build;
        this.host = host;
        this.events = events;
    }

    Plan plan(BuildRequest request, Project project) {
        Cargo cargo = build.cargo(project);
        TargetToolsFinder tools = tools(request, project, cargo);
        List<TargetRequest> targets = new ArrayList<>();
        for (TargetTriple target : targets(request, project, cargo)) {
            TargetTools found = tools.find(target);
            targets.add(new TargetRequest(found, pythons(request, project, found)));
        }
        Plan plan = build.plans().plan(build.plans().planRequest(request, project, targets), request);
        return Targets.isUniversal2(request.targets().targets().value()) ? plan.asUniversal2() : plan;
    }

    List<Diagnosis.Target> diagnose(BuildRequest request, Project project) {
        Cargo cargo = build.cargo(project);
        TargetToolsFinder tools = tools(request, project, cargo);
        return targets(request, project, cargo).stream()
                .map(target -> new Diagnosis.Target(target, Diagnosis.Finding.of(() -> tools.find(target))))
                .toList();
    }

    private TargetToolsFinder tools(BuildRequest request, Project project, Cargo cargo) {
        return new TargetToolsFinder(
                host,
                project,
                request.targets(),
                cargo,
                () -> build.search(project.directory()).known(),
                BuildRoot.of(project, request.buildDirectory()),
                events);
    }

    private static List<TargetTriple> targets(BuildRequest request, Project project, Cargo cargo) {
        return new Targets(
                        cargo, project.crate().directory(), project.toolchain().host())
                .find(request.targets().targets());
    }

    /** What isn't compiled for a Python is tried with one of this machine, whatever its target. */
    private List<? extends Python> pythons(BuildRequest request, Project project, TargetTools tools) {
        List<String> words = request.interpreters().value();
        PlanRequest nothing = build.plans().planRequest(request, project, List.of());
        if (tools.foreign() && project.bindings().python().isPresent()) {
            return new TargetPythons(
                            host,
                            asked -> build.search(project.directory()).find(asked),
                            python -> Planner.suits(nothing, tools, python))
                    .find(tools.target(), words);
        }
        return PlanService.interpreters(project, () -> build.interpreters(project.directory(), words));
    }
}
