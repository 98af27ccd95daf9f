package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoConfig;
import io.github.nativemaven.cargo.TomlEdit;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.UserCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds what a target is compiled and linked with: the linker that the user configured for cargo, else a GNU cross
 * compiler, else zig; and Rust's own library for the target.
 */
public final class TargetToolsFinder {
    private static final String MACOS_VARIABLE = "MACOSX_DEPLOYMENT_TARGET";

    private final Host host;
    private final Project project;
    private final TargetSettings settings;
    private final Cargo cargo;
    private final CargoConfig config;
    private final Supplier<List<Interpreter>> pythons;
    private final Path launchers;
    private final Events events;
    private Optional<Zig> zig;

    /**
     * @param pythons the interpreters of this machine, in which zig may be installed; asked only where one is needed
     * @param buildDirectory where build directories lie
     */
    public TargetToolsFinder(
            Host host,
            Project project,
            TargetSettings settings,
            Cargo cargo,
            Supplier<List<Interpreter>> pythons,
            Path buildDirectory,
            Events events) {
        this.host = host;
        this.project = project;
        this.settings = settings;
        this.cargo = cargo;
        this.config = CargoConfig.read(host, project.cargo(), project.crate().directory());
        this.pythons = pythons;
        this.launchers = buildDirectory;
        this.events = events;
    }

    /**
     * Nothing can link for a target.
     *
     * @param target the target
     * @param compiler the compiler that was looked for: {@code aarch64-linux-gnu-gcc}
     * @param debian Debian's package with it
     * @param zig whether zig could do it
     */
    public record NoLinker(TargetTriple target, Optional<String> compiler, Optional<String> debian, boolean zig)
            implements Problem {}

    /**
     * There is no Emscripten, whose compiler links for Python in a browser.
     *
     * @param target the target
     */
    public record NoEmscripten(TargetTriple target) implements Problem {}

    /** There is no zig, which alone can link for an older glibc than the machine's own. */
    public record NoZig(Setting<String> glibc) implements Problem {}

    /**
     * An older glibc was asked for, but the user's own linker is used, which decides about that.
     *
     * @param glibc what was asked for
     * @param linker who chose the linker
     */
    public record GlibcLeftToLinker(Setting<String> glibc, String linker) implements Event {}

    /** What a target is built with. What is missing is thrown as a problem. */
    public TargetTools find(TargetTriple target) {
        boolean foreign = !target.equals(project.toolchain().host());
        Optional<Setting<String>> glibc = target.os() == OperatingSystem.LINUX && target.libc() == CLibrary.GNU
                ? settings.glibc()
                : Optional.empty();
        if (!foreign && glibc.isEmpty()) {
            return TargetTools.usual(project.toolchain());
        }
        if (!foreign) {
            return tools(target, false, linker(target, glibc), List.of(), Optional.empty());
        }
        StandardLibrary library = library(target);
        Optional<Path> source = library.mustBeBuilt(target, settings.buildStd())
                ? Optional.of(library.sysroot().resolve("lib/rustlib/src/rust"))
                : Optional.empty();
        return tools(target, true, linker(target, glibc), rustcArguments(target, library), source);
    }

    private StandardLibrary library(TargetTriple target) {
        return StandardLibrary.of(
                cargo, project.crate().directory(), target, project.toolchain().rustc());
    }

    /**
     * Where nothing can strip a library for macOS, rustc would fail after all the work. The linker leaves out then what a
     * debugger wants to know: the paths of all that was linked on this machine.
     */
    private List<String> rustcArguments(TargetTriple target, StandardLibrary library) {
        TargetTriple own = project.toolchain().host();
        boolean unstrippable = target.os() == OperatingSystem.MACOS
                && own.os() != OperatingSystem.MACOS
                && !library.hasObjcopy(own)
                && host.which("rust-objcopy").isEmpty();
        return unstrippable ? List.of("-C", "strip=none", "-C", "link-arg=-Wl,-S") : List.of();
    }

    private Linker linker(TargetTriple target, Optional<Setting<String>> glibc) {
        Optional<String> configured = config.linker(target);
        if (configured.isPresent()) {
            glibc.ifPresent(wish -> events.tell(new GlibcLeftToLinker(wish, configured.get())));
            return new Linker.Configured(configured.get());
        }
        if (target.os() == OperatingSystem.EMSCRIPTEN && host.which("emcc").isEmpty()) {
            throw new NoEmscripten(target).asFailure();
        }
        if (isUsual(target) && glibc.isEmpty()) {
            return new Linker.Usual();
        }
        Optional<Path> gcc = glibc.isPresent() || settings.zig().isPresent()
                ? Optional.empty()
                : GccTable.prefix(target).flatMap(prefix -> host.which(prefix + "-gcc"));
        if (gcc.isPresent()) {
            return new Linker.Gcc(gcc.get().toAbsolutePath());
        }
        return zig(target, glibc);
    }

    /** Apple's and Microsoft's own tools link for all machines of their systems. */
    private boolean isUsual(TargetTriple target) {
        TargetTriple own = project.toolchain().host();
        return own.os() == target.os()
                        && (target.os() == OperatingSystem.MACOS
                                || target.os() == OperatingSystem.WINDOWS && target.libc() == CLibrary.MSVC)
                || target.os() == OperatingSystem.EMSCRIPTEN
                || target.os() == OperatingSystem.OTHER;
    }

    private Linker zig(TargetTriple target, Optional<Setting<String>> glibc) {
        Optional<String> name = Zig.target(
                target, target.os() == OperatingSystem.MACOS ? Optional.of(macos(target)) : glibc.map(Setting::value));
        if (zig == null) {
            zig = name.flatMap(it -> Zig.find(host, settings.zig(), pythons, new ProcessRunner(events)));
        }
        if (name.isEmpty() || zig.isEmpty()) {
            throw (glibc.isPresent()
                    ? new NoZig(glibc.get()).asFailure()
                    : new NoLinker(
                                    target,
                                    GccTable.prefix(target).map(prefix -> prefix + "-gcc"),
                                    GccTable.debianPackage(target),
                                    name.isPresent())
                            .asFailure());
        }
        Path directory = launchers.resolve(target.value()).resolve("zig-" + name.get());
        return new Linker.ZigCc(zig.get(), name.get(), directory);
    }

    /** The oldest macOS: as the user says, else as rustc has it. */
    private String macos(TargetTriple target) {
        return config.variable(MACOS_VARIABLE)
                .or(() -> Optional.ofNullable(
                        project.maturin().macosDeploymentTargets().get(target.value())))
                .orElse(target.architecture() == Architecture.AARCH64 ? "11.0" : "10.12");
    }

    private TargetTools tools(
            TargetTriple target, boolean foreign, Linker linker, List<String> rustc, Optional<Path> stdSource) {
        List<String> cargoArguments = new ArrayList<>(foreign ? List.of() : TargetTools.ofHost(project.toolchain()));
        List<String> rustcArguments = new ArrayList<>(rustc);
        Map<String, String> environment = new TreeMap<>();
        if (foreign) {
            cargoArguments.add("--target=" + target);
        }
        List<String> flags = new ArrayList<>();
        if (stdSource.isPresent()) {
            cargoArguments.add("-Zbuild-std=std,panic_abort");
            environment.put("RUSTC_BOOTSTRAP", "1");
            // As in the library that is released: nobody shall read from a wheel where this machine keeps its Rust.
            flags.add("--remap-path-prefix=" + stdSource.get() + "=/rustc");
        }
        if (foreign && target.libc() == CLibrary.MUSL) {
            // A library that Python loads must share the C library with it.
            flags.add("-Ctarget-feature=-crt-static");
        }
        if (!flags.isEmpty()) {
            addFlags(flags, target, cargoArguments, environment);
        }
        if (target.os() == OperatingSystem.MACOS) {
            environment.put(MACOS_VARIABLE, macos(target));
        }
        CompilerEnvironment compilers = new CompilerEnvironment(host, config, target, environment);
        if (linker instanceof Linker.Gcc gcc) {
            compilers.gcc(gcc.program());
        } else if (linker instanceof Linker.ZigCc zigCc) {
            compilers.zig(zigCc, UserCache.of(host).resolve("zig"));
        }
        compilers.linker().ifPresent(program -> {
            if (foreign) {
                environment.put("CARGO_TARGET_" + target.environmentName() + "_LINKER", program);
            } else {
                // Only the crate itself: build scripts and procedural macros are linked for this machine, as always.
                rustcArguments.addAll(List.of("-C", "linker=" + program));
            }
        });
        return new TargetTools(
                target, foreign, linker, stdSource.isPresent(), cargoArguments, rustcArguments, environment);
    }

    /** Flags for all that is compiled for a target. The user's own stay. */
    private void addFlags(
            List<String> flags, TargetTriple target, List<String> cargoArguments, Map<String, String> environment) {
        Optional<List<String>> given = config.rustFlagsOfVariables();
        List<String> all = new ArrayList<>(given.orElseGet(() -> config.rustFlagsOfBuild(target)));
        all.addAll(flags);
        if (given.isPresent()) {
            environment.put("CARGO_ENCODED_RUSTFLAGS", String.join("\u001f", all));
            return;
        }
        cargoArguments.add("--config=target." + target + ".rustflags=["
                + String.join(",", all.stream().map(TomlEdit::quoted).toList())
                + "]");
    }
}
