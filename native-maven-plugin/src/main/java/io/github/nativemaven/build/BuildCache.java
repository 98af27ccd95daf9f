package io.github.nativemaven.build;

import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.ByteSize;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All build directories of one place, which shall not grow without end. */
public final class BuildCache {
    /** Below the place: the project where it is shared, the target, and the unit. */
    private static final int DEEPEST = 3;

    private static final String OLD = AtomicFiles.ASIDE + "old";

    private final Path root;
    private final Events events;

    /** @param root where build directories lie; nothing else in it is touched */
    public BuildCache(Path root, Events events) {
        this.root = root;
        this.events = events;
    }

    private record Used(Path directory, FileTime time, long bytes) {}

    /**
     * Empties those directories that were used longest ago, until the others are small enough.
     *
     * @param kept directories that stay, however large they are
     */
    public void trim(ByteSize limit, Collection<Path> kept) throws IOException {
        List<Used> all = used();
        long total = all.stream().mapToLong(Used::bytes).sum();
        for (Used oldest : all) {
            if (total <= limit.bytes()) {
                return;
            }
            if (!kept.contains(oldest.directory()) && empty(oldest.directory())) {
                events.tell(new BuildEvent.Emptied(oldest.directory(), oldest.bytes(), limit));
                total -= oldest.bytes();
            }
        }
    }

    /** The one that was used longest ago comes first: a directory's time is when a build last left it. */
    private List<Used> used() throws IOException {
        List<Path> directories;
        try (Stream<Path> found = Files.walk(root, DEEPEST)) {
            directories = found.filter(BuildCache::isBuildDirectory).toList();
        }
        List<Used> all = new ArrayList<>();
        for (Path directory : directories) {
            all.add(new Used(directory, Files.getLastModifiedTime(directory), size(directory)));
        }
        all.sort(Comparator.comparing(Used::time));
        return all;
    }

    /** What cargo and we have used; cargo's own directories have no lock of ours. */
    private static boolean isBuildDirectory(Path directory) {
        return Files.isRegularFile(directory.resolve(DirectoryLock.FILE))
                && (Files.isRegularFile(directory.resolve(BuildDirectories.MARK))
                        || Files.isDirectory(directory.resolve(OLD)));
    }

    private static long size(Path directory) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    /** Whether it could be done: a directory that a build uses stays. Its lock stays, too, since others may wait for it. */
    private static boolean empty(Path directory) throws IOException {
        Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(directory);
        if (lock.isEmpty()) {
            return false;
        }
        try (DirectoryLock held = lock.get()) {
            Path old = Files.createDirectories(directory.resolve(OLD));
            List<Path> children;
            try (Stream<Path> listed = Files.list(directory)) {
                children = listed.filter(child -> !child.equals(old) && !child.endsWith(DirectoryLock.FILE))
                        .toList();
            }
            for (Path child : children) {
                AtomicFiles.deleteTree(old.resolve(child.getFileName()));
                AtomicFiles.move(child, old.resolve(child.getFileName()));
            }
            AtomicFiles.deleteTree(old);
            return true;
        }
    }
}
