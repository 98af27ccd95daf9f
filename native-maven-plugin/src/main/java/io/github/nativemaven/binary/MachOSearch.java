package io.github.nativemaven.binary;

import io.github.nativemaven.binary.MachOFile.Dependency;
import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds libraries as the loader of macOS does, and besides where the build had them, which the loader doesn't know of.
 *
 * <p>The order: the directories of the environment, then the place that the install name says ({@code @rpath} stands for the
 * run paths of the file and of those that led to it, {@code @loader_path} for the directory of the file that says so, {@code
 * @executable_path} for that of the program), then the build's directories, then those that the loader falls back on. Files
 * that lack one of the needer's machines, and what is no library at all, are passed over.
 *
 * @see <a href="https://keith.github.io/xcode-man-pages/dyld.1.html">dyld(1)</a>
 */
public final class MachOSearch implements LibrarySearch {
    private static final String RPATH = "@rpath/";
    private static final String LOADER = "@loader_path";
    private static final String PROGRAM = "@executable_path";

    private final List<Path> environment;
    private final List<Path> build;
    private final List<Path> fallback;

    /**
     * @param environment the directories of {@code DYLD_LIBRARY_PATH}
     * @param build directories in which the build's linker found libraries
     * @param fallback where the loader looks last: {@code /usr/local/lib}
     */
    public MachOSearch(List<Path> environment, List<Path> build, List<Path> fallback) {
        this.environment = List.copyOf(environment);
        this.build = List.copyOf(build);
        this.fallback = List.copyOf(fallback);
    }

    @Override
    public Outcome find(String library, BinaryFile needer, List<BinaryFile> ancestors) throws IOException {
        List<PassedOver> passedOver = new ArrayList<>();
        Set<Path> searched = new LinkedHashSet<>();
        for (Path file : places(library, needer, ancestors)) {
            searched.add(file.getParent());
            Optional<BinaryFile> found = read(file, library, needer, passedOver);
            if (found.isPresent()) {
                return new Outcome(found, List.copyOf(searched), passedOver);
            }
        }
        return new Outcome(Optional.empty(), List.copyOf(searched), passedOver);
    }

    @Override
    public boolean isOneForName() {
        return false;
    }

    @Override
    public boolean mayBeMissing(String library, BinaryFile needer) {
        for (MachOFile slice : slices(needer)) {
            for (Dependency dependency : slice.dependencies()) {
                if (dependency.name().equals(library) && dependency.kind() != Dependency.Kind.WEAK) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<MachOFile> slices(BinaryFile file) {
        return file instanceof MachOUniversal universal ? universal.slices() : List.of((MachOFile) file);
    }

    private Set<Path> places(String library, BinaryFile needer, List<BinaryFile> ancestors) {
        Set<Path> places = new LinkedHashSet<>();
        String name = library.substring(library.lastIndexOf('/') + 1);
        environment.forEach(directory -> places.add(directory.resolve(name)));
        BinaryFile first = ancestors.isEmpty() ? needer : ancestors.get(ancestors.size() - 1);
        if (library.startsWith(RPATH)) {
            List<BinaryFile> chain = new ArrayList<>(List.of(needer));
            chain.addAll(ancestors);
            for (BinaryFile owner : chain) {
                for (String directory : rpaths(owner)) {
                    place(directory + "/" + library.substring(RPATH.length()), owner, first)
                            .ifPresent(places::add);
                }
            }
        } else {
            place(library, needer, first).ifPresent(places::add);
        }
        build.forEach(directory -> places.add(directory.resolve(name)));
        fallback.forEach(directory -> places.add(directory.resolve(name)));
        return places;
    }

    private static Set<String> rpaths(BinaryFile owner) {
        Set<String> rpaths = new LinkedHashSet<>();
        slices(owner).forEach(slice -> rpaths.addAll(slice.rpaths()));
        return rpaths;
    }

    /** Where a text leads; empty where only a running system knows. */
    private static Optional<Path> place(String text, BinaryFile owner, BinaryFile first) {
        String place = text;
        if (text.startsWith(LOADER + "/")) {
            place = directory(owner) + text.substring(LOADER.length());
        } else if (text.startsWith(PROGRAM + "/") && slices(first).stream().noneMatch(MachOFile::isShared)) {
            place = directory(first) + text.substring(PROGRAM.length());
        }
        try {
            return place.startsWith("/") ? Optional.of(Path.of(place).normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path directory(BinaryFile file) {
        return file.path().toAbsolutePath().getParent();
    }

    private static Optional<BinaryFile> read(Path file, String library, BinaryFile needer, List<PassedOver> passedOver)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            BinaryFile read = BinaryFile.read(file.toRealPath());
            if (read.format() == BinaryFile.Format.MACH_O
                    && read.architectures().containsAll(machines(library, needer))) {
                return Optional.of(read);
            }
            passedOver.add(new PassedOver(file, Optional.empty()));
        } catch (MalformedBinaryException e) {
            passedOver.add(new PassedOver(file, Optional.of(e.reason())));
        }
        return Optional.empty();
    }

    /** The machines on which the file needs the library. */
    private static List<Architecture> machines(String library, BinaryFile needer) {
        List<Architecture> machines = new ArrayList<>();
        for (MachOFile slice : slices(needer)) {
            if (slice.needed().contains(library)) {
                machines.addAll(slice.architectures());
            }
        }
        return machines;
    }
}
