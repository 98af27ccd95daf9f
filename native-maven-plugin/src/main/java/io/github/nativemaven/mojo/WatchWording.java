package io.github.nativemaven.mojo;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.service.WatchEvent;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.watch.FileWatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The words for what happens while sources are watched. */
final class WatchWording {
    private static final int SHOWN = 2;

    private WatchWording() {}

    static void addEvents(Map<Class<? extends Event>, Function<Event, EventWording.Line>> table) {
        EventWording.info(table, WatchEvent.Watching.class, WatchWording::watching);
        EventWording.info(table, WatchEvent.Installed.class, WatchWording::installed);
        EventWording.info(
                table,
                WatchEvent.PythonChanged.class,
                event -> names(event.directory(), event.changed()) + ": Python source, used where it lies");
        EventWording.put(
                table,
                WatchEvent.PomChanged.class,
                event -> warning(
                        event.pom().getFileName()
                                + " has changed, which Maven has read already: end with Ctrl-C and type mvn rust:watch again."));
        EventWording.put(
                table,
                WatchEvent.RoundFailed.class,
                event -> new EventWording.Line(
                        EventWording.Level.ERROR,
                        (event.changed().isEmpty() ? "" : names(event.directory(), event.changed()) + ": ")
                                + ProblemWording.of(event.failure())));
        EventWording.put(
                table,
                WatchEvent.FolderGone.class,
                event -> new EventWording.Line(
                        EventWording.Level.ERROR,
                        event.directory()
                                + " is gone, removed or renamed: type mvn rust:watch again where it is now."));
        EventWording.put(
                table,
                FileWatcher.LimitReached.class,
                event -> warning("The system watches no more files (" + event.reason()
                        + "); they are looked at seven times a second instead. More watches:"
                        + " sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512"));
    }

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(table, WatchEvent.Unexpected.class, p -> ProblemWording.ofSystem(p.cause()));
    }

    private static EventWording.Line warning(String text) {
        return new EventWording.Line(EventWording.Level.WARN, text);
    }

    private static String watching(WatchEvent.Watching event) {
        return "Watching " + count(event.projects(), "project") + " in " + count(event.directories(), "folder")
                + "; Ctrl-C ends.";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code src/lib.rs: my_fast_lib 0.1.0, 1 compiled in 0.41 s (cargo 0.36 s), in .venv}. */
    private static String installed(WatchEvent.Installed event) {
        UnitResult result = event.result();
        String work = result.compiled() == 0 ? "nothing to compile" : result.compiled() + " compiled";
        Path environment = event.environment().root();
        Path shown =
                environment.startsWith(event.directory()) ? event.directory().relativize(environment) : environment;
        return names(event.directory(), event.changed()) + ": "
                + event.project().describe() + ", " + work + " in "
                + seconds(event.time()) + " (cargo " + seconds(result.time()) + "), in " + shown
                + (event.reloadable() ? "" : "; restart Python to have it");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }

    private static String names(Path directory, List<Path> files) {
        StringBuilder names = new StringBuilder();
        for (Path file : files.subList(0, Math.min(SHOWN, files.size()))) {
            names.append(names.length() == 0 ? "" : ", ")
                    .append(file.startsWith(directory) ? directory.relativize(file) : file);
        }
        int more = files.size() - SHOWN;
        return names + (more > 0 ? " and " + more + " more" : "") + (files.isEmpty() ? "Many files" : "");
    }
}
