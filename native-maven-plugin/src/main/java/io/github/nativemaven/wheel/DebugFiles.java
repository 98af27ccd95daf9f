package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.ElfBuildId;
import io.github.nativemaven.binary.ElfStripper;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.build.DebugInformation;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Shipped.DebugInfo;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parts debug information from what is shipped. Each library and program as the linker made it is kept in {@code
 * target/debug-symbols/<target>/<unit>/}, and what is shipped is a copy without debug information. Below {@code
 * .build-id/} each kept file has a second name, by which debuggers find it: {@code ab/cdef….debug}.
 *
 * @see <a href="https://sourceware.org/gdb/current/onlinedocs/gdb.html/Separate-Debug-Files.html">separate debug
 *     files</a>
 */
public final class DebugFiles {
    private static final int DIRECTORY_DIGITS = 2;

    private final Plan plan;
    private final Path directory;
    private final Events events;

    /** @param events told of what is kept, and of what can't be */
    public DebugFiles(Plan plan, Events events) {
        this.plan = plan;
        this.directory = plan.project().outputDirectory().resolve("debug-symbols");
        this.events = events;
    }

    /** Debug information was parted from what a unit ships. */
    public record Kept(UnitResult result, Path directory) implements Event {}

    /** The debug information of a library or program isn't kept: nothing was made that could be. */
    public record NotKept(Path binary, DebugInformation.Form form) implements Event {}

    /** Debuggers won't find by themselves what belongs to a library or program, because it has no build id. */
    public record Unfindable(Path binary, Path kept) implements Event {}

    /** The same with stripped copies in the place of what cargo made, where debug information is to be kept. */
    public UnitResult keep(UnitResult result) throws IOException {
        if (!DebugInformation.isKept(plan)) {
            return result;
        }
        DebugInformation.Form form = DebugInformation.form(plan, result.unit());
        Path kept = directory
                .resolve(result.unit().target().value())
                .resolve(result.unit().abi().label());
        boolean any = false;
        Map<Path, Path> shipped = new HashMap<>();
        for (Path binary : result.binaries()) {
            if (form == DebugInformation.Form.INSIDE) {
                shipped.put(binary, part(result, binary, kept));
                any = true;
            } else if (form != DebugInformation.Form.UNKNOWN && besides(binary, kept)) {
                any = true;
            } else {
                events.tell(new NotKept(binary, form));
            }
        }
        if (any) {
            events.tell(new Kept(result, kept));
        }
        return result.withBinaries(binary -> shipped.getOrDefault(binary, binary));
    }

    private Path part(UnitResult result, Path binary, Path kept) throws IOException {
        String name = binary.getFileName().toString();
        Path stripped = result.unit().directory().resolve("stripped").resolve(name);
        Path whole = kept.resolve(name + ".debug");
        boolean names = plan.project().shipped().debugInfo() == DebugInfo.BESIDE_BUT_NAMES;
        Freshness freshness = Freshness.of(stripped, binary, "stripped, names " + names);
        if (freshness.isFresh() && Files.exists(whole) && Files.size(whole) == Files.size(binary)) {
            return stripped;
        }
        try {
            if (Files.exists(whole)) {
                forget(whole);
            }
            AtomicFiles.write(whole, aside -> Files.copy(binary, aside));
            findable(binary, whole);
            AtomicFiles.write(stripped, aside -> ElfStripper.strip(binary, aside, names));
        } catch (MalformedBinaryException e) {
            throw new WheelAssembler.UnreadableBinary(e.path(), e.reason()).asFailure(e);
        }
        freshness.remember();
        return stripped;
    }

    private void findable(Path binary, Path whole) throws IOException {
        Optional<Path> byId = byId(whole);
        if (byId.isEmpty()) {
            events.tell(new Unfindable(binary, whole));
            return;
        }
        AtomicFiles.write(byId.get(), aside -> {
            try {
                Files.createLink(aside, whole);
            } catch (UnsupportedOperationException | IOException e) {
                // Not every file system has links; the file is found as well, and takes its room twice.
                Files.copy(whole, aside);
            }
        });
    }

    /** What was kept of an earlier build belongs to nothing any more. */
    private void forget(Path whole) throws IOException {
        Optional<Path> byId = byId(whole);
        if (byId.isPresent()) {
            Files.deleteIfExists(byId.get());
        }
    }

    private Optional<Path> byId(Path whole) throws IOException {
        return ElfBuildId.read(whole).map(id -> directory
                .resolve(".build-id")
                .resolve(id.substring(0, DIRECTORY_DIGITS))
                .resolve(id.substring(DIRECTORY_DIGITS) + ".debug"));
    }

    /** What the compiler has put beside a library or program: a bundle on macOS, a file on Windows. */
    private static boolean besides(Path binary, Path kept) throws IOException {
        String name = binary.getFileName().toString();
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        boolean any = false;
        for (String beside : List.of(name + ".dSYM", stem + ".pdb", stem.replace('-', '_') + ".pdb")) {
            Path from = binary.resolveSibling(beside);
            if (!any && Files.exists(from)) {
                copyTree(from, kept.resolve(beside));
                any = true;
            }
        }
        return any;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        AtomicFiles.deleteTree(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                AtomicFiles.write(copy, aside -> Files.copy(file, aside));
            }
        }
    }
}
