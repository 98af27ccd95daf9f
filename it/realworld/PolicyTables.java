import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.PlatformTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds our table of policies against auditwheel's, in both directions. */
final class PolicyTables {
    private PolicyTables() {}

    /** @param theirs lines: a tag, what is told, and its parts */
    static List<String> differences(List<String> theirs) {
        List<String> differences = new ArrayList<>();
        Map<String, Set<String>> byTag = new HashMap<>();
        for (String line : theirs) {
            String[] words = line.split(" ");
            byTag.computeIfAbsent(words[0], tag -> new HashSet<>())
                    .add(line.substring(words[0].length()).strip());
            if (!isOurs(words)) {
                differences.add("policies lack " + line);
            }
        }
        for (Architecture architecture : Architecture.values()) {
            for (CLibrary libc : List.of(CLibrary.GNU, CLibrary.MUSL)) {
                for (Policy policy : Policy.of(architecture, libc)) {
                    compare(policy, byTag.getOrDefault(policy.tag().toString(), Set.of()), differences);
                }
            }
        }
        return differences;
    }

    private static boolean isOurs(String[] words) {
        PlatformTag tag;
        try {
            tag = PlatformTag.parse(words[0]);
        } catch (MalformedException e) {
            return false;
        }
        return Policy.of(tag).filter(found -> found.tag().equals(tag)).isPresent()
                && switch (words[1]) {
                    case "library" -> Policy.of(tag).get().hasLibrary(words[2]);
                    case "version" -> Policy.of(tag).get().hasVersion(words[2]);
                    case "forbidden" ->
                        Policy.of(tag)
                                .get()
                                .forbidden()
                                .getOrDefault(words[2], Set.of())
                                .contains(words[3]);
                    default -> true;
                };
    }

    private static void compare(Policy policy, Set<String> theirs, List<String> differences) {
        Set<String> ours = new HashSet<>(Set.of("policy"));
        policy.libraries().forEach(library -> ours.add("library " + library));
        policy.limits().values().forEach(version -> ours.add("version " + version));
        policy.forbidden()
                .forEach((library, symbols) ->
                        symbols.forEach(symbol -> ours.add("forbidden " + library + " " + symbol)));
        ours.stream()
                .filter(line -> !theirs.contains(line) && !theirs.contains(line + "_"))
                .sorted()
                .forEach(line -> differences.add("policies have " + policy.tag() + " " + line));
    }
}
