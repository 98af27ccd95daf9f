package io.github.nativemaven.mojo;

import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.service.Diagnosis;
import io.github.nativemaven.system.BuildFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A diagnosis, for a person to read from top to bottom. */
final class DoctorWording {
    private final List<String> lines = new ArrayList<>();
    private final Path directory;

    private DoctorWording(Path directory) {
        this.directory = directory;
    }

    static List<String> lines(Diagnosis diagnosis, String mavenVersion, Path directory) {
        DoctorWording words = new DoctorWording(directory);
        words.tools(diagnosis, mavenVersion);
        words.targets(diagnosis.targets());
        diagnosis.plan().ifPresent(plan -> words.plan(plan, diagnosis.wheels()));
        words.next(diagnosis);
        return words.lines;
    }

    private void tools(Diagnosis diagnosis, String mavenVersion) {
        row("JDK", System.getProperty("java.version") + "  " + System.getProperty("java.home"));
        row("Maven", mavenVersion);
        finding("cargo", diagnosis.cargo(), cargo -> cargo.version() + "  " + cargo.program());
        finding("rustc", diagnosis.toolchain(), rustc -> rustc.rustc() + "  " + rustc.host());
        String name = "Pythons";
        for (var python : diagnosis.interpreters()) {
            row(
                    name,
                    String.format(
                            Locale.ROOT,
                            "%-16s %-10s %s",
                            python.describe(),
                            python.fullVersion(),
                            python.executable()));
            name = "";
        }
        if (diagnosis.interpreters().isEmpty()) {
            row("Pythons", "none found");
        }
        finding(
                "environment",
                diagnosis.environment(),
                environment ->
                        environment.root() + "  " + environment.interpreter().describe());
    }

    private void targets(List<Diagnosis.Target> targets) {
        if (!targets.isEmpty()) {
            lines.add("");
        }
        String name = "targets";
        for (Diagnosis.Target target : targets) {
            row(name, target.target() + "  " + words(target.tools(), TargetWording::tools));
            name = "";
        }
    }

    private void plan(Diagnosis.Finding<Plan> finding, List<String> wheels) {
        lines.add("");
        if (finding.value().isEmpty()) {
            finding("plan", finding, plan -> "");
            return;
        }
        Plan plan = finding.value().get();
        Project project = plan.project();
        row("plan", plan.describe());
        for (int i = 0; i < plan.units().size(); i++) {
            Unit unit = plan.units().get(i);
            row("  " + unit.label(), wheels.get(i));
            row(
                    "",
                    "in " + relative(unit.directory())
                            + unit.interpreter()
                                    .map(python -> ", for " + python.executable())
                                    .orElse(""));
        }
        row("  sdist", project.name().escaped() + "-" + project.version() + ".tar.gz");
        lines.add("");
        row(
                "settings",
                "profile = " + plan.profile().value() + "  (" + plan.profile().origin() + ")");
        for (Project.Decision decision : project.settings()) {
            row("", decision.name() + " = " + shown(decision.value()) + "  (" + decision.origin() + ")");
        }
    }

    private void next(Diagnosis diagnosis) {
        diagnosis.plan().flatMap(Diagnosis.Finding::value).ifPresent(plan -> ArtifactNames.remark(
                        plan.project().pom().artifactId())
                .ifPresent(remark -> row("hint", remark)));
        lines.add("");
        boolean built = diagnosis.plan().flatMap(Diagnosis.Finding::value).isPresent();
        if (diagnosis.cargo().failure().isPresent()
                || diagnosis.toolchain().failure().isPresent()) {
            row("next", "install Rust, then mvn rust:doctor again");
        } else if (diagnosis.plan().isEmpty()) {
            row(
                    "next",
                    "mvn archetype:generate -DarchetypeGroupId=io.github.nativemaven"
                            + " -DarchetypeArtifactId=native-archetype -DarchetypeVersion=LATEST");
        } else if (!built) {
            row("next", "mend what the plan's line says, then mvn rust:doctor again");
        } else if (diagnosis.environment().failure().isPresent()) {
            row("next", "mvn package  for wheels, or  mvn rust:develop -Drust.venv=.venv  to try the module");
        } else {
            row("next", "mvn package  for wheels, or  mvn rust:develop  to try the module");
        }
    }

    private <T> void finding(String name, Diagnosis.Finding<T> finding, Function<T, String> words) {
        row(name, words(finding, words));
    }

    private static <T> String words(Diagnosis.Finding<T> finding, Function<T, String> words) {
        Optional<BuildFailure> failure = finding.failure();
        return finding.value().map(words).orElseGet(() -> "MISSING  " + ProblemWording.of(failure.orElseThrow()));
    }

    private void row(String name, String text) {
        String[] parts = text.split("\n");
        lines.add(String.format(Locale.ROOT, "%-12s %s", name, parts[0]).stripTrailing());
        for (int i = 1; i < parts.length; i++) {
            lines.add(" ".repeat(13) + parts[i].strip());
        }
    }

    private String shown(String value) {
        return value.startsWith(directory.toString()) ? relative(Path.of(value)) : value;
    }

    private String relative(Path path) {
        if (path.equals(directory)) {
            return ".";
        }
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }
}
