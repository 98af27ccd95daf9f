package io.github.nativemaven.install;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Changes to the files of an environment that all happen or none: new files are made ready aside, replaced and removed
 * ones are kept aside until everything has gone well.
 *
 * <p>A file is replaced in one step, so that a Python that has it open keeps the old one whole, and one that opens it
 * finds either. A JVM that is asked to end while files are exchanged ends after that.
 */
final class Transaction implements AutoCloseable {
    private final Path aside;
    private final ReentrantLock exchanging = new ReentrantLock();
    private final Thread hook = new Thread(this::awaitExchange);
    private final Deque<Undo> undo = new ArrayDeque<>();
    private int count;

    private interface Undo {
        void run() throws IOException;
    }

    /** Changes to a file system. */
    interface Changes {
        void make() throws IOException;
    }

    /**
     * @param directory on the file system of the files, not searched by Python for names like those of files aside:
     *     {@code site-packages}
     */
    Transaction(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.aside = directory.resolve(
                AtomicFiles.ASIDE + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        Files.createDirectory(aside);
    }

    /** Removes what transactions left that were cut off. Nobody else may have one in the directory. */
    static void clean(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Transaction::isAside).toList()) {
                deleteIfPossible(entry);
            }
        }
    }

    private static boolean isAside(Path path) {
        return path.getFileName().toString().startsWith(AtomicFiles.ASIDE);
    }

    /** A path to make a new file at, to be {@link #put} in its place later. */
    Path fresh() {
        return aside.resolve(Integer.toString(count++));
    }

    /** Makes changes by {@link #put} and {@link #remove}, all of them or none. */
    void exchange(Changes changes) throws IOException {
        boolean hooked = addHook();
        exchanging.lock();
        try {
            changeOrUndo(changes);
        } finally {
            exchanging.unlock();
            if (hooked) {
                removeHook();
            }
        }
    }

    private void changeOrUndo(Changes changes) throws IOException {
        boolean done = false;
        try {
            changes.make();
            done = true;
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (IOException e) {
                // The others shall still be undone.
            }
        }
    }

    /** Moves a file that is ready to its place, making directories as needed. What is there is replaced. */
    void put(Path ready, Path target, Path root) throws IOException {
        makeDirectories(target.getParent(), root);
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            Path old = fresh();
            linkOrCopy(target, old);
            undo.push(() -> AtomicFiles.move(old, target));
            replace(ready, target);
        } else {
            remove(target);
            undo.push(() -> Files.deleteIfExists(target));
            AtomicFiles.move(ready, target);
        }
    }

    private void replace(Path ready, Path target) throws IOException {
        try {
            AtomicFiles.move(ready, target);
        } catch (IOException e) {
            // Windows doesn't replace a library that is loaded, but it lets it be renamed.
            AtomicFiles.move(target, fresh());
            AtomicFiles.move(ready, target);
        }
    }

    private static void linkOrCopy(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Takes a file or a whole directory away, if it is there. A symbolic link is taken away itself. */
    void remove(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path old = fresh();
        AtomicFiles.move(target, old);
        undo.push(() -> AtomicFiles.move(old, target));
    }

    /** Takes a directory away if it's empty. */
    boolean removeIfEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return false;
        }
        undo.push(() -> Files.createDirectories(directory));
        return true;
    }

    private void makeDirectories(Path directory, Path root) throws IOException {
        refuseLinks(directory, root);
        List<Path> missing = new ArrayList<>();
        for (Path d = directory; d != null && !Files.isDirectory(d); d = d.getParent()) {
            missing.add(0, d);
        }
        for (Path d : missing) {
            Files.createDirectory(d);
            undo.push(() -> Files.deleteIfExists(d));
        }
    }

    /** Somebody's link to a source tree must not have files of a distribution written through it. */
    private static void refuseLinks(Path directory, Path root) throws IOException {
        for (Path d = directory; d != null && d.startsWith(root) && !d.equals(root); d = d.getParent()) {
            if (Files.isSymbolicLink(d)) {
                throw new FileSystemException(d.toString(), null, "a symbolic link is in the way");
            }
        }
    }

    private void awaitExchange() {
        exchanging.lock();
        exchanging.unlock();
    }

    private boolean addHook() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs or has run.
        }
    }

    private static void deleteIfPossible(Path tree) {
        try {
            AtomicFiles.deleteTree(tree);
        } catch (IOException e) {
            // A library that is loaded on Windows; the next transaction cleans up.
        }
    }

    /** Removes what lies aside. */
    @Override
    public void close() {
        deleteIfPossible(aside);
    }
}
