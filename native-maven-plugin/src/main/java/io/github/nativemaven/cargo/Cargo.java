package io.github.nativemaven.cargo;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** cargo on this machine. */
public final class Cargo {
    private static final Duration METADATA_LIMIT = Duration.ofMinutes(10);
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);

    /** For calls whose words are only shown when they fail. */
    private static final Map<String, String> NO_PROGRESS = Map.of("CARGO_TERM_PROGRESS_WHEN", "never");

    private final Path program;
    private final Host host;
    private final CargoSettings settings;
    private final ProcessRunner processes;
    private final Events events;

    private Cargo(Path program, Host host, CargoSettings settings, Events events) {
        this.program = program;
        this.host = host;
        this.settings = settings;
        this.events = events;
        this.processes = new ProcessRunner(events);
    }

    /**
     * There is no cargo.
     *
     * @param executable what was looked for
     */
    public record NotFound(String executable) implements Problem {}

    /**
     * cargo refused a manifest, a lock file, or could not reach its registry.
     *
     * @param manifest the Cargo.toml
     * @param error what cargo printed
     */
    public record ManifestRefused(Path manifest, String error) implements Problem {}

    /**
     * rustc doesn't run.
     *
     * @param rustc what was started
     * @param error what it printed
     */
    public record NoCompiler(String rustc, String error) implements Problem {}

    /**
     * Versions of the Rust tools.
     *
     * @param host the triple that rustc compiles for when none is named
     * @param rustc rustc's release: {@code 1.95.0}
     * @param configured what cargo is configured to build for where it isn't told
     */
    public record Toolchain(TargetTriple host, String rustc, Optional<CargoConfig.BuildTargets> configured) {}

    /** Finds cargo: the program as configured, on PATH, or where rustup puts it. */
    public static Cargo find(Host host, CargoSettings settings, Events events) {
        Path found = host.which(settings.executable())
                .or(() -> host.which(cargoHome(host)
                        .resolve("bin")
                        .resolve(settings.executable())
                        .toString()))
                .orElseThrow(() -> new NotFound(settings.executable()).asFailure());
        return new Cargo(found.toAbsolutePath(), host, settings, events);
    }

    /** The same for a crate that doesn't have the features of the project's own. */
    public Cargo withoutFeatures() {
        return new Cargo(program, host, settings.withoutFeatures(), events);
    }

    /** The same with these features of the project's crate and no others. */
    public Cargo withFeatures(List<String> only) {
        return new Cargo(program, host, settings.withFeatures(only), events);
    }

    /** Where cargo keeps downloaded crates: CARGO_HOME, or {@code .cargo} in the user's home. */
    public static Path cargoHome(Host host) {
        return host.variable("CARGO_HOME").map(Path::of).orElse(host.home().resolve(".cargo"));
    }

    /** The program. */
    public Path program() {
        return program;
    }

    /** What cargo itself prints of its version: {@code cargo 1.95.0 (…)}. */
    public String version() {
        return processes
                .capture(Command.of(ProcessRunner.anywhere(), program.toString(), "--version"), VERSION_LIMIT)
                .output()
                .strip();
    }

    /** How many compilers may run at once: as configured, else as cargo's own variable says, else one for each processor. */
    public int jobs() {
        return settings.jobs()
                .or(() -> host.variable("CARGO_BUILD_JOBS")
                        .filter(n -> n.matches("[1-9]\\d{0,4}"))
                        .map(Integer::valueOf))
                .filter(jobs -> jobs > 0)
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    /** Asks rustc, in a directory because a toolchain file may choose another one there. */
    public Toolchain toolchain(Path directory) {
        String rustc = rustc();
        try {
            ProcessRunner.Result result = processes.capture(
                    new Command(List.of(rustc, "-vV"), directory, settings.environment()), VERSION_LIMIT);
            Optional<TargetTriple> triple = TargetTriple.ofRustcVersion(result.output());
            if (triple.isEmpty()) {
                throw new NoCompiler(rustc, result.error()).asFailure();
            }
            String release = result.output()
                    .lines()
                    .filter(line -> line.startsWith("release: "))
                    .map(line -> line.substring("release: ".length()))
                    .findFirst()
                    .orElse("");
            return new Toolchain(
                    triple.get(),
                    release,
                    CargoConfig.read(host, settings, directory).buildTargets());
        } catch (BuildFailure e) {
            if (e.problem() instanceof ProcessRunner.NotStarted) {
                throw new NoCompiler(rustc, String.valueOf(e.getCause().getMessage())).asFailure(e);
            }
            throw e;
        }
    }

    /**
     * What rustc prints when it is asked, line by line; empty where it refuses.
     *
     * @param directory where it is asked: a toolchain file may choose another one there
     * @param arguments {@code --print}, and what
     */
    public Optional<List<String>> rustcPrints(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(rustc()));
        command.addAll(List.of(arguments));
        ProcessRunner.Result result =
                processes.capture(new Command(command, directory, settings.environment()), VERSION_LIMIT);
        return result.succeeded() ? Optional.of(result.output().lines().toList()) : Optional.empty();
    }

    private String rustc() {
        String configured = settings.environment().get("RUSTC");
        return Optional.ofNullable(configured)
                .or(() -> host.variable("RUSTC"))
                .or(() -> host.which(program.resolveSibling("rustc").toString()).map(Path::toString))
                .or(() -> host.which("rustc").map(Path::toString))
                .orElse("rustc");
    }

    /**
     * Resolves a workspace. Writes Cargo.lock where it is missing, as every call of cargo does.
     *
     * @param manifest the Cargo.toml
     */
    public CargoMetadata metadata(Path manifest) {
        List<String> arguments = new ArrayList<>(List.of(
                program.toString(), "metadata", "--format-version", "1", "--manifest-path", manifest.toString()));
        addFeatures(arguments);
        addNetwork(arguments);
        ProcessRunner.Result result = processes.capture(
                new Command(arguments, manifest.getParent(), environment(NO_PROGRESS)), METADATA_LIMIT);
        if (!result.succeeded()) {
            throw new ManifestRefused(manifest, result.error().strip()).asFailure();
        }
        try {
            return CargoMetadata.parse(result.output());
        } catch (IOException e) {
            throw new ManifestRefused(manifest, "cargo metadata printed no JSON: " + e.getMessage()).asFailure(e);
        }
    }

    /** The files that {@code cargo package} would take, relative to the crate's directory, as cargo lists them. */
    public List<String> packagedFiles(Path manifest) {
        List<String> arguments = new ArrayList<>(List.of(
                program.toString(),
                "package",
                "--list",
                "--allow-dirty",
                "--no-metadata",
                "--manifest-path",
                manifest.toString()));
        addNetwork(arguments);
        ProcessRunner.Result result = processes.capture(
                new Command(arguments, manifest.getParent(), environment(NO_PROGRESS)), METADATA_LIMIT);
        if (!result.succeeded()) {
            throw new ManifestRefused(manifest, result.error().strip()).asFailure();
        }
        return result.output().lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * Writes the sources of all crates that come from elsewhere into a directory, each below {@code name-version}.
     *
     * @param manifest the Cargo.toml
     * @param directory where to; what is no such crate goes away
     * @return the lines of configuration that make cargo take them
     */
    public String vendor(Path manifest, Path directory) {
        List<String> arguments = new ArrayList<>(List.of(
                program.toString(),
                "vendor",
                "--versioned-dirs",
                "--manifest-path",
                manifest.toString(),
                directory.toString()));
        addNetwork(arguments);
        ProcessRunner.Result result = processes.capture(
                new Command(arguments, manifest.getParent(), environment(NO_PROGRESS)), METADATA_LIMIT);
        if (!result.succeeded()) {
            throw new ManifestRefused(manifest, result.error().strip()).asFailure();
        }
        return result.output();
    }

    /**
     * The same call, made so that what it compiles doesn't tell where cargo's home is.
     *
     * @param target what is compiled for
     * @param flags what rustc is told besides for all crates
     */
    public CargoCall withoutHome(CargoCall call, TargetTriple target, List<String> flags) {
        return new HomeMapping(host, settings, call.directory()).apply(call, target, flags);
    }

    /**
     * Whether anybody says this of a profile, in the workspace's Cargo.toml or in what else cargo reads.
     *
     * @param root the workspace's directory
     */
    public boolean profileSays(Path root, String profile, String key) {
        return CargoConfig.read(host, settings, root).profileSays(root.resolve("Cargo.toml"), profile, key);
    }

    /**
     * Builds, and tells what happens while it does.
     *
     * @param call what to build
     * @return what was built; a failure to compile is a result, not an exception
     */
    public CargoOutcome build(CargoCall call) {
        return build(call, line -> events.tell(new CargoEvent.Said(call.label(), line)));
    }

    /**
     * Builds, and runs what the call runs.
     *
     * @param call what to build
     * @param printed takes the lines of standard output that are no messages of cargo's: what tests print
     * @return what was built; a failure to compile is a result, not an exception
     */
    public CargoOutcome build(CargoCall call, Consumer<String> printed) {
        CargoMessages messages = new CargoMessages(call.label(), events, printed);
        List<String> arguments = new ArrayList<>();
        arguments.add(program.toString());
        arguments.addAll(call.arguments());
        arguments.add(2, "--message-format=" + (settings.color() ? "json-diagnostic-rendered-ansi" : "json"));
        int end = arguments.indexOf("--") < 0 ? arguments.size() : arguments.indexOf("--");
        List<String> common = new ArrayList<>();
        addFeatures(common);
        addNetwork(common);
        if (!call.environment().containsKey("CARGO_MAKEFLAGS")
                && !call.environment().containsKey("CARGO_BUILD_JOBS")) {
            settings.jobs().ifPresent(jobs -> common.add("--jobs=" + jobs));
        }
        if (settings.verbosity() > 0) {
            common.add("-" + "v".repeat(settings.verbosity()));
        }
        common.addAll(settings.arguments());
        arguments.addAll(end, common);
        ProcessRunner.Result result = processes.run(
                new Command(arguments, call.directory(), environment(call.environment())),
                messages::output,
                messages::error);
        return messages.outcome(result.exitCode(), result.time());
    }

    private void addFeatures(List<String> arguments) {
        if (!settings.features().isEmpty()) {
            arguments.add("--features=" + String.join(",", settings.features()));
        }
        if (settings.allFeatures()) {
            arguments.add("--all-features");
        }
        if (settings.noDefaultFeatures()) {
            arguments.add("--no-default-features");
        }
    }

    private void addNetwork(List<String> arguments) {
        if (settings.offline()) {
            arguments.add("--offline");
        }
        if (settings.locked()) {
            arguments.add("--locked");
        }
    }

    private Map<String, String> environment(Map<String, String> changes) {
        Map<String, String> all = new TreeMap<>(settings.environment());
        all.putAll(changes);
        all.putIfAbsent("CARGO_TERM_COLOR", settings.color() ? "always" : "never");
        all.putIfAbsent("CARGO_TERM_PROGRESS_WHEN", "always");
        all.putIfAbsent("CARGO_TERM_PROGRESS_WIDTH", "120");
        return all;
    }
}
