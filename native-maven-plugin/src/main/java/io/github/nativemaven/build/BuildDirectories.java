package io.github.nativemaven.build;

import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Build directories, of which a new one starts as a copy of a sibling: cargo then finds everything fresh that doesn't
 * depend on Python, and compiles only the rest.
 */
final class BuildDirectories {
    static final String MARK = "CACHEDIR.TAG";
    private static final String INCREMENTAL = "incremental";

    private BuildDirectories() {}

    /** The file that is in a directory while cargo works there. */
    static Path mark(Path directory) {
        return directory.resolve(AtomicFiles.ASIDE + "in-use");
    }

    /** Whether cargo has never built this profile there. */
    static boolean isNew(Path directory, String profileDirectory) {
        return !Files.exists(directory.resolve(profileDirectory)) && !Files.exists(directory.resolve(MARK));
    }

    /**
     * Fills a directory that isn't there yet from the sibling that was used last and isn't used now. Nobody sees it half
     * filled: what cargo looks for is moved there in one step. Where that is impossible, it stays empty.
     *
     * @param directory the directory to fill; nothing happens where cargo has used it before
     * @param profileDirectory cargo's directory of the profile that will be built: {@code release}, {@code debug}
     * @return the sibling that it was copied from
     */
    static Optional<Path> seed(Path directory, String profileDirectory, Events events) throws IOException {
        if (!isNew(directory, profileDirectory)) {
            return Optional.empty();
        }
        for (Path sibling : siblings(directory, profileDirectory)) {
            try {
                if (copy(sibling, directory, profileDirectory)) {
                    return Optional.of(sibling);
                }
            } catch (FileSystemException e) {
                String reason = e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
                events.tell(new BuildEvent.NotSeeded(directory, sibling, reason));
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether nothing happened in the sibling meanwhile: a mark that comes or goes changes the directory's own time. */
    private static boolean copy(Path sibling, Path directory, String profileDirectory) throws IOException {
        Path aside = directory.resolveSibling(AtomicFiles.ASIDE + directory.getFileName());
        AtomicFiles.deleteTree(aside);
        try {
            FileTime time = Files.getLastModifiedTime(sibling);
            copyTree(sibling, aside, profileDirectory);
            boolean untouched = !isInUse(sibling) && time.equals(Files.getLastModifiedTime(sibling));
            if (untouched) {
                moveChildren(aside, directory);
            }
            return untouched;
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            AtomicFiles.deleteTree(aside);
        }
    }

    private static boolean isInUse(Path directory) {
        return Files.exists(mark(directory));
    }

    /** The one that was used last comes first. */
    private static List<Path> siblings(Path directory, String profileDirectory) throws IOException {
        Path parent = directory.getParent();
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.filter(sibling -> !sibling.equals(directory))
                    .filter(sibling -> !sibling.getFileName().toString().startsWith(AtomicFiles.ASIDE))
                    .filter(sibling -> !isInUse(sibling))
                    .filter(sibling ->
                            Files.isDirectory(sibling.resolve(profileDirectory).resolve("deps")))
                    .sorted(Comparator.comparing((Path sibling) -> lastUse(sibling.resolve(profileDirectory)))
                            .reversed())
                    .toList();
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
        String triple = from.toAbsolutePath().getParent().getFileName().toString();
        Set<String> shared = shared(from, triple, profileDirectory);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = from.relativize(directory);
                if (!relative.toString().isEmpty() && !isWanted(relative, triple, profileDirectory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(relative.toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file).toString());
                if (shared.contains(extension(file)) && link(file, attributes, copy)) {
                    return FileVisitResult.CONTINUE;
                }
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isSymbolicLink()) {
                    // A copy's own time is only exact to the microsecond in older JDKs.
                    Files.setLastModifiedTime(copy, attributes.lastModifiedTime());
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * What kinds of files may be one file in both directories. rustc writes an archive aside and moves it into place, so that
     * nobody else's changes. It does the same with metadata, unless it compiles incrementally: then it may leave the old
     * file, whose time cargo sets.
     */
    private static Set<String> shared(Path from, String triple, String profileDirectory) {
        boolean incremental = Stream.of(from, from.resolve(triple))
                .anyMatch(place -> Files.exists(place.resolve(profileDirectory).resolve(INCREMENTAL)));
        return incremental ? Set.of("rlib") : Set.of("rlib", "rmeta");
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether it could be done. Windows, where files have no key, doesn't replace a file that somebody reads by any of its names. */
    private static boolean link(Path file, BasicFileAttributes attributes, Path link) {
        if (attributes.fileKey() == null || !attributes.isRegularFile()) {
            return false;
        }
        try {
            Files.createLink(link, file);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The profile, also below the name of the target, where cargo was told one. */
    private static boolean isWanted(Path relative, String triple, String profileDirectory) {
        Path inside = relative.startsWith(triple) && relative.getNameCount() > 1
                ? relative.subpath(1, relative.getNameCount())
                : relative;
        boolean incremental = inside.getNameCount() == 2 && inside.endsWith(INCREMENTAL);
        return relative.toString().equals(triple) || inside.startsWith(profileDirectory) && !incremental;
    }

    private static void moveChildren(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> children;
        try (Stream<Path> listed = Files.list(from)) {
            children = listed.filter(child -> !child.getFileName().toString().equals(DirectoryLock.FILE))
                    // The mark of a used directory comes last: without it, the next build starts anew.
                    .sorted(Comparator.comparing(child -> child.endsWith(MARK)))
                    .toList();
        }
        for (Path child : children) {
            AtomicFiles.move(child, to.resolve(child.getFileName().toString()));
        }
    }
}
