package io.github.nativemaven.stubs;

import io.github.nativemaven.binary.ExportedData;
import io.github.nativemaven.system.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What PyO3's macros leave in a library about each module, class, function and attribute, one JSON object for each. They
 * name each other by ids.
 */
final class Chunks {
    /** The number is that of the format. */
    private static final String PREFIX = "PYO3_INTROSPECTION_1_";

    /** Classes in classes and modules in modules, which people nest twice or thrice. */
    private static final int DEEPEST = 32;

    /** A member may be one of a few owners, though not so that they multiply. */
    private static final int MOST_OF_OWNERS = 16;

    private final List<Json> all = new ArrayList<>();
    private final Map<String, Json> byId = new HashMap<>();
    private final Map<String, List<Json>> byParent = new HashMap<>();

    private Chunks() {}

    /** Reads a library; none where its bindings left nothing. */
    static Optional<Chunks> read(Path library) throws IOException {
        return of(library, ExportedData.read(library, PREFIX));
    }

    /** @param texts by the names of their symbols */
    static Optional<Chunks> of(Path library, Map<String, String> texts) {
        Chunks chunks = new Chunks();
        for (Map.Entry<String, String> each : texts.entrySet()) {
            try {
                chunks.add(Json.read(each.getValue()));
            } catch (IOException e) {
                throw new Stubs.Unreadable(library, each.getKey() + ": " + e.getMessage()).asFailure(e);
            }
        }
        return chunks.all.isEmpty() ? Optional.empty() : Optional.of(chunks);
    }

    private void add(Json chunk) {
        all.add(chunk);
        chunk.get("id").text().ifPresent(id -> byId.put(id, chunk));
        chunk.get("parent").text().ifPresent(parent -> byParent.computeIfAbsent(parent, key -> new ArrayList<>())
                .add(chunk));
    }

    /** The module of a name that is no member of another. */
    Optional<Json> module(String name) {
        Set<String> members = all.stream()
                .flatMap(chunk -> chunk.get("members").strings().stream())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(Chunks::isModule)
                .filter(chunk -> chunk.get("name").string().equals(name))
                .filter(chunk -> !members.contains(chunk.get("id").string()))
                .findFirst();
    }

    /** Whether the members of a module, and theirs, come to an end: each is named by an id, which may be its owner's. */
    boolean ends(Json module) {
        List<Json> level = List.of(module);
        int left = MOST_OF_OWNERS * all.size();
        for (int depth = 0; !level.isEmpty(); depth++) {
            List<Json> next = new ArrayList<>();
            for (Json owner : level) {
                List<Json> members = members(owner);
                left -= members.size();
                if (left < 0 || depth == DEEPEST) {
                    return false;
                }
                members.stream().filter(it -> isModule(it) || isClass(it)).forEach(next::add);
            }
            level = next;
        }
        return true;
    }

    static boolean isModule(Json chunk) {
        return chunk.get("type").string().equals("module");
    }

    static boolean isClass(Json chunk) {
        return chunk.get("type").string().equals("class");
    }

    Optional<Json> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** What a module or class has: in the order that it says, then the rest by name. */
    List<Json> members(Json owner) {
        List<Json> members = new ArrayList<>();
        List<Json> rest = new ArrayList<>(byParent.getOrDefault(owner.get("id").string(), List.of()));
        for (String id : owner.get("members").strings()) {
            withId(id).ifPresent(members::add);
        }
        rest.removeAll(members);
        // The library has them in the order of numbers that are as good as drawn by lot.
        rest.sort(Comparator.comparing(Chunks::rank)
                .thenComparing(chunk -> chunk.get("name").string())
                .thenComparing(Chunks::isAccessor));
        members.addAll(0, rest);
        return members;
    }

    private static int rank(Json chunk) {
        return switch (chunk.get("type").string()) {
            case "attribute" -> 0;
            case "class" -> 1;
            default -> chunk.get("name").string().equals("__new__") ? 2 : 3;
        };
    }

    /** Whether a function sets or deletes what another gets. */
    private static boolean isAccessor(Json chunk) {
        return chunk.get("decorators").items().stream().anyMatch(decorator -> List.of("setter", "deleter")
                .contains(decorator.get("attr").string()));
    }
}
