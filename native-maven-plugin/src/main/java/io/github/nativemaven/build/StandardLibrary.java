package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rust's own library for a target, as rustc says.
 *
 * @param directory where it would be
 * @param sysroot rustc's own directory
 * @param installed whether it is there
 */
public record StandardLibrary(Path directory, Path sysroot, boolean installed) {

    /**
     * rustc has no library for a target.
     *
     * @param target the target
     * @param directory where it would be
     */
    public record Missing(TargetTriple target, Path directory) implements Problem {}

    /**
     * The source of Rust's library is missing, which is to be compiled.
     *
     * @param target the target
     * @param directory where it would be
     */
    public record NoSource(TargetTriple target, Path directory) implements Problem {}

    /** rustc knows no such target. */
    public record UnknownTarget(TargetTriple target, String rustc) implements Problem {}

    static StandardLibrary of(Cargo cargo, Path directory, TargetTriple target, String rustc) {
        List<String> lines = cargo.rustcPrints(
                        directory, "--print", "target-libdir", "--print", "sysroot", "--target", target.value())
                .filter(printed -> printed.size() >= 2)
                .orElseThrow(() -> new UnknownTarget(target, rustc).asFailure());
        Path library = Path.of(lines.get(0));
        return new StandardLibrary(library, Path.of(lines.get(1)), hasCore(library));
    }

    private static boolean hasCore(Path directory) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "libcore-*")) {
            return found.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether rustc can strip libraries of systems that the machine's own tools don't know. */
    boolean hasObjcopy(TargetTriple host) {
        return Files.isExecutable(
                sysroot.resolve("lib/rustlib").resolve(host.value()).resolve("bin/rust-objcopy"));
    }

    /** Whether it must be compiled; it is a problem where that isn't wanted, or can't be done. */
    boolean mustBeBuilt(TargetTriple target, boolean wanted) {
        if (installed) {
            return false;
        }
        if (!wanted) {
            throw new Missing(target, directory).asFailure();
        }
        return source(sysroot).map(there -> true).orElseThrow(() -> new NoSource(target, sysroot).asFailure());
    }

    private static Optional<Path> source(Path sysroot) {
        return Optional.of(sysroot.resolve("lib/rustlib/src/rust/library/std/Cargo.toml"))
                .filter(Files::isRegularFile);
    }
}
