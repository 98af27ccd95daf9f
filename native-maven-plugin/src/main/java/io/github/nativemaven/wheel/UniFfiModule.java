package io.github.nativemaven.wheel;

import io.github.nativemaven.build.BuildDirectory;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.Plan;
import io.github.nativemaven.build.TargetTools;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoCall;
import io.github.nativemaven.cargo.CargoOutcome;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the Python modules of a library with uniffi-bindgen, which must be of the library's own release: the crate's
 * program of that name, else one of its workspace, else one on the PATH.
 *
 * @see <a href="https://mozilla.github.io/uniffi-rs/latest/tutorial/foreign_language_bindings.html">UniFFI: foreign
 *     language bindings</a>
 */
public final class UniFfiModule {
    private static final String BINDGEN = "uniffi-bindgen";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern RELEASE = Pattern.compile("(\\d+\\.\\d+)\\.\\d+");

    private final Host host;
    private final JobBudget budget;
    private final ProcessRunner processes;
    private final Events events;

    /**
     * @param host where a uniffi-bindgen is looked for that the workspace doesn't have
     * @param budget how many compilers may run
     */
    public UniFfiModule(Host host, JobBudget budget, ProcessRunner processes, Events events) {
        this.host = host;
        this.budget = budget;
        this.processes = processes;
        this.events = events;
    }

    /**
     * There is no uniffi-bindgen.
     *
     * @param manifest the crate's Cargo.toml, in which it could be a program
     * @param version the release of UniFFI that the crate uses
     */
    public record NoBindgen(Path manifest, String version) implements Problem {}

    /**
     * The uniffi-bindgen of the PATH is of another release.
     *
     * @param program the program
     * @param found what it says of its version
     * @param version the release of UniFFI that the crate uses
     */
    public record OtherBindgen(Path program, String found, String version) implements Problem {}

    /**
     * uniffi-bindgen could not write Python modules.
     *
     * @param library what it looked at
     * @param said the end of what it printed
     */
    public record NotWritten(Path library, List<String> said) implements Problem {}

    /** The uniffi-bindgen of a workspace doesn't compile. */
    public record NotCompiled(Path manifest, List<String> lastWords) implements Problem {}

    /**
     * Writes the modules, unless nothing has changed since.
     *
     * @param directory where to; what is in it goes away
     * @return the modules, one for each crate that exports something
     */
    public List<Path> write(Plan plan, UnitResult result, Path directory) throws IOException {
        Project project = plan.project();
        Path library = result.library().orElseThrow();
        Path settings = project.crate().directory().resolve("uniffi.toml");
        List<Path> there = modules(directory);
        if (result.compiled() == 0 && isNewer(there, library, settings)) {
            return there;
        }
        Path aside = directory.resolveSibling(AtomicFiles.ASIDE + directory.getFileName());
        AtomicFiles.deleteTree(aside);
        Files.createDirectories(aside);
        try {
            generate(plan, result, library, aside);
            return replaced(there, modules(aside), directory);
        } finally {
            AtomicFiles.deleteTree(aside);
        }
    }

    private void generate(Plan plan, UnitResult result, Path library, Path directory) throws IOException {
        Path bindgen = bindgen(plan, result);
        Command command = Command.of(
                plan.project().crate().directory(),
                bindgen.toString(),
                "generate",
                "--library",
                library.toString(),
                "--language",
                "python",
                "--no-format",
                "--out-dir",
                directory.toString());
        ProcessRunner.Result ran = processes.capture(command, LIMIT);
        if (!ran.succeeded() || modules(directory).isEmpty()) {
            List<String> lines = (ran.output() + ran.error()).lines().toList();
            throw new NotWritten(library, lines.subList(Math.max(0, lines.size() - 12), lines.size())).asFailure();
        }
    }

    /** Each takes its place whole, since another build may be reading them. */
    private static List<Path> replaced(List<Path> before, List<Path> written, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> modules = new ArrayList<>();
        for (Path module : written) {
            Path place = directory.resolve(module.getFileName());
            AtomicFiles.move(module, place);
            modules.add(place);
        }
        for (Path old : before) {
            if (!modules.contains(old)) {
                Files.deleteIfExists(old);
            }
        }
        return modules;
    }

    private static List<Path> modules(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".py"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isNewer(List<Path> modules, Path... inputs) throws IOException {
        for (Path module : modules) {
            for (Path input : inputs) {
                if (Files.exists(input)
                        && Files.getLastModifiedTime(input).compareTo(Files.getLastModifiedTime(module)) > 0) {
                    return false;
                }
            }
        }
        return !modules.isEmpty();
    }

    private Path bindgen(Plan plan, UnitResult result) {
        Project project = plan.project();
        return Stream.concat(Stream.of(project.crate()), project.workspace().memberCrates().stream())
                .filter(crate -> target(crate).isPresent())
                .findFirst()
                .map(crate -> compiled(plan, result, crate))
                .orElseGet(() -> onPath(project));
    }

    private static Optional<Crate.Target> target(Crate crate) {
        return crate.binaries().stream()
                .filter(target -> target.name().equals(BINDGEN))
                .findFirst();
    }

    private Path compiled(Plan plan, UnitResult result, Crate crate) {
        Project project = plan.project();
        List<String> arguments = new ArrayList<>(List.of(
                "build",
                "--manifest-path",
                crate.manifest().toString(),
                "--bin",
                BINDGEN,
                "--profile",
                plan.profile().value(),
                "--target-dir",
                result.unit().directory().toString()));
        List<String> features = target(crate).orElseThrow().requiredFeatures();
        arguments.addAll(TargetTools.ofHost(project.toolchain()));
        if (!features.isEmpty()) {
            arguments.add("--features=" + String.join(",", features));
        }
        boolean own = crate.id().equals(project.crate().id());
        Cargo cargo = Cargo.find(host, own ? project.cargo() : project.cargo().withoutFeatures(), events);
        CargoOutcome outcome = inBuildDirectory(plan, result, () -> {
            try (JobBudget.Share jobs = budget.begin(host.os(), processes, cargo.jobs(), 1)) {
                return jobs.run(variables -> cargo.build(
                        new CargoCall(BINDGEN, arguments, project.crate().directory(), variables)));
            }
        });
        return outcome.artifacts().stream()
                .filter(artifact -> artifact.target().equals(BINDGEN))
                .flatMap(artifact -> artifact.executable().stream())
                .findFirst()
                .filter(program -> outcome.succeeded())
                .orElseThrow(() -> new NotCompiled(crate.manifest(), outcome.lastWords()).asFailure());
    }

    /** Nobody copies the directory meanwhile. */
    private CargoOutcome inBuildDirectory(Plan plan, UnitResult result, Supplier<CargoOutcome> work) {
        try (BuildDirectory directory =
                BuildDirectory.open(result.unit().directory(), plan.profile().value(), events)) {
            return work.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path onPath(Project project) {
        String wanted = ((Bindings.UniFfi) project.bindings()).crate().version();
        Path program = host.which(BINDGEN)
                .orElseThrow(() -> new NoBindgen(project.crate().manifest(), wanted).asFailure());
        String said = processes
                .capture(Command.of(ProcessRunner.anywhere(), program.toString(), "--version"), LIMIT)
                .output()
                .strip();
        if (!release(said).equals(release(wanted))) {
            throw new OtherBindgen(program, said, wanted).asFailure();
        }
        return program;
    }

    private static String release(String version) {
        Matcher matcher = RELEASE.matcher(version);
        return matcher.find() ? matcher.group(1) : version;
    }
}
