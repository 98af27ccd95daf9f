package io.github.nativemaven.project;

import io.github.nativemaven.project.Maturin.FileRule;
import java.util.List;

/**
 * What goes into a project's archives besides its main module and its Python source.
 *
 * @param modules further extension modules of the wheel
 * @param include files that are shipped besides
 * @param exclude files that are not shipped
 * @param stubs where stubs of what was compiled go
 * @param debugInfo where the debug information of what is compiled for shipping goes
 * @param vendor whether the source distribution has the sources of all crates in it
 */
public record Shipped(
        List<ExtensionModule> modules,
        List<FileRule> include,
        List<FileRule> exclude,
        Stubs stubs,
        DebugInfo debugInfo,
        boolean vendor) {
    /** Nothing besides. */
    public static final Shipped NONE =
            new Shipped(List.of(), List.of(), List.of(), Stubs.OFF, DebugInfo.AS_COMPILED, false);

    public Shipped {
        modules = List.copyOf(modules);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Where stubs go that are made of what was compiled. */
    public enum Stubs {
        /** Nowhere, unless they are asked for. */
        OFF,
        /** Into the wheel, where the source has none. */
        WHEEL,
        /** Into the source, by the goal that writes them. */
        SOURCE
    }

    /** Where debug information goes. */
    public enum DebugInfo {
        /** Where cargo's profile leaves it: usually there is none. */
        AS_COMPILED,
        /** Beside the wheel; what is in the wheel has no symbols either but those that are needed for loading. */
        BESIDE,
        /** Beside the wheel; what is in the wheel has names for a backtrace. */
        BESIDE_BUT_NAMES
    }
}
