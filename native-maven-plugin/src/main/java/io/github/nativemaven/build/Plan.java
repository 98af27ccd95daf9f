package io.github.nativemaven.build;

import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import java.util.List;
import java.util.function.Function;
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
        return project.describe() + " (" + project.bindings().describe() + ") for "
                + joined(unit -> unit.abi().describe()).replace(", CPython ", ", ") + " on "
                + joined(unit -> unit.target().classifier()) + ", " + profile.value();
    }

    private String joined(Function<Unit, String> words) {
        return units.stream().map(words).distinct().collect(Collectors.joining(", "));
    }
}
