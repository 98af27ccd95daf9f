package io.github.nativemaven.mojo;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.build.DebugInformation;
import io.github.nativemaven.platform.PyodideAbi;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.wheel.DebugFiles;
import io.github.nativemaven.wheel.PackedWheel;
import io.github.nativemaven.wheel.PlatformChooser;
import io.github.nativemaven.wheel.WheelAssembler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an audit found, and what a repair did or could not do, for a person. */
final class AuditWording {
    private static final String NEXT = "\n        ";

    private AuditWording() {}

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                PlatformChooser.Incompatible.class,
                p -> p.wish().origin() + " " + p.wish().value() + ": the library needs " + all(p.findings()) + "."
                        + NEXT + "Leave the setting out for the best tag that holds, or build on an older system.");
        ProblemWording.on(
                table,
                PlatformChooser.RepairNeeded.class,
                p -> p.audit().origin() + " check: the wheel needs " + String.join(", ", p.libraries())
                        + ", which other systems may not have." + NEXT
                        + "Link them statically; or take them in: -Drust.audit=repair; or go on as it is: -Drust.audit=warn");
        ProblemWording.on(
                table,
                PlatformChooser.LibrariesMissing.class,
                p -> p.missing().stream().map(AuditWording::missing).collect(Collectors.joining(NEXT))
                        + NEXT + "Install what has "
                        + p.missing().get(0).library()
                        + where(p.missing().get(0).needer().format())
                        + ", or don't take it in: -Drust.audit=warn");
        ProblemWording.on(
                table,
                WheelAssembler.HeaderFull.class,
                p -> p.file() + " has no room for the names by which it shall find libraries in the wheel: they need "
                        + p.wanted() + " bytes before its first section, there are " + p.room() + "." + NEXT
                        + "Link it with more room: -C link-arg=-Wl,-headerpad_max_install_names (in RUSTFLAGS); a library that is not compiled here, with its own linker's -headerpad_max_install_names.");
        ProblemWording.on(
                table,
                PlatformChooser.NoPyodide.class,
                p -> "No Pyodide has " + p.python() + ": there are "
                        + PyodideAbi.ALL.stream()
                                .map(abi -> "CPython 3." + abi.minor())
                                .collect(Collectors.joining(", "))
                        + "." + NEXT
                        + "Ask for one of them: -Drust.interpreters=3."
                        + PyodideAbi.ALL.get(0).minor()
                        + ", or name the platform: -Drust.compatibility=emscripten_4_0_9_wasm32");
        ProblemWording.on(
                table,
                WheelAssembler.Unchangeable.class,
                p -> p.file() + " can't be told the names that libraries have in the wheel: " + p.reason() + "." + NEXT
                        + "Link what it needs statically, or don't take it in: -Drust.audit=warn");
        ProblemWording.on(
                table, WheelAssembler.UnreadableBinary.class, p -> p.file() + " can't be read: " + p.reason() + ".");
    }

    static void addEvents(Map<Class<? extends Event>, Function<Event, EventWording.Line>> table) {
        warn(
                table,
                PlatformChooser.Overruled.class,
                event -> event.wish().origin() + " " + event.wish().value() + ", although the library needs "
                        + all(event.findings()) + ".");
        warn(
                table,
                PlatformChooser.LeftOut.class,
                event -> "The wheel needs " + String.join(", ", event.libraries())
                        + ", which other systems may not have; " + leftOut(event));
        warn(
                table,
                PlatformChooser.RaisedBy.class,
                event -> "The wheel is " + event.tag() + ", because of " + event.library() + ", which is taken in.");
        warn(
                table,
                PlatformChooser.SeveralVersions.class,
                event -> "The wheel gets several versions of one library: " + String.join(", ", event.libraries())
                        + ". Where they define the same symbols, one of them is used by all.");
        EventWording.info(
                table,
                DebugFiles.Kept.class,
                event -> event.result().unit().label() + "  debug symbols in " + event.directory());
        warn(
                table,
                DebugFiles.NotKept.class,
                event -> "The debug symbols of " + event.binary() + " are not kept: " + notKept(event.form()));
        warn(
                table,
                DebugFiles.Unfindable.class,
                event -> event.binary() + " has no build id: debuggers must be told that its symbols are in "
                        + event.kept() + ".");
    }

    private static String notKept(DebugInformation.Form form) {
        return switch (form) {
            case BUNDLE -> "there is no .dSYM beside it. Does cargo's profile say debug = false?";
            case DATABASE -> "there is no .pdb beside it.";
            default ->
                "only for Linux, for MSVC, and on macOS can they be kept. It is shipped as cargo's profile says.";
        };
    }

    private static String where(BinaryFile.Format format) {
        return switch (format) {
            case ELF -> " (Debian: apt-file search names the package), add its directory to LD_LIBRARY_PATH";
            case MACH_O -> " for every machine that the wheel is for, add its directory to DYLD_LIBRARY_PATH";
            case PE ->
                " for the same machine, lay it beside the file that needs it, or add its directory to LD_LIBRARY_PATH (on Windows PATH)";
        };
    }

    private static String leftOut(PlatformChooser.LeftOut event) {
        return event.audit().isSet()
                ? "they are not taken in, because of " + event.audit().origin() + " "
                        + event.audit().value().name().toLowerCase(Locale.ROOT) + "."
                : "link them statically, or take them in: -Drust.audit=repair.";
    }

    private static <E extends Event> void warn(
            Map<Class<? extends Event>, Function<Event, EventWording.Line>> table,
            Class<E> type,
            Function<E, String> words) {
        EventWording.put(table, type, event -> new EventWording.Line(EventWording.Level.WARN, words.apply(event)));
    }

    private static String missing(ForeignLibraries.Missing missing) {
        LibrarySearch.Outcome outcome = missing.outcome();
        StringBuilder text = new StringBuilder(
                missing.library() + ", which " + missing.needer().path() + " needs, is not found.");
        for (LibrarySearch.PassedOver file : outcome.passedOver()) {
            text.append(NEXT)
                    .append(file.file())
                    .append(file.damage()
                            .map(damage -> " is no library: " + damage)
                            .orElse(" is for another machine"))
                    .append('.');
        }
        String searched = outcome.searched().stream().map(Path::toString).collect(Collectors.joining(", "));
        return text + NEXT + "Searched: " + (searched.isEmpty() ? "nothing, there is no directory" : searched);
    }

    /** What is remarkable about a wheel: what was taken in, and why it is for no older systems. */
    static List<String> notes(PackedWheel wheel, Collection<Path> compiled) {
        List<String> notes = new ArrayList<>();
        if (!wheel.takenIn().isEmpty()) {
            notes.add("with copies of "
                    + wheel.takenIn().stream()
                            .map(library -> library.getFileName().toString())
                            .collect(Collectors.joining(", ")));
        }
        wheel.audit().flatMap(audit -> note(audit, compiled)).ifPresent(notes::add);
        return notes;
    }

    /** Why the wheel is for no older systems; nothing where it is for the oldest there are. */
    private static Optional<String> note(AuditResult audit, Collection<Path> compiled) {
        if (!audit.externalLibraries().isEmpty()) {
            return Optional.of("tagged for this system alone: it needs " + String.join(", ", audit.externalLibraries())
                    + ", which other systems may not have");
        }
        return audit.obstacles().stream()
                .findFirst()
                .map(first -> "not " + first.policy() + ", because of " + words(first)
                        + (compiled.contains(first.file())
                                ? ""
                                : ", needed by " + first.file().getFileName()));
    }

    /** All findings in one line. */
    static String all(List<Finding> findings) {
        return findings.stream().map(AuditWording::words).distinct().collect(Collectors.joining(", "));
    }

    /** What a finding is about: {@code memcpy@GLIBC_2.14 in libc.so.6}. */
    static String words(Finding finding) {
        if (finding instanceof Finding.TooNew tooNew) {
            return tooNew.symbolAndVersion() + " in " + tooNew.library();
        }
        if (finding instanceof Finding.NotListed notListed) {
            return notListed.library();
        }
        if (finding instanceof Finding.Forbidden forbidden) {
            return forbidden.symbol() + " in " + forbidden.library();
        }
        if (finding instanceof Finding.NewerProcessor processor) {
            return "a processor of x86-64-v" + processor.level();
        }
        if (finding instanceof Finding.OtherMachine other) {
            return "code for " + other.found().map(Object::toString).orElse("an unknown machine");
        }
        return "floating-point numbers that are passed in another way";
    }
}
