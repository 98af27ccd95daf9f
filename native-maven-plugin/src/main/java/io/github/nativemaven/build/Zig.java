package io.github.nativemaven.build;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * zig, whose {@code zig cc} compiles and links C for many systems.
 *
 * @param program the program, absolute
 * @param version what it says of its version: {@code 0.17.1}
 */
public record Zig(Path program, String version) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");
    private static final int OLDEST_MINOR = 13;

    /** The oldest glibc that Rust's own library needs, where an architecture is not younger. */
    private static final String OLDEST_GLIBC = "2.17";

    /**
     * zig doesn't run.
     *
     * @param program what was started
     * @param said what it printed
     */
    public record Broken(Path program, String said) implements Problem {}

    /**
     * zig is too old.
     *
     * @param program the program
     * @param version its version
     * @param oldest the oldest that is known to work
     */
    public record TooOld(Path program, String version, String oldest) implements Problem {}

    /**
     * Finds zig: as configured, on PATH, or in the package {@code ziglang} of a Python.
     *
     * @param configured a program
     * @param pythons asked only where there is no zig before
     */
    static Optional<Zig> find(
            Host host, Optional<Setting<Path>> configured, Supplier<List<Interpreter>> pythons, ProcessRunner runner) {
        if (configured.isPresent()) {
            Path program = host.which(configured.get().value().toString())
                    .orElseThrow(() -> new ProjectProblem.InvalidSetting(
                                    configured.get().map(Path::toString), "no such program")
                            .asFailure());
            return Optional.of(ask(program, runner));
        }
        return host.which("zig")
                .or(() -> pythons.get().stream()
                        .flatMap(python -> ofPackage(python, host).stream())
                        .findFirst())
                .map(program -> ask(program.toAbsolutePath(), runner));
    }

    private static Optional<Path> ofPackage(Interpreter python, Host host) {
        Path program = python.scheme()
                .platlib()
                .resolve("ziglang")
                .resolve(host.os() == OperatingSystem.WINDOWS ? "zig.exe" : "zig");
        return Files.isRegularFile(program) ? Optional.of(program) : Optional.empty();
    }

    private static Zig ask(Path program, ProcessRunner runner) {
        ProcessRunner.Result result;
        try {
            result = runner.capture(Command.of(ProcessRunner.anywhere(), program.toString(), "version"), LIMIT);
        } catch (BuildFailure e) {
            throw new Broken(
                            program,
                            e.getCause() == null
                                    ? ""
                                    : String.valueOf(e.getCause().getMessage()))
                    .asFailure(e);
        }
        String version = result.output().strip();
        Matcher matcher = VERSION.matcher(version);
        if (!result.succeeded() || !matcher.matches()) {
            throw new Broken(program, (result.output() + result.error()).strip()).asFailure();
        }
        if (matcher.group(1).equals("0") && Integer.parseInt(matcher.group(2)) < OLDEST_MINOR) {
            throw new TooOld(program, version, "0." + OLDEST_MINOR).asFailure();
        }
        return new Zig(program, version);
    }

    /**
     * What zig calls a target: {@code aarch64-linux-gnu.2.17}; empty where it can't link for it.
     *
     * @param oldest the oldest glibc or macOS that what is linked shall run with; by default the oldest glibc that Rust
     *     itself runs with
     */
    static Optional<String> target(TargetTriple target, Optional<String> oldest) {
        return switch (target.os()) {
            case LINUX -> Optional.of(machine(target.architecture()) + "-linux-" + libc(target, oldest));
            case MACOS ->
                Optional.of(machine(target.architecture()) + "-macos"
                        + oldest.map(version -> "." + version).orElse(""));
            case WINDOWS ->
                target.libc() == CLibrary.MSVC
                        ? Optional.empty()
                        : Optional.of(machine(target.architecture()) + "-windows-gnu");
            default -> Optional.empty();
        };
    }

    private static String libc(TargetTriple target, Optional<String> glibc) {
        boolean arm = target.architecture() == Architecture.ARMV7L || target.architecture() == Architecture.ARMV6L;
        String abi = arm ? (target.value().endsWith("hf") ? "eabihf" : "eabi") : "";
        return target.libc() == CLibrary.MUSL
                ? "musl" + abi
                : "gnu" + abi + "." + glibc.orElseGet(() -> oldest(target.architecture()));
    }

    private static String oldest(Architecture architecture) {
        return switch (architecture) {
            case RISCV64 -> "2.27";
            case LOONGARCH64 -> "2.36";
            default -> OLDEST_GLIBC;
        };
    }

    private static String machine(Architecture architecture) {
        return switch (architecture) {
            case I686 -> "x86";
            case ARMV7L, ARMV6L -> "arm";
            case PPC64LE -> "powerpc64le";
            case PPC64 -> "powerpc64";
            default -> architecture.linux();
        };
    }
}
