package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Shipped.DebugInfo;
import java.util.ArrayList;
import java.util.List;

/** What cargo is told where debug information is kept beside what is shipped: first of all, to make it. */
public final class DebugInformation {
    private final Plan plan;
    private final Unit unit;

    DebugInformation(Plan plan, Unit unit) {
        this.plan = plan;
        this.unit = unit;
    }

    /** How a unit's debug information is written. */
    public enum Form {
        /** Within the library or program, in ELF's sections. */
        INSIDE,
        /** In a bundle beside it, which Apple's dsymutil makes: {@code libx.dylib.dSYM}. */
        BUNDLE,
        /** In a file beside it: {@code x.pdb}. */
        DATABASE,
        /** In none that is known here how to part from what is shipped. */
        UNKNOWN
    }

    /** Whether a unit's debug information is to be kept; never where it is only tried out. */
    public static boolean isKept(Plan plan) {
        return plan.project().shipped().debugInfo() != DebugInfo.AS_COMPILED && isShipped(plan);
    }

    /** What is only tried out has its debug information in it, with the paths of this machine. */
    static boolean isShipped(Plan plan) {
        return !BuildDirectory.profileDirectory(plan.profile().value()).equals("debug");
    }

    /** How a unit's debug information is written. */
    public static Form form(Plan plan, Unit unit) {
        return switch (unit.target().os()) {
            case LINUX, FREEBSD -> Form.INSIDE;
            case MACOS -> plan.project().toolchain().host().os() == OperatingSystem.MACOS ? Form.BUNDLE : Form.UNKNOWN;
            case WINDOWS -> unit.target().value().endsWith("-msvc") ? Form.DATABASE : Form.UNKNOWN;
            default -> Form.UNKNOWN;
        };
    }

    private boolean isMade() {
        return isKept(plan) && form(plan, unit) != Form.UNKNOWN;
    }

    /** A profile that says how much debug information it wants is taken at its word; others get all. */
    List<String> cargoArguments(Cargo cargo) {
        if (!isMade()) {
            return List.of();
        }
        String profile = plan.profile().value();
        List<String> arguments = new ArrayList<>();
        if (!cargo.profileSays(plan.project().workspace().workspaceRoot(), profile, "debug")) {
            arguments.add("--config=profile." + profile + ".debug=2");
        }
        String form = form(plan, unit) == Form.INSIDE ? "off" : "packed";
        arguments.add("--config=profile." + profile + ".split-debuginfo=\"" + form + "\"");
        return arguments;
    }

    /** Taken off by the linker, it would be lost; and without a build id no debugger would know what belongs together. */
    List<String> rustcArguments() {
        if (!isMade()) {
            return List.of();
        }
        boolean names = plan.project().shipped().debugInfo() == DebugInfo.BESIDE_BUT_NAMES;
        return form(plan, unit) == Form.INSIDE
                ? List.of("-C", "strip=none", "-C", "link-arg=-Wl,--build-id=sha1")
                : List.of("-C", names ? "strip=debuginfo" : "strip=symbols");
    }

    /** Debug information has the place of every crate in it, and not only the crate's own that is shipped. */
    List<String> flags() {
        return isMade() ? mappings() : List.of();
    }

    /** The place of the project and of its build, as they are shown. */
    List<String> mappings() {
        return List.of(
                "--remap-path-prefix=" + plan.project().workspace().workspaceRoot() + "=/project",
                "--remap-path-prefix=" + unit.directory() + "=/build");
    }
}
