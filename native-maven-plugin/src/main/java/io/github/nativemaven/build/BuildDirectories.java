package io.github.nativemaven.build;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Build directories, of which a new one starts as a copy of a sibling: cargo then finds everything fresh that doesn't
 * depend on Python, and compiles only the rest.
 */
final class BuildDirectories {
    private static final String MARK = "CACHEDIR.TAG";

    private BuildDirectories() {}

    /**
     * Fills a directory that isn't there yet from the sibling that was used last.
     *
     * @param directory the directory to fill; nothing happens where cargo has used it before
     * @param profileDirectory cargo's directory of the profile that will be built: {@code release}, {@code debug}
     * @return the sibling that it was copied from
     */
    static Optional<Path> seed(Path directory, String profileDirectory) throws IOException {
        if (Files.exists(directory.resolve(profileDirectory)) || Files.exists(directory.resolve(MARK))) {
            return Optional.empty();
        }
        Optional<Path> sibling = sibling(directory, profileDirectory);
        if (sibling.isPresent()) {
            Path aside = directory.resolveSibling(AtomicFiles.ASIDE + directory.getFileName());
            AtomicFiles.deleteTree(aside);
            try {
                copyTree(sibling.get(), aside, profileDirectory);
                moveChildren(aside, directory);
            } finally {
                AtomicFiles.deleteTree(aside);
            }
        }
        return sibling;
    }

    private static Optional<Path> sibling(Path directory, String profileDirectory) throws IOException {
        Path parent = directory.getParent();
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.filter(sibling -> !sibling.equals(directory))
                    .filter(sibling -> !sibling.getFileName().toString().startsWith(AtomicFiles.ASIDE))
                    .filter(sibling ->
                            Files.isDirectory(sibling.resolve(profileDirectory).resolve("deps")))
                    .max(Comparator.comparing(sibling -> lastUse(sibling.resolve(profileDirectory))));
        }
    }

    private static long lastUse(Path directory) {
        try {
            return Files.getLastModifiedTime(directory).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Times are kept to the nanosecond, because cargo compares them; incremental state belongs to one crate alone. */
    private static void copyTree(Path from, Path to, String profileDirectory) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = from.relativize(directory);
                boolean otherProfile = relative.getNameCount() == 1
                        && !relative.toString().isEmpty()
                        && !relative.toString().equals(profileDirectory);
                if (otherProfile || directory.getFileName().toString().equals("incremental")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(relative.toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void moveChildren(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> children;
        try (Stream<Path> listed = Files.list(from)) {
            children = listed.filter(child -> !child.getFileName().toString().equals(".lock"))
                    // The mark of a used directory comes last: without it, the next build starts anew.
                    .sorted(Comparator.comparing(child -> child.endsWith(MARK)))
                    .toList();
        }
        for (Path child : children) {
            AtomicFiles.move(child, to.resolve(child.getFileName().toString()));
        }
    }
}
