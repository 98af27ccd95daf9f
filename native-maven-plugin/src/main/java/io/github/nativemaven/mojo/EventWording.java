package io.github.nativemaven.mojo;

import io.github.nativemaven.build.BuildEvent;
import io.github.nativemaven.build.MachineCheck;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.install.Pip;
import io.github.nativemaven.python.InterpreterSearch;
import io.github.nativemaven.python.VirtualEnvironments;
import io.github.nativemaven.service.CompileService;
import io.github.nativemaven.service.PackageService;
import io.github.nativemaven.service.SetVersionService;
import io.github.nativemaven.service.StubsService;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.testing.TestCase;
import io.github.nativemaven.testing.TestEvent;
import io.github.nativemaven.testing.TestSuite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.Log;

/** The lines that events become in the log: a table by type. */
final class EventWording {
    private static final Map<Class<? extends Event>, Function<Event, Line>> TABLE = table();

    private EventWording() {}

    /** How a line is written. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** One line, or several, of the log. */
    record Line(Level level, String text) {
        void write(Log log) {
            switch (level) {
                case INFO -> text.lines().forEach(log::info);
                case WARN -> log.warn(text);
                case ERROR -> log.error(text);
            }
        }
    }

    /** The line of an event; none where nobody needs to be told. */
    static Optional<Line> of(Event event) {
        return Optional.ofNullable(TABLE.get(event.getClass())).map(words -> words.apply(event));
    }

    private static Map<Class<? extends Event>, Function<Event, Line>> table() {
        Map<Class<? extends Event>, Function<Event, Line>> table = new LinkedHashMap<>();
        info(table, CompileService.Planned.class, event -> event.plan().describe());
        info(table, PackageService.WheelsPacked.class, WheelTable::of);
        info(
                table,
                PackageService.SourcesPacked.class,
                event -> "sdist  " + size(event.size()) + "  " + event.file().getFileName());
        info(
                table,
                Pip.Installing.class,
                event -> "pip installs "
                        + event.requirements().stream().map(Object::toString).collect(Collectors.joining(", "))
                        + " into " + event.environment());
        info(
                table,
                SetVersionService.VersionSet.class,
                event -> event.before().equals(event.after())
                        ? event.file() + " has version " + event.after() + " already"
                        : event.file() + ": version " + event.before() + " is now " + event.after());
        info(table, StubsService.Written.class, event -> "stubs  " + event.file());
        info(
                table,
                BuildEvent.Emptied.class,
                event -> "Emptied " + event.directory() + " (" + size(event.bytes())
                        + "), so that build directories stay below " + event.limit());
        put(
                table,
                BuildEvent.NotSeeded.class,
                event -> new Line(
                        Level.WARN,
                        "Can't copy " + event.from() + " to " + event.directory() + " (" + event.reason()
                                + "): everything is compiled anew there."));
        info(
                table,
                TestEvent.NothingForThisMachine.class,
                event -> "Nothing is tested: all that is built runs on other machines only.");
        info(
                table,
                TestEvent.NoPythonTests.class,
                event -> "No Python tests: neither src/test/python nor tests/ has a test_*.py.");
        info(
                table,
                TestEvent.InsideInterpreter.class,
                event -> event.interpreter().describe()
                        + " has no library to link tests with; they run inside the interpreter.");
        put(table, TestEvent.Ran.class, event -> tests(event.suite()));
        info(
                table,
                VirtualEnvironments.Made.class,
                event -> "Made the environment " + event.directory() + " for "
                        + event.base().describe() + (event.withPip() ? "" : ", without pip"));
        put(
                table,
                InterpreterSearch.SameAbi.class,
                event -> new Line(
                        Level.WARN,
                        event.asked() + ": " + event.leftOut().executable() + " has the same ABI as "
                                + event.served().executable() + ", whose wheel serves both."));
        info(
                table,
                Planner.LeftOut.class,
                event -> "Without " + event.interpreter().describe() + ": "
                        + ProblemWording.of(event.why()).lines().findFirst().orElse(""));
        put(
                table,
                InterpreterSearch.LeftOut.class,
                event -> new Line(
                        Level.WARN,
                        event.asked() + " goes on without " + event.program() + ". "
                                + ProblemWording.of(event.failure())));
        put(
                table,
                MachineCheck.LeftOut.class,
                event -> new Line(
                        Level.WARN,
                        event.interpreter().executable() + " is left out: it is a Python for "
                                + event.interpreter().platform() + " of "
                                + event.interpreter().pointerWidth() + " bits, and rustc compiles for "
                                + event.target() + "."));
        put(
                table,
                InterpreterSearch.PassedOver.class,
                event -> new Line(
                        Level.WARN,
                        event.variable() + "=" + event.value() + " leads to no Python that runs, and is passed over."));
        InstallWording.addEvents(table);
        TargetWording.addEvents(table);
        AuditWording.addEvents(table);
        CheckWording.addEvents(table);
        WatchWording.addEvents(table);
        return table;
    }

    static <E extends Event> void info(
            Map<Class<? extends Event>, Function<Event, Line>> table, Class<E> type, Function<E, String> words) {
        put(table, type, event -> new Line(Level.INFO, words.apply(event)));
    }

    static <E extends Event> void put(
            Map<Class<? extends Event>, Function<Event, Line>> table, Class<E> type, Function<E, Line> words) {
        table.put(type, event -> words.apply(type.cast(event)));
    }

    private static Line tests(TestSuite suite) {
        List<TestCase> failures = suite.failures();
        StringBuilder text = new StringBuilder(suite.title() + ": " + suite.count(TestCase.Status.PASSED) + " passed");
        if (!failures.isEmpty()) {
            text.append(", ").append(failures.size()).append(" failed");
        }
        if (suite.count(TestCase.Status.SKIPPED) > 0) {
            text.append(", ").append(suite.count(TestCase.Status.SKIPPED)).append(" skipped");
        }
        text.append(String.format(Locale.ROOT, " (%.2f s)", suite.time().toMillis() / 1000.0));
        for (TestCase failure : failures) {
            text.append("\n\n").append(failure.fullName()).append("\n");
            failure.details()
                    .lines()
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return new Line(failures.isEmpty() ? Level.INFO : Level.ERROR, text.toString());
    }

    /** A size for a person: {@code 612 kB}, {@code 3.4 MB}. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? Math.round(bytes / 1000.0) + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
