package io.github.nativemaven.python;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The Pythons of a target that isn't this machine: those whose files lie in {@code PYO3_CROSS_LIB_DIR}, else those that a
 * table says.
 */
public final class TargetPythons {
    /** Names another machine's Python by the directory of its library. */
    public static final String LIBRARY_VARIABLE = "PYO3_CROSS_LIB_DIR";

    private static final String VERSION_VARIABLE = "PYO3_CROSS_PYTHON_VERSION";

    private final Host host;
    private final Function<List<String>, List<Interpreter>> search;
    private final Predicate<Python> suitable;

    /**
     * @param search finds interpreters of this machine, whose versions are taken where no version is asked for
     * @param suitable whether a Python is meant by a range, or by {@code all}
     */
    public TargetPythons(Host host, Function<List<String>, List<Interpreter>> search, Predicate<Python> suitable) {
        this.host = host;
        this.search = search;
        this.suitable = suitable;
    }

    /**
     * A Python that was asked for, and of which nothing is known for this target.
     *
     * @param asked the user's words
     * @param target the target
     * @param library the directory that was looked in, where one is named
     * @param found what is there, or can be computed
     */
    public record NotKnown(String asked, TargetTriple target, Optional<Path> library, List<String> found)
            implements Problem {}

    /**
     * The directory of another machine's Python holds none.
     *
     * @param variable the variable that names it
     * @param directory the directory
     */
    public record NoLibrary(String variable, Path directory) implements Problem {}

    /** The Pythons that are asked for, each ABI once, in the order of asking. */
    public List<TargetPython> find(TargetTriple target, List<String> asked) {
        Optional<Path> library = host.variable(LIBRARY_VARIABLE).map(Path::of);
        List<TargetPython> there = library.map(TargetPythons::read).orElse(List.of());
        if (library.isPresent() && asked.isEmpty()) {
            return there;
        }
        List<String> words =
                asked.isEmpty() ? host.variable(VERSION_VARIABLE).stream().toList() : asked;
        Map<String, TargetPython> byAbi = new LinkedHashMap<>();
        List<TargetPython> found = words.isEmpty() ? ofThisMachine(target, List.of()) : new ArrayList<>();
        for (String word : words) {
            found.addAll(library.isPresent() ? ofLibrary(word, target, library.get(), there) : computed(word, target));
        }
        found.forEach(python -> byAbi.putIfAbsent(python.pythonTag() + "-" + python.abiTag(), python));
        return List.copyOf(byAbi.values());
    }

    private static List<TargetPython> read(Path directory) {
        try {
            List<TargetPython> found = CrossLibrary.read(directory);
            if (found.isEmpty()) {
                throw new NoLibrary(LIBRARY_VARIABLE, directory).asFailure();
            }
            return found;
        } catch (IOException e) {
            throw new NoLibrary(LIBRARY_VARIABLE, directory).asFailure(e);
        }
    }

    private List<TargetPython> ofThisMachine(TargetTriple target, List<String> words) {
        return new ArrayList<>(search.apply(words).stream()
                .map(i -> TargetPython.of(target, i.implementation(), i.version(), i.freeThreaded()))
                .toList());
    }

    private List<TargetPython> ofLibrary(String word, TargetTriple target, Path library, List<TargetPython> there) {
        Wanted wanted = parse(word);
        List<TargetPython> found = there.stream()
                .filter(python -> wanted instanceof Wanted.All
                        || wanted instanceof Wanted.Range range && isIn(range, python)
                        || version(wanted).filter(it -> isSame(it, python)).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw new NotKnown(word, target, Optional.of(library), names(there)).asFailure();
        }
        return found;
    }

    private static boolean isSame(Wanted.Version wanted, TargetPython python) {
        return python.implementation() == wanted.implementation()
                && python.version().equals(wanted.version())
                && python.freeThreaded() == wanted.freeThreaded();
    }

    private List<TargetPython> computed(String word, TargetTriple target) {
        Wanted wanted = parse(word);
        Optional<Wanted.Version> version = version(wanted);
        if (version.isPresent()) {
            return List.of(ofTable(word, target, version.get()));
        }
        if (wanted instanceof Wanted.File || wanted instanceof Wanted.Name) {
            return ofThisMachine(target, List.of(word));
        }
        List<TargetPython> found = TargetPython.all(target).stream()
                .filter(suitable)
                .filter(python -> !(wanted instanceof Wanted.Range range) || isIn(range, python))
                .toList();
        if (found.isEmpty()) {
            throw notKnown(word, target);
        }
        return found;
    }

    private static TargetPython ofTable(String word, TargetTriple target, Wanted.Version wanted) {
        if (!TargetPython.isKnown(wanted.implementation(), wanted.version(), wanted.freeThreaded())) {
            throw notKnown(word, target);
        }
        return TargetPython.of(target, wanted.implementation(), wanted.version(), wanted.freeThreaded());
    }

    private static RuntimeException notKnown(String word, TargetTriple target) {
        return new NotKnown(word, target, Optional.empty(), names(TargetPython.all(target))).asFailure();
    }

    private static List<String> names(List<TargetPython> pythons) {
        return pythons.stream()
                .map(python -> python.version() + (python.freeThreaded() ? "t" : ""))
                .toList();
    }

    private static boolean isIn(Wanted.Range range, Python python) {
        return !python.freeThreaded() && Releases.mayBeIn(python, range.specifiers());
    }

    private static Optional<Wanted.Version> version(Wanted wanted) {
        if (wanted instanceof Wanted.Version version) {
            return Optional.of(version);
        }
        return wanted instanceof Wanted.Name name ? name.version() : Optional.empty();
    }

    private static Wanted parse(String words) {
        try {
            return Wanted.parse(words);
        } catch (MalformedException e) {
            throw new InterpreterSearch.Unreadable(words, e.reason()).asFailure(e);
        }
    }
}
