package io.github.nativemaven.wheel;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes the declarations of a library for Python's cffi, from its C header.
 *
 * @see <a href="https://cffi.readthedocs.io/en/stable/cdef.html">cffi: out-of-line, ABI mode</a>
 */
public final class CffiModule {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String HEADER = "header.h";

    private final Host host;
    private final ProcessRunner processes;

    /** @param host where cbindgen is looked for */
    public CffiModule(Host host, ProcessRunner processes) {
        this.host = host;
        this.processes = processes;
    }

    /**
     * There is no header, and no cbindgen to write one.
     *
     * @param crate the crate's directory, in which {@code header.h} would be found
     */
    public record NoHeader(Path crate) implements Problem {}

    /**
     * cbindgen could not write a header.
     *
     * @param crate the crate's directory
     * @param said what it printed
     */
    public record NotBound(Path crate, List<String> said) implements Problem {}

    /**
     * cffi can't read a header.
     *
     * @param header the header
     * @param said the end of what cffi printed
     */
    public record HeaderRefused(Path header, List<String> said) implements Problem {}

    /**
     * Writes {@code ffi.py}, unless that is newer than what it is made of.
     *
     * @param python a Python that has cffi; asked for only where it is needed
     * @param directory where to
     * @return the file
     */
    public Path write(Project project, UnitResult result, Supplier<Path> python, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path declarations = directory.resolve("ffi.py");
        Path header = header(project, result, directory);
        Path plain = directory.resolve("plain.h");
        String text = PlainHeader.of(Files.readString(header));
        boolean same = Files.exists(plain) && Files.readString(plain).equals(text) && Files.exists(declarations);
        if (same) {
            return declarations;
        }
        Files.deleteIfExists(plain);
        Path input = directory.resolve("input.h");
        AtomicFiles.writeIfChanged(input, text);
        AtomicFiles.write(declarations, aside -> declare(header, input, python.get(), aside));
        // Last: it says of what the declarations were made.
        AtomicFiles.move(input, plain);
        return declarations;
    }

    private void declare(Path header, Path input, Path python, Path file) throws IOException {
        Path script = input.resolveSibling("write_ffi.py");
        Resources.copyIfChanged(CffiModule.class, "write_ffi.py", script);
        Command command =
                Command.of(input.getParent(), python.toString(), script.toString(), input.toString(), file.toString());
        ProcessRunner.Result ran = processes.capture(command, LIMIT);
        if (!ran.succeeded()) {
            throw new HeaderRefused(header, last(ran)).asFailure();
        }
    }

    /** One that lies there, or was written by the build script; else what cbindgen makes of the source. */
    private Path header(Project project, UnitResult result, Path directory) {
        Crate crate = project.crate();
        Optional<Path> found = Stream.of(
                        Optional.ofNullable(result.outDirectories().get(crate.id())),
                        Optional.of(crate.directory().resolve("target")),
                        Optional.of(project.workspace().workspaceRoot().resolve("target")),
                        Optional.of(crate.directory()),
                        Optional.of(project.directory()))
                .flatMap(Optional::stream)
                .map(place -> place.resolve(HEADER))
                .filter(Files::isRegularFile)
                .findFirst();
        return found.orElseGet(() -> bound(crate.directory(), directory.resolve("cbindgen.h")));
    }

    private Path bound(Path crate, Path header) {
        Path cbindgen = host.which("cbindgen").orElseThrow(() -> new NoHeader(crate).asFailure());
        List<String> arguments =
                new ArrayList<>(List.of(cbindgen.toString(), "--lang", "c", "--output", header.toString()));
        Path configuration = crate.resolve("cbindgen.toml");
        if (Files.isRegularFile(configuration)) {
            arguments.addAll(List.of("--config", configuration.toString()));
        }
        arguments.add(crate.toString());
        ProcessRunner.Result ran = processes.capture(new Command(arguments, crate, Map.of()), LIMIT);
        if (!ran.succeeded() || !Files.isRegularFile(header)) {
            throw new NotBound(crate, last(ran)).asFailure();
        }
        return header;
    }

    private static List<String> last(ProcessRunner.Result result) {
        List<String> lines = (result.output() + result.error()).lines().toList();
        return lines.subList(Math.max(0, lines.size() - 12), lines.size());
    }
}
