package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directories in which MinGW's cross compilers have their own DLLs: {@code libgcc_s_seh-1.dll} and its like. */
public final class MingwDirectories {
    private MingwDirectories() {}

    /**
     * Those of Debian and Fedora.
     *
     * @param root the system's root directory
     * @return in the order of search; only those that are there
     */
    public static List<Path> of(Path root, Architecture architecture) throws IOException {
        String name = architecture.rust() + "-w64-mingw32";
        Path own = root.resolve("usr").resolve(name);
        List<Path> directories = new ArrayList<>(Stream.of("lib", "bin", "sys-root/mingw/bin", "sys-root/mingw/lib")
                .map(own::resolve)
                .toList());
        directories.addAll(versions(root.resolve("usr/lib/gcc").resolve(name)));
        return directories.stream().filter(Files::isDirectory).toList();
    }

    /** Of the two kinds of threads that Debian has, that first whose libraries need no other: {@code 12-win32}. */
    private static List<Path> versions(Path compiler) throws IOException {
        List<Path> versions = new ArrayList<>();
        if (Files.isDirectory(compiler)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(compiler)) {
                all.forEach(versions::add);
            }
        }
        versions.sort(Comparator.reverseOrder());
        return versions;
    }
}
