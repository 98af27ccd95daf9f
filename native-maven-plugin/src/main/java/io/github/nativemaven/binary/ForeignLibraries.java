package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The libraries that files need and that not every system has, and what those need in turn.
 *
 * @param byNeeder for the path of each file that needs some, the libraries by the names that it needs them by, in the order
 *     of need
 * @param missing what was not found
 */
public record ForeignLibraries(Map<Path, Map<String, BinaryFile>> byNeeder, List<Missing> missing) {

    /** None. */
    public static final ForeignLibraries NONE = new ForeignLibraries(Map.of(), List.of());

    /**
     * A library that was not found.
     *
     * @param library as it is named in the needed libraries
     * @param needer the file that needs it
     * @param outcome where it was looked for
     */
    public record Missing(String library, BinaryFile needer, LibrarySearch.Outcome outcome) {}

    /**
     * Finds them.
     *
     * @param files what is compiled
     * @param foreign tells of a needed library whether it must be found, because not every system has it
     */
    public static ForeignLibraries find(
            Collection<? extends BinaryFile> files, Predicate<String> foreign, LibrarySearch search)
            throws IOException {
        Finder finder = new Finder(foreign, search);
        finder.followAll(files);
        return new ForeignLibraries(finder.found, finder.missing);
    }

    /** The names by which the files themselves need some, in the order of need. */
    public static List<String> needed(Collection<? extends BinaryFile> files, Predicate<String> foreign) {
        Set<String> needed = new LinkedHashSet<>();
        for (BinaryFile file : files) {
            file.needed().stream().filter(foreign).forEach(needed::add);
        }
        return List.copyOf(needed);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byNeeder.isEmpty();
    }

    /** What one file needs of them, by the names that it needs them by. */
    public Map<String, BinaryFile> of(BinaryFile needer) {
        return byNeeder.getOrDefault(needer.path(), Map.of());
    }

    /** All names by which they are needed. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        byNeeder.values().forEach(needs -> names.addAll(needs.keySet()));
        return names;
    }

    /** The libraries, each once, in the order of need. */
    public List<BinaryFile> files() {
        Map<Path, BinaryFile> files = new LinkedHashMap<>();
        byNeeder.values().forEach(needs -> needs.values().forEach(file -> files.putIfAbsent(file.path(), file)));
        return List.copyOf(files.values());
    }

    /** The names by which libraries are needed in several versions: {@code libssl.so.1.1} and {@code libssl.so.3}. */
    public List<String> severalVersions() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Map<String, Set<Path>> files = new HashMap<>();
        for (Map<String, BinaryFile> needs : byNeeder.values()) {
            needs.forEach((name, file) -> {
                String stem = stem(name);
                names.computeIfAbsent(stem, key -> new LinkedHashSet<>()).add(name);
                files.computeIfAbsent(stem, key -> new HashSet<>()).add(file.path());
            });
        }
        List<String> several = new ArrayList<>();
        names.forEach((stem, all) -> {
            if (files.get(stem).size() > 1) {
                several.addAll(all);
            }
        });
        return several;
    }

    /** {@code libssl} of {@code libssl.so.3} and of {@code @rpath/libssl.3.dylib}. */
    private static String stem(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int extension = last.indexOf(".so");
        return extension < 0 ? last.replaceFirst("(\\.\\d+)*\\.dylib$", "") : last.substring(0, extension);
    }

    /** Goes from need to need. */
    private static final class Finder {
        private final Predicate<String> foreign;
        private final LibrarySearch search;
        private final Map<Path, Map<String, BinaryFile>> found = new LinkedHashMap<>();
        private final Map<String, Optional<BinaryFile>> sought = new HashMap<>();
        private final Set<Path> followed = new HashSet<>();
        private final List<Missing> missing = new ArrayList<>();
        private final Deque<List<BinaryFile>> next = new ArrayDeque<>();

        Finder(Predicate<String> foreign, LibrarySearch search) {
            this.foreign = foreign;
            this.search = search;
        }

        void followAll(Collection<? extends BinaryFile> files) throws IOException {
            files.forEach(file -> next.add(List.of(file)));
            while (!next.isEmpty()) {
                List<BinaryFile> chain = next.remove();
                if (followed.add(chain.get(0).path())) {
                    follow(chain);
                }
            }
        }

        /** Breadth first, as the loader does it. */
        private void follow(List<BinaryFile> chain) throws IOException {
            BinaryFile needer = chain.get(0);
            for (String library : needer.needed()) {
                if (foreign.test(library)) {
                    Optional<BinaryFile> file = library(library, chain);
                    if (file.isPresent()) {
                        found.computeIfAbsent(needer.path(), path -> new LinkedHashMap<>())
                                .put(library, file.get());
                    }
                }
            }
        }

        private Optional<BinaryFile> library(String library, List<BinaryFile> chain) throws IOException {
            BinaryFile needer = chain.get(0);
            String key = search.isOneForName() ? library : needer.path() + "\0" + library;
            Optional<BinaryFile> known = sought.get(key);
            if (known != null) {
                return known;
            }
            LibrarySearch.Outcome outcome = search.find(library, needer, chain.subList(1, chain.size()));
            sought.put(key, outcome.library());
            if (outcome.library().isEmpty()) {
                if (!search.mayBeMissing(library, needer)) {
                    missing.add(new Missing(library, needer, outcome));
                }
                return Optional.empty();
            }
            List<BinaryFile> longer = new ArrayList<>(List.of(outcome.library().get()));
            longer.addAll(chain);
            next.add(longer);
            return outcome.library();
        }
    }
}
