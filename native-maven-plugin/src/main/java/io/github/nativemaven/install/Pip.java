package io.github.nativemaven.install;

import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Installs what a distribution requires, with pip as the user configured it. The distribution itself never goes this way.
 */
public final class Pip {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int LAST_LINES = 15;

    private final ProcessRunner processes;
    private final Events events;
    private final boolean offline;

    /** @param offline whether pip may not use an index */
    public Pip(ProcessRunner processes, Events events, boolean offline) {
        this.processes = processes;
        this.events = events;
        this.offline = offline;
    }

    /** pip installs. */
    public record Installing(Path environment, List<Requirement> requirements) implements Event {}

    /**
     * Requirements are missing, and neither the environment nor its Python has pip.
     *
     * @param requirements what is missing
     * @param environment where it is missing
     * @param python the Python that the environment was made from
     */
    public record NoPip(List<Requirement> requirements, Path environment, Path python) implements Problem {}

    /**
     * pip failed.
     *
     * @param requirements what it should have installed
     * @param lastLines the end of what it printed
     */
    public record Failed(List<Requirement> requirements, List<String> lastLines) implements Problem {}

    /** Installs requirements; none means nothing to do. */
    public void install(VirtualEnvironment environment, List<Requirement> requirements) {
        if (requirements.isEmpty()) {
            return;
        }
        events.tell(new Installing(environment.root(), requirements));
        List<String> command = new ArrayList<>(pip(environment).orElseThrow(() -> new NoPip(
                        requirements,
                        environment.root(),
                        environment.interpreter().baseExecutable())
                .asFailure()));
        command.addAll(List.of("install", "--quiet", "--disable-pip-version-check"));
        if (offline) {
            command.add("--no-index");
        }
        requirements.forEach(requirement -> command.add(requirement.toString()));
        ProcessRunner.Result result = processes.capture(
                new Command(command, environment.root(), Collections.singletonMap("PIP_REQUIRE_VIRTUALENV", null)),
                LIMIT);
        if (!result.succeeded()) {
            List<String> lines = (result.output() + result.error()).lines().toList();
            throw new Failed(requirements, lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                    .asFailure();
        }
    }

    /** The environment's own pip, else its base's that works from outside, else one that Python brings along. */
    private Optional<List<String>> pip(VirtualEnvironment environment) {
        Interpreter interpreter = environment.interpreter();
        String python = interpreter.executable().toString();
        if (interpreter.hasPip()) {
            return Optional.of(List.of(python, "-m", "pip"));
        }
        String base = interpreter.baseExecutable().toString();
        Command outside = Command.of(environment.root(), base, "-m", "pip", "--python", python, "--version");
        if (processes.capture(outside, LIMIT).succeeded()) {
            return Optional.of(List.of(base, "-m", "pip", "--python", python));
        }
        Command ensure = Command.of(environment.root(), python, "-m", "ensurepip");
        return interpreter.hasEnsurepip() && processes.capture(ensure, LIMIT).succeeded()
                ? Optional.of(List.of(python, "-m", "pip"))
                : Optional.empty();
    }
}
