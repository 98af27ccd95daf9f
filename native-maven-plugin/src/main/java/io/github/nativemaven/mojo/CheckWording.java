package io.github.nativemaven.mojo;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.check.Fault;
import io.github.nativemaven.check.RunsOn;
import io.github.nativemaven.check.WheelCheck;
import io.github.nativemaven.service.CheckService;
import io.github.nativemaven.service.ReproducibleService;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words for what is wrong with wheels. */
final class CheckWording {
    private CheckWording() {}

    static void addEvents(Map<Class<? extends Event>, Function<Event, EventWording.Line>> table) {
        EventWording.info(
                table, CheckService.Unchanged.class, event -> event.wheel() + ": unchanged since it was right");
        EventWording.info(
                table,
                CheckService.Right.class,
                event -> event.wheel() + ": right, " + size(event.outcome())
                        + runsOn(event.outcome().runsOn()));
        EventWording.info(table, CheckService.AllRight.class, event -> "All " + event.wheels() + " wheels are right.");
        EventWording.info(
                table,
                ReproducibleService.BuildingAgain.class,
                event -> "Building everything a second time in " + event.directory());
        EventWording.info(
                table, ReproducibleService.Same.class, event -> event.wheel().getFileName() + ": the same to the byte");
        EventWording.put(
                table,
                CheckService.Wrong.class,
                event -> new EventWording.Line(EventWording.Level.ERROR, event.wheel() + ": " + words(event.fault())));
        EventWording.put(
                table,
                CheckService.MoreWrong.class,
                event -> new EventWording.Line(
                        EventWording.Level.ERROR, event.wheel() + ": and " + event.more() + " more like these"));
        EventWording.put(
                table,
                CheckService.Faulty.class,
                event -> new EventWording.Line(
                        EventWording.Level.ERROR,
                        event.wheel() + ": wrong" + runsOn(event.outcome().runsOn())));
        EventWording.put(
                table,
                CheckService.NothingToCheck.class,
                event -> new EventWording.Line(
                        EventWording.Level.WARN,
                        "There is no wheel to check: mvn package makes some; -Drust.files= names others."));
    }

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                ReproducibleService.Differs.class,
                p -> p.wheel().getFileName() + " is another when it is built again: "
                        + (p.entry().isEmpty() ? "its entries are the same, and the file" : printable(p.entry()))
                        + (p.offset() < 0 ? " is in one of both only." : " differs from byte " + p.offset() + " on.")
                        + texts(p)
                        + "\n        Compare " + p.wheel() + " with " + p.again() + ".");
        ProblemWording.on(
                table,
                CheckService.Failed.class,
                p -> (p.wheels() == 1
                                ? "The wheel is wrong: "
                                : p.wrong() + " of " + p.wheels() + " wheels are wrong: ")
                        + (p.faults() == 1 ? "one fault" : p.faults() + " faults") + ", shown above.");
    }

    private static String size(WheelCheck.Outcome outcome) {
        return EventWording.size(outcome.packed()) + ", " + outcome.files() + " files of "
                + EventWording.size(outcome.size());
    }

    /** What the libraries run on, after a semicolon; empty where there are none, or where nothing can be said. */
    private static String runsOn(RunsOn found) {
        List<String> parts = new ArrayList<>();
        found.linux().forEach(audit -> parts.add(audit(audit)));
        found.macos().ifPresent(oldest -> parts.add("macOS " + oldest + " or later"));
        return parts.stream().map(part -> "; " + part).collect(Collectors.joining());
    }

    private static String audit(AuditResult audit) {
        String obstacle = audit.obstacles().stream()
                .findFirst()
                .map(first -> ", because of " + AuditWording.words(first) + ", needed by "
                        + printable(first.file().getFileName().toString()))
                .orElse("");
        if (audit.best().isEmpty()) {
            return "no policy holds" + obstacle;
        }
        return audit.best().get() + " holds"
                + (obstacle.isEmpty() ? "" : ", " + audit.obstacles().get(0).policy() + " doesn't" + obstacle);
    }

    /** A text tells more than a place: a time, a path, an order. */
    private static String texts(ReproducibleService.Differs differs) {
        return differs.text().isEmpty() && differs.other().isEmpty()
                ? ""
                : "\n        First it has '" + differs.text() + "', then '" + differs.other()
                        + "'. Does a build script or a macro write that?";
    }

    static String words(Fault fault) {
        String subject = printable(fault.subject());
        String detail = printable(fault.detail());
        return switch (fault.kind()) {
            case NOT_THERE -> "no such file";
            case NOT_A_FILE -> "it is a directory without wheels, or something else that is no file";
            case NOT_ALLOWED -> "it may not be read: " + subject;
            case BAD_NAME -> "'" + subject + "' is no wheel's name: " + detail;
            case TOO_LARGE -> subject + " bytes are more than the " + detail + " of rust.check.maxSize";
            case BAD_ZIP ->
                "no zip file that every installer reads: " + (subject.isEmpty() ? "" : subject + ": ") + detail;
            case BOMB -> "unpacked it would have " + subject + " bytes, more than a hundred times its size";
            case UNSAFE_PATH -> "'" + subject + "' would be written outside of the environment";
            case DUPLICATE ->
                subject + " is there twice, or differs from another by case alone"
                        + (detail.isEmpty() ? "" : ", " + detail);
            case NO_FILE -> subject + " is a link or a device, which no wheel may have";
            case UNREADABLE -> subject + " can't be unpacked: " + detail;
            case MISSING -> subject + " is missing" + (detail.isEmpty() ? "" : "; there is " + detail);
            case BAD_METADATA -> subject + ": " + detail;
            case DIFFERS -> subject + " in the metadata is " + detail + " as in the file's name";
            case NOT_RECORDED ->
                subject + " isn't in RECORD"
                        + (detail.isEmpty()
                                ? ", or has no digest there"
                                : " with a digest that counts (" + detail + ")");
            case RECORDED_ONLY -> subject + " is in RECORD, and not in the wheel";
            case WRONG_CONTENT -> subject + " has another " + detail + " than RECORD says";
            case SECRET -> subject + " looks like a secret: " + detail;
            case BAD_LIBRARY -> subject + " can't be read: " + detail;
            case BEYOND_TAG -> subject + " is not for " + detail;
            case EXECUTABLE_STACK ->
                subject + " wants to run code on the stack, and glibc 2.41 and later refuse to load it; the linker's"
                        + " -z noexecstack says that it doesn't";
            case NATIVE_IN_PURELIB ->
                subject + " is compiled, and would be installed where only Python's own code belongs (" + detail + ")";
            case NATIVE_IN_PURE -> subject + " is compiled, in a wheel that is tagged for any platform";
            case NO_MODULE -> subject + " can't be imported: it exports no " + detail;
            case OTHER_PYTHON -> subject + " is for another Python than " + detail;
            case LINKS_PYTHON ->
                subject + " is linked with " + detail + ", and works with one installation of Python only";
            case BEYOND_STABLE_ABI -> subject + " needs what the stable ABI of its tag doesn't have: " + detail;
        };
    }

    /** Names come from strangers: what a terminal would obey isn't shown to it. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(500).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
