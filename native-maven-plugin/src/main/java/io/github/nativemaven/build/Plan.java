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
 * @param universal2 whether what is built for both machines of macOS is put together
 */
public record Plan(Project project, Setting<String> profile, List<Unit> units, boolean universal2) {
    public Plan {
        units = List.copyOf(units);
    }

    /** The same; what is built for both machines of macOS is put together. */
    public Plan asUniversal2() {
        return new Plan(project, profile, units, true);
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
