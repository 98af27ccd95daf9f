package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The libraries that files need and that not every system of a policy has, and what those need in turn.
 *
 * @param byName the libraries by the names that they are needed by, in the order of need; two names may lead to one file
 * @param missing what was not found
 */
public record ForeignLibraries(Map<String, ElfFile> byName, List<Missing> missing) {

    /** None. */
    public static final ForeignLibraries NONE = new ForeignLibraries(Map.of(), List.of());

    /**
     * A library that was not found.
     *
     * @param library as it is named in the needed libraries
     * @param needer the file that needs it
     * @param outcome where it was looked for
     */
    public record Missing(String library, ElfFile needer, LibrarySearch.Outcome outcome) {}

    /**
     * Finds them. One name is one library, the first that is found, as to the loader.
     *
     * @param files what is compiled
     * @param policy what needn't be found, because every system has it
     */
    public static ForeignLibraries find(Collection<ElfFile> files, Policy policy, LibrarySearch search)
            throws IOException {
        Finder finder = new Finder(Audit.names(files), policy, search);
        finder.followAll(files);
        return new ForeignLibraries(finder.found, finder.missing);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The libraries, each once, in the order of need. */
    public List<ElfFile> files() {
        Map<Path, ElfFile> files = new LinkedHashMap<>();
        byName.values().forEach(file -> files.putIfAbsent(file.path(), file));
        return List.copyOf(files.values());
    }

    /** The names by which libraries are needed in several versions: {@code libssl.so.1.1} and {@code libssl.so.3}. */
    public List<String> severalVersions() {
        Map<String, Set<String>> byStem = new LinkedHashMap<>();
        byName.keySet().forEach(name -> byStem.computeIfAbsent(stem(name), stem -> new LinkedHashSet<>())
                .add(name));
        List<String> several = new ArrayList<>();
        for (Set<String> names : byStem.values()) {
            long different = names.stream()
                    .map(byName::get)
                    .map(ElfFile::path)
                    .distinct()
                    .count();
            if (different > 1) {
                several.addAll(names);
            }
        }
        return several;
    }

    private static String stem(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int extension = last.indexOf(".so");
        return extension < 0 ? last : last.substring(0, extension);
    }

    /** Goes from need to need. */
    private static final class Finder {
        private final Set<String> own;
        private final Policy policy;
        private final LibrarySearch search;
        private final Map<String, ElfFile> found = new LinkedHashMap<>();
        private final Set<String> sought = new LinkedHashSet<>();
        private final List<Missing> missing = new ArrayList<>();
        private final Deque<List<ElfFile>> next = new ArrayDeque<>();

        Finder(Set<String> own, Policy policy, LibrarySearch search) {
            this.own = own;
            this.policy = policy;
            this.search = search;
        }

        void followAll(Collection<ElfFile> files) throws IOException {
            files.forEach(file -> next.add(List.of(file)));
            while (!next.isEmpty()) {
                follow(next.remove());
            }
        }

        /** Breadth first, as the loader does it. */
        private void follow(List<ElfFile> chain) throws IOException {
            ElfFile needer = chain.get(0);
            for (String library : needer.needed()) {
                if (Audit.isForeign(library, own, policy) && sought.add(library)) {
                    LibrarySearch.Outcome outcome = search.find(library, needer, chain.subList(1, chain.size()));
                    if (outcome.library().isEmpty()) {
                        missing.add(new Missing(library, needer, outcome));
                        continue;
                    }
                    found.put(library, outcome.library().get());
                    List<ElfFile> longer =
                            new ArrayList<>(List.of(outcome.library().get()));
                    longer.addAll(chain);
                    next.add(longer);
                }
            }
        }
    }
}
