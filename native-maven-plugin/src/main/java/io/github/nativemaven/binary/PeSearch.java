package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds DLLs as Windows does, and besides where the build had them, which Windows doesn't know of.
 *
 * <p>The order: beside the file that needs it, the directories of the environment, the build's, the compiler's own. Where a
 * directory is called {@code lib}, the {@code bin} beside it is looked into, too: there lies the DLL of an import library.
 * Case doesn't matter. Files for another machine, and what is no library at all, are passed over.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order">search order</a>
 */
public final class PeSearch implements LibrarySearch {
    private final List<Path> environment;
    private final List<Path> build;
    private final List<Path> compiler;
    private final Map<Path, Map<String, Path>> listed = new HashMap<>();

    /**
     * @param environment the directories that the user names
     * @param build directories in which the build's linker found libraries
     * @param compiler the directories of {@link MingwDirectories}
     */
    public PeSearch(List<Path> environment, List<Path> build, List<Path> compiler) {
        this.environment = List.copyOf(environment);
        this.build = List.copyOf(build);
        this.compiler = List.copyOf(compiler);
    }

    @Override
    public Outcome find(String library, BinaryFile needer, List<BinaryFile> ancestors) throws IOException {
        List<PassedOver> passedOver = new ArrayList<>();
        List<Path> searched = new ArrayList<>();
        for (Path directory : directories(needer)) {
            searched.add(directory);
            Path file = files(directory).get(library.toLowerCase(Locale.ROOT));
            Optional<BinaryFile> found = file == null ? Optional.empty() : read(file, needer, passedOver);
            if (found.isPresent()) {
                return new Outcome(found, searched, passedOver);
            }
        }
        return new Outcome(Optional.empty(), searched, passedOver);
    }

    @Override
    public boolean isOneForName() {
        return true;
    }

    /** {@inheritDoc} What is loaded when it is first used may never be. */
    @Override
    public boolean mayBeMissing(String library, BinaryFile needer) {
        return ((PeFile) needer)
                .libraries().stream()
                        .filter(needed -> needed.library().equals(library))
                        .allMatch(PeFile.Import::delayed);
    }

    private Set<Path> directories(BinaryFile needer) {
        Set<Path> directories = new LinkedHashSet<>();
        directories.add(needer.path().toAbsolutePath().getParent());
        directories.addAll(environment);
        for (Path directory : build) {
            directories.add(directory);
            if (directory.endsWith("lib")) {
                directories.add(directory.resolveSibling("bin"));
            }
        }
        directories.addAll(compiler);
        return directories;
    }

    /** The DLLs of a directory by their names in lower case; of two that differ in case only, the first. */
    private Map<String, Path> files(Path directory) throws IOException {
        Map<String, Path> known = listed.get(directory);
        if (known != null) {
            return known;
        }
        Map<String, Path> files = new HashMap<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                for (Path file : all) {
                    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                    if (!name.endsWith(".a") && !name.endsWith(".o")) {
                        files.merge(name, file, (one, other) -> one.compareTo(other) < 0 ? one : other);
                    }
                }
            }
        }
        listed.put(directory, files);
        return files;
    }

    private static Optional<BinaryFile> read(Path file, BinaryFile needer, List<PassedOver> passedOver)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            BinaryFile read = BinaryFile.read(file.toRealPath());
            if (read.format() == BinaryFile.Format.PE && read.architectures().equals(needer.architectures())) {
                return Optional.of(read);
            }
            passedOver.add(new PassedOver(file, Optional.empty()));
        } catch (MalformedBinaryException e) {
            passedOver.add(new PassedOver(file, Optional.of(e.reason())));
        }
        return Optional.empty();
    }
}
