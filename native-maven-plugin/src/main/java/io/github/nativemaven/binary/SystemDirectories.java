package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** The directories in which a Linux system has its libraries, and those of its compilers for other machines. */
public final class SystemDirectories {
    private final Path root;
    private final Set<Path> found = new LinkedHashSet<>();
    private final Set<Path> read = new HashSet<>();

    private SystemDirectories(Path root) {
        this.root = root;
    }

    /**
     * What the loader is configured to search ({@code /etc/ld.so.conf} and what it includes, for musl {@code
     * /etc/ld-musl-x86_64.path}), the loader's own directories, and those of Debian's cross compilers.
     *
     * @param root the system's root directory
     * @return in the order of search; only those that are there
     */
    public static List<Path> of(Path root, Architecture architecture, CLibrary libc) throws IOException {
        SystemDirectories directories = new SystemDirectories(root);
        if (libc == CLibrary.MUSL) {
            directories.readMuslPath(
                    root.resolve("etc/ld-musl-" + architecture.linux().toLowerCase(Locale.ROOT) + ".path"));
        } else {
            directories.readConfiguration(root.resolve("etc/ld.so.conf"));
        }
        String multiarch = multiarch(architecture, libc);
        directories.add("lib/" + multiarch, "usr/lib/" + multiarch);
        if (architecture.pointerWidth() == 64) {
            directories.add("lib64", "usr/lib64");
        }
        directories.add("lib", "usr/local/lib", "usr/lib", "usr/" + multiarch + "/lib");
        return List.copyOf(directories.found);
    }

    /** The directory's name below {@code /usr/lib}, as Debian has it: {@code arm-linux-gnueabihf}. */
    private static String multiarch(Architecture architecture, CLibrary libc) {
        String system = libc == CLibrary.MUSL ? "-linux-musl" : "-linux-gnu";
        return switch (architecture) {
            case I686 -> "i386" + system;
            case ARMV7L, ARMV6L -> "arm" + system + "eabihf";
            case PPC64LE -> "powerpc64le" + system;
            case PPC64 -> "powerpc64" + system;
            default -> architecture.linux() + system;
        };
    }

    private void add(String... names) {
        for (String name : names) {
            addDirectory(root.resolve(name));
        }
    }

    private void addDirectory(Path directory) {
        if (Files.isDirectory(directory)) {
            found.add(directory);
        }
    }

    private void readMuslPath(Path file) throws IOException {
        if (Files.isReadable(file)) {
            for (String directory : Files.readString(file).split("[:\n]")) {
                addAbsolute(directory.strip());
            }
        }
    }

    private void addAbsolute(String text) {
        if (text.startsWith("/")) {
            addDirectory(root.resolve(text.substring(1)));
        }
    }

    /** @see <a href="https://man7.org/linux/man-pages/man8/ldconfig.8.html">ldconfig(8)</a> */
    private void readConfiguration(Path file) throws IOException {
        if (!Files.isReadable(file) || !Files.isRegularFile(file) || !read.add(file)) {
            return;
        }
        for (String line : Files.readAllLines(file)) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ") || text.startsWith("include\t")) {
                for (String pattern : text.substring("include".length()).strip().split("\\s+")) {
                    include(file, pattern);
                }
            } else {
                addAbsolute(text.replaceFirst("[=\\s].*", ""));
            }
        }
    }

    private void include(Path from, String pattern) throws IOException {
        Path path = pattern.startsWith("/") ? root.resolve(pattern.substring(1)) : from.resolveSibling(pattern);
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(path.getParent())) {
            try (DirectoryStream<Path> matching = Files.newDirectoryStream(
                    path.getParent(), path.getFileName().toString())) {
                matching.forEach(files::add);
            } catch (PatternSyntaxException e) {
                return;
            }
        }
        Collections.sort(files);
        for (Path file : files) {
            readConfiguration(file);
        }
    }
}
