package io.github.nativemaven.mojo;

import io.github.nativemaven.install.InstallEvent;
import io.github.nativemaven.install.InstallProblem;
import io.github.nativemaven.install.InstalledDistribution;
import io.github.nativemaven.service.DevelopService;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import java.util.Map;
import java.util.function.Function;

/** The words for what happens to environments, and for what goes wrong there. */
final class InstallWording {
    private static final String NEXT = "\n        ";

    private InstallWording() {}

    static void addEvents(Map<Class<? extends Event>, Function<Event, EventWording.Line>> table) {
        EventWording.info(
                table,
                InstallEvent.Removing.class,
                event -> "Removing " + name(event.distribution())
                        + event.distribution()
                                .installer()
                                .map(installer -> ", which " + installer + " installed")
                                .orElse(""));
        EventWording.put(
                table,
                InstallEvent.TakenOver.class,
                event -> new EventWording.Line(
                        EventWording.Level.WARN,
                        event.file() + " belongs to " + event.owner() + ", and is replaced by that of " + event.by()
                                + "; it will be gone when either is removed."));
        EventWording.info(table, DevelopService.Developed.class, InstallWording::developed);
    }

    private static String developed(DevelopService.Developed event) {
        String where = event.environment().root() + " ("
                + event.environment().interpreter().describe() + ")";
        String how = (event.editable() ? "; its Python source is used where it lies" : "")
                + (event.hotReload() ? "; importlib.reload takes new code" : "");
        return (event.unchanged() ? "Unchanged: " : "Installed ")
                + event.project().describe()
                + (event.unchanged() ? " is in " : " into ")
                + where
                + how;
    }

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(table, InstallProblem.BadWheel.class, p -> p.wheel() + ": " + fault(p));
        ProblemWording.on(
                table,
                InstallProblem.NotWritable.class,
                p -> "Can't write to " + p.path() + " in the environment " + p.environment() + "; nothing was changed."
                        + NEXT + "Make it writable, or choose another: -Drust.venv=.venv makes one that isn't there.");
        ProblemWording.on(
                table,
                InstallProblem.Failed.class,
                p -> "Can't install into " + p.environment() + ": " + p.reason() + "; nothing was changed.");
        ProblemWording.on(
                table,
                InstallProblem.NotRemovable.class,
                p -> name(p.distribution()) + " is installed in "
                        + p.distribution().sitePackages()
                        + " and can't be replaced: "
                        + switch (p.obstacle()) {
                            case DISTUTILS -> "distutils kept no list of its files.";
                            case NO_RECORD -> "the list of its files (RECORD) is missing.";
                            case BAD_RECORD -> "the list of its files (RECORD) can't be read.";
                        }
                        + NEXT + "Remove it by hand, or make a new environment: -Drust.venv=.venv2");
    }

    private static String fault(InstallProblem.BadWheel problem) {
        String subject = problem.subject();
        return switch (problem.fault()) {
            case NOT_THERE -> "no such file.";
            case BAD_NAME -> "is not named as a wheel: " + subject;
            case NOT_A_ZIP -> "is no zip file, or a broken one: " + subject;
            case WRONG_METADATA_DIRECTORY -> "has no metadata directory of its name, or several: " + subject;
            case MISSING -> "lacks " + subject + ".";
            case UNKNOWN_VERSION -> "is of the format " + subject + ", which is newer than this plugin knows.";
            case BAD_RECORD -> "has a RECORD that can't be read: " + subject;
            case BAD_ENTRY_POINTS -> "has entry points that can't be read: " + subject;
            case UNSAFE_PATH -> subject + " would be written outside of the environment.";
            case DUPLICATE -> "would write " + subject + " twice.";
            case NOT_IN_RECORD -> subject + " isn't in RECORD with a digest.";
            case WRONG_CONTENT -> subject + " has another content than RECORD says.";
            case UNKNOWN_DATA -> subject + " is in a data directory of an unknown kind.";
        };
    }

    private static String name(InstalledDistribution distribution) {
        return distribution.name() + " " + distribution.version();
    }
}
