package io.github.nativemaven.build;

import io.github.nativemaven.cargo.CargoConfig;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables by which build scripts find a C compiler for a target. Those that the user has set stay as they are.
 *
 * @see <a href="https://docs.rs/cc/latest/cc/#external-configuration-via-environment-variables">the crate cc</a>
 */
final class CompilerEnvironment {
    private final Host host;
    private final CargoConfig config;
    private final TargetTriple target;
    private final Map<String, String> environment;
    private Optional<String> linker = Optional.empty();

    /** @param environment where variables are added */
    CompilerEnvironment(Host host, CargoConfig config, TargetTriple target, Map<String, String> environment) {
        this.host = host;
        this.config = config;
        this.target = target;
        this.environment = environment;
    }

    /** The program that links; empty where cargo knows it already. */
    Optional<String> linker() {
        return linker;
    }

    void gcc(Path gcc) {
        String name = gcc.getFileName().toString();
        linker = Optional.of(gcc.toString());
        set("CC", gcc.toString());
        for (Map.Entry<String, String> tool : Map.of("CXX", "g++", "AR", "ar").entrySet()) {
            Path program = gcc.resolveSibling(name.replace("gcc", tool.getValue()));
            if (Files.isExecutable(program)) {
                set(tool.getKey(), program.toString());
            }
        }
        // Beside the programs lies a foreign system's root, as Fedora has it, or only its headers, as in Debian.
        Path place = gcc.resolveSibling("..")
                .resolve(name.replace("-gcc", "").replace(".exe", ""))
                .toAbsolutePath()
                .normalize();
        Path root = place.resolve("sys-root");
        Path include = place.resolve("include");
        if (Files.isDirectory(root)) {
            setClangArguments(List.of("--sysroot=" + root));
        } else if (Files.isDirectory(include)) {
            setClangArguments(List.of("-I" + include));
        }
    }

    void zig(Linker.ZigCc zig, Path cache) {
        boolean windows = host.os() == OperatingSystem.WINDOWS;
        linker = Optional.of(program(zig, "cc", windows));
        set("CC", program(zig, "cc", windows));
        set("CXX", program(zig, "cxx", windows));
        set("AR", program(zig, "ar", windows));
        set("RANLIB", program(zig, "ranlib", windows));
        List.of("ZIG_GLOBAL_CACHE_DIR", "ZIG_LOCAL_CACHE_DIR").forEach(name -> {
            if (config.variable(name).isEmpty()) {
                environment.put(name, cache.toString());
            }
        });
        if (target.os() == OperatingSystem.LINUX) {
            setClangArguments(zigHeaders(zig));
        }
    }

    private static String program(Linker.ZigCc zig, String tool, boolean windows) {
        return ZigLaunchers.program(zig.launchers(), tool, windows).toString();
    }

    /** Where zig keeps a C library's headers, those of the machine first. */
    private List<String> zigHeaders(Linker.ZigCc zig) {
        String name = zig.target().replaceFirst("(gnu\\w*)\\..*", "$1");
        String libc = name.contains("musl") ? "musl" : "glibc";
        String machine = target.architecture() == Architecture.I686 ? "x86" : name.substring(0, name.indexOf('-'));
        Path include = zig.zig().program().resolveSibling("lib").resolve("libc").resolve("include");
        return Stream.of(name, "generic-" + libc, machine + "-linux-any", "any-linux-any")
                .map(include::resolve)
                .filter(Files::isDirectory)
                .map(directory -> "-isystem" + directory)
                .toList();
    }

    private void setClangArguments(List<String> arguments) {
        String all = Stream.concat(Stream.of("--target=" + target), arguments.stream())
                .map(argument -> argument.contains(" ") ? "'" + argument + "'" : argument)
                .collect(Collectors.joining(" "));
        set("BINDGEN_EXTRA_CLANG_ARGS", all);
    }

    /** A variable for this target alone, unless the user says something about it in any of the usual ways. */
    private void set(String variable, String value) {
        String underscored = target.value().replace('-', '_');
        boolean given = Stream.of(variable + "_" + target, variable + "_" + underscored, "TARGET_" + variable)
                .anyMatch(name -> config.variable(name).isPresent());
        if (!given) {
            environment.put(variable + "_" + underscored, value);
        }
    }
}
