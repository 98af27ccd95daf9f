package io.github.nativemaven.build;

import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that will be built.
 *
 * @param project of what
 * @param profile cargo's profile: {@code release}, {@code dev} or one of the project's own
 * @param units at least one
 */
public record Plan(Project project, Setting<String> profile, List<Unit> units) {
    public Plan {
        units = List.copyOf(units);
    }

    /** One line: what is built, and for whom. */
    public String describe() {
        String abis = units.stream().map(unit -> unit.abi().describe()).collect(Collectors.joining(", "));
        return project.describe() + " (" + project.bindings().describe() + ") for " + abis.replace(", CPython ", ", ")
                + " on " + units.get(0).target().classifier() + ", " + profile.value();
    }
}
