package io.github.nativemaven.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What it takes to build for another machine, and to run what was built. */
final class OtherMachine {
    private OtherMachine() {}

    /** A rustc that has the standard library of a target: the usual one, else the system's own. */
    static Optional<Path> rustc(String target) {
        return Stream.concat(Programs.find("rustc").stream(), Stream.of(Path.of("/usr/bin/rustc")))
                .filter(Files::isExecutable)
                .filter(rustc -> hasLibrary(rustc, target))
                .findFirst();
    }

    private static boolean hasLibrary(Path rustc, String target) {
        Ran ran = run(Path.of("."), rustc.toString(), "--print", "target-libdir", "--target", target);
        return ran.exitCode() == 0 && Files.isDirectory(Path.of(ran.text()));
    }

    /**
     * Debian's own CPython for 64-bit ARM, unpacked below a folder: its root, and the version. Nothing where this Debian
     * doesn't know that architecture.
     */
    static Optional<Path> python(Path folder) {
        Path root = folder.resolve("root");
        Path system = Path.of("/usr/bin/python3");
        if (!Files.isExecutable(system)
                || !run(Path.of("."), "dpkg", "--print-foreign-architectures")
                        .text()
                        .contains("arm64")) {
            return Optional.empty();
        }
        String name = run(
                        Path.of("."), system.toString(), "-c", "import sys; print('python3.%d' % sys.version_info[1])")
                .text();
        Path program = root.resolve("usr/bin").resolve(name);
        try {
            if (!Files.exists(program)) {
                unpack(folder, root, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(program).filter(Files::isExecutable);
    }

    private static void unpack(Path folder, Path root, String python) throws IOException {
        Path packages = folder.resolve("packages");
        Files.createDirectories(packages);
        Files.createDirectories(root);
        List<String> names = List.of(
                python + "-minimal",
                "lib" + python + "-minimal",
                "lib" + python + "-stdlib",
                "libc6",
                "libgcc-s1",
                "zlib1g",
                "libexpat1");
        String[] command = Stream.concat(
                        Stream.of("apt-get", "-q", "download"), names.stream().map(name -> name + ":arm64"))
                .toArray(String[]::new);
        if (run(packages, command).exitCode() != 0) {
            return;
        }
        try (Stream<Path> files = Files.list(packages)) {
            for (Path file : files.toList()) {
                run(packages, "dpkg", "-x", file.toString(), root.toString());
            }
        }
    }

    private static Ran run(Path folder, String... command) {
        try {
            return Programs.finish(Programs.start(folder, Map.of(), List.of(command)), List.of(command));
        } catch (UncheckedIOException e) {
            return new Ran(List.of(command), 127, "");
        }
    }
}
