package io.github.nativemaven.service;

import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.ProjectResolver;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.VirtualEnvironments;
import io.github.nativemaven.system.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at the machine and the project, and changes nothing. */
final class DoctorService {
    private final RustBuild build;
    private final Host host;

    DoctorService(RustBuild build, Host host) {
        this.build = build;
        this.host = host;
    }

    /** @param environment where a development install is asked to go */
    Diagnosis run(BuildRequest request, Optional<Path> environment) {
        Path directory = request.project().directory();
        Diagnosis.Finding<Cargo> cargo =
                Diagnosis.Finding.of(() -> Cargo.find(host, request.project().cargo(), Events.ignored()));
        List<Interpreter> interpreters = build.search(directory).known();
        Diagnosis.Finding<Plan> plan = plan(request);
        return new Diagnosis(
                then(cargo, found -> new Diagnosis.CargoProgram(found.program(), found.version())),
                then(cargo, found -> found.toolchain(directory)),
                interpreters,
                Diagnosis.Finding.of(
                        () -> new VirtualEnvironments(host, build.probe(), build.processes(), Events.ignored())
                                .find(environment, directory)),
                targets(request),
                Files.isRegularFile(request.project().pom().file()) ? Optional.of(plan) : Optional.empty(),
                plan.value().map(DoctorService::wheels).orElse(List.of()));
    }

    /** Each by itself: what is missing for one hides nothing of the others. */
    private List<Diagnosis.Target> targets(BuildRequest request) {
        return leavingLocks(request, () -> build.plans().targets(request))
                .value()
                .orElse(List.of());
    }

    private Diagnosis.Finding<Plan> plan(BuildRequest request) {
        return leavingLocks(request, () -> build.plan(request));
    }

    private static <T> Diagnosis.Finding<T> leavingLocks(BuildRequest request, Supplier<T> search) {
        Diagnosis.Finding<Path> manifest = Diagnosis.Finding.of(() -> ProjectResolver.manifest(request.project()));
        if (manifest.value().isEmpty()) {
            return new Diagnosis.Finding<>(Optional.empty(), manifest.failure());
        }
        LockFiles locks = LockFiles.of(manifest.value().get().getParent());
        try {
            return Diagnosis.Finding.of(search);
        } finally {
            locks.restore();
        }
    }

    private static <A, B> Diagnosis.Finding<B> then(Diagnosis.Finding<A> first, Function<A, B> next) {
        return first.value().isPresent()
                ? Diagnosis.Finding.of(() -> next.apply(first.value().get()))
                : new Diagnosis.Finding<>(Optional.empty(), first.failure());
    }

    private static List<String> wheels(Plan plan) {
        return plan.units().stream().map(unit -> wheel(plan, unit)).toList();
    }

    /** On Linux the library itself tells how old a system it runs on, once it is built. */
    private static String wheel(Plan plan, Unit unit) {
        String platform =
                switch (unit.target().os()) {
                    case WINDOWS -> unit.target().architecture().windows();
                    case MACOS -> "macosx_*_" + unit.target().architecture().macos();
                    default ->
                        (unit.target().os() == OperatingSystem.LINUX ? "*linux*_" : "*_")
                                + unit.target().architecture().linux();
                };
        return plan.project().name().escaped() + "-" + plan.project().version() + "-"
                + unit.abi().pythonTag() + "-" + unit.abi().abiTag() + "-" + platform + ".whl";
    }
}
