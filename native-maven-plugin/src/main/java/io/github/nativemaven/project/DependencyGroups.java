package io.github.nativemaven.project;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tomlj.TomlTable;

/**
 * Dependency groups that include others.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/dependency-groups/">PEP 735</a>
 */
final class DependencyGroups {
    private DependencyGroups() {}

    /** The requirements of a group, those of the groups that it includes in their place. */
    static List<String> resolve(Toml table, String group) {
        return List.copyOf(resolve(table, group, new LinkedHashSet<>()));
    }

    private static List<String> resolve(Toml table, String group, Set<String> open) {
        if (!open.add(normalized(group))) {
            throw table.invalid(group, "includes itself, by way of " + String.join(", ", open));
        }
        List<String> requirements = new ArrayList<>();
        for (Object item : table.items(group)) {
            if (item instanceof String requirement) {
                requirements.add(requirement);
            } else if (item instanceof TomlTable include && include.get("include-group") instanceof String name) {
                requirements.addAll(resolve(table, find(table, group, name), open));
            } else {
                throw table.invalid(group, "expected requirements or {include-group = \"…\"}, found " + item);
            }
        }
        open.remove(normalized(group));
        return requirements;
    }

    private static String find(Toml table, String from, String name) {
        return table.keys().stream()
                .filter(key -> normalized(key).equals(normalized(name)))
                .findFirst()
                .orElseThrow(() -> table.invalid(from, "includes the group " + name + ", which isn't there"));
    }

    private static String normalized(String name) {
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }
}
