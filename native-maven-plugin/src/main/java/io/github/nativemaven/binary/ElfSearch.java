package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Finds libraries as the loader of Linux does, and besides where the build had them, which the loader doesn't know of.
 *
 * <p>The order: the run paths of old ({@code DT_RPATH}) of the file and of those that led to it, {@code LD_LIBRARY_PATH},
 * the file's own run path ({@code DT_RUNPATH}), the build's directories, the system's. Files for another machine, and what
 * is no library at all, are passed over, as the loader passes over the former.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ld.so.8.html">ld.so(8)</a>
 */
public final class ElfSearch implements LibrarySearch {
    private final List<Path> environment;
    private final List<Path> build;
    private final List<Path> system;

    /**
     * @param environment the directories of {@code LD_LIBRARY_PATH}
     * @param build directories in which the build's linker found libraries
     * @param system the directories of {@link SystemDirectories}
     */
    public ElfSearch(List<Path> environment, List<Path> build, List<Path> system) {
        this.environment = List.copyOf(environment);
        this.build = List.copyOf(build);
        this.system = List.copyOf(system);
    }

    @Override
    public Outcome find(String library, BinaryFile needer, List<BinaryFile> ancestors) throws IOException {
        return find(library, (ElfFile) needer, elfs(ancestors));
    }

    @Override
    public boolean isOneForName() {
        return true;
    }

    private static List<ElfFile> elfs(List<BinaryFile> files) {
        return files.stream().map(ElfFile.class::cast).toList();
    }

    private Outcome find(String library, ElfFile needer, List<ElfFile> ancestors) throws IOException {
        List<PassedOver> passedOver = new ArrayList<>();
        if (library.startsWith("/")) {
            Path file = Path.of(library);
            return new Outcome(read(file, needer, passedOver), List.of(file.getParent()), passedOver);
        }
        String name = library.substring(library.lastIndexOf('/') + 1);
        List<Path> searched = new ArrayList<>();
        for (Path directory : directories(needer, ancestors)) {
            searched.add(directory);
            Optional<BinaryFile> found = read(directory.resolve(name), needer, passedOver);
            if (found.isPresent()) {
                return new Outcome(found, searched, passedOver);
            }
        }
        return new Outcome(Optional.empty(), searched, passedOver);
    }

    private Set<Path> directories(ElfFile needer, List<ElfFile> ancestors) {
        Set<Path> directories = new LinkedHashSet<>();
        if (needer.runpath().isEmpty()) {
            add(directories, needer, needer.rpath());
            for (ElfFile ancestor : ancestors) {
                add(directories, ancestor, ancestor.runpath().isEmpty() ? ancestor.rpath() : List.of());
            }
        }
        directories.addAll(environment);
        add(directories, needer, needer.runpath());
        directories.addAll(build);
        directories.addAll(system);
        return directories;
    }

    private static void add(Set<Path> directories, ElfFile owner, List<String> path) {
        String origin = owner.path().toAbsolutePath().getParent().toString();
        for (String text : path) {
            String lib = owner.pointerWidth() == 64 ? "lib64" : "lib";
            String expanded = expand(expand(text, "ORIGIN", origin), "LIB", lib);
            // $PLATFORM, and whatever else there may be, stands for what only a running system knows.
            if (expanded.startsWith("/") && expanded.indexOf('$') < 0) {
                try {
                    directories.add(Path.of(expanded).normalize());
                } catch (InvalidPathException e) {
                    // No directory has such a name.
                }
            }
        }
    }

    private static String expand(String text, String name, String value) {
        return text.replace("${" + name + "}", value)
                .replaceAll("\\$" + name + "(?![A-Za-z0-9_])", Matcher.quoteReplacement(value));
    }

    private static Optional<BinaryFile> read(Path file, ElfFile needer, List<PassedOver> passedOver)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (BinaryFile.read(file.toRealPath()) instanceof ElfFile elf && isForSameMachine(elf, needer)) {
                return Optional.of(elf);
            }
            passedOver.add(new PassedOver(file, Optional.empty()));
        } catch (MalformedBinaryException e) {
            passedOver.add(new PassedOver(file, Optional.of(e.reason())));
        }
        return Optional.empty();
    }

    private static boolean isForSameMachine(ElfFile one, ElfFile other) {
        return one.machine() == other.machine()
                && one.pointerWidth() == other.pointerWidth()
                && one.architecture().equals(other.architecture());
    }
}
