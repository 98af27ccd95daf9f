package io.github.nativemaven.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Changes the machine for a moment: a PATH that lacks something, a folder that is locked, a disk that is small. */
final class Machine {
    private Machine() {}

    /** Fills a folder with links to all programs of the PATH but some. */
    static void linkPrograms(Path folder, Predicate<String> left) {
        try {
            Files.createDirectories(folder);
            for (String directory : System.getenv("PATH").split(Pattern.quote(File.pathSeparator))) {
                linkPrograms(Path.of(directory), folder, left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void linkPrograms(Path from, Path to, Predicate<String> left) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> programs = Files.list(from)) {
            for (Path program : programs.filter(Files::isExecutable).toList()) {
                Path link = to.resolve(program.getFileName());
                if (!left.test(program.getFileName().toString()) && Files.notExists(link)) {
                    Files.createSymbolicLink(link, program);
                }
            }
        }
    }

    static boolean canLock(Path trial) {
        try {
            Files.createDirectories(trial);
            lock(trial, true);
            try {
                Files.createFile(trial.resolve("file"));
                return false;
            } catch (IOException e) {
                return true;
            } finally {
                lock(trial, false);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a folder one that nobody writes to; root, whom no mode stops, is stopped by the file system's own mark. */
    static void lock(Path folder, boolean locked) throws IOException {
        if (isRoot(folder)) {
            succeeds("chattr", locked ? "+i" : "-i", folder.toString());
        } else if (!folder.toFile().setWritable(!locked)) {
            throw new IOException("mode of " + folder);
        }
    }

    private static boolean isRoot(Path mine) throws IOException {
        return Files.getOwner(mine).getName().equals("root");
    }

    static boolean canMount(Path trial) {
        try {
            Files.createDirectories(trial);
            return succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "small", trial.toString())
                    && succeeds("umount", trial.toString());
        } catch (IOException e) {
            return false;
        }
    }

    static void mount(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        if (!succeeds("mount", "-t", "tmpfs", "-o", "size=" + size, "small", folder.toString())) {
            throw new IOException("mount " + folder);
        }
    }

    static void unmount(Path folder) throws IOException {
        if (!succeeds("umount", folder.toString())) {
            throw new IOException("umount " + folder);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            List<String> line = List.of(command);
            return Programs.finish(Programs.start(Path.of("."), Map.of(), line), line)
                            .exitCode()
                    == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
