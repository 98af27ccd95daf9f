package io.github.nativemaven.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Gives a story what cargo has compiled for another. */
final class BuildDirectories {
    /** What cargo never writes to again: it may be the same file in several places. */
    private static final List<String> FIXED = List.of(".rlib", ".rmeta", ".so", ".dylib", ".dll");

    private BuildDirectories() {}

    /** Copies build directories, their times kept, without what was made of one crate. */
    static void copyWithout(Path from, Path to, String crate) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path inside = from.relativize(file);
                if (isOf(inside, crate)) {
                    continue;
                }
                Path target = to.resolve(inside);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (FIXED.stream().anyMatch(file.toString()::endsWith)) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(Path inside, String crate) {
        for (Path part : inside) {
            if (part.toString().matches("(lib)?" + crate + "\\b.*|incremental")) {
                return true;
            }
        }
        return false;
    }
}
