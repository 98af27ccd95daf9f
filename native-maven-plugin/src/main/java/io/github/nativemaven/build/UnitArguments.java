package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoCall;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What cargo is told for one unit. */
final class UnitArguments {
    private final Plan plan;
    private final Unit unit;

    UnitArguments(Plan plan, Unit unit) {
        this.plan = plan;
        this.unit = unit;
    }

    /** The whole call. What is shipped doesn't tell the paths of this machine. */
    CargoCall call(Cargo cargo, Crate crate, List<String> target, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("rustc"));
        arguments.addAll(common(crate.manifest()));
        arguments.addAll(target);
        CargoCall call = new CargoCall(unit.label(), arguments, crate.directory(), environment);
        return isShipped() ? withoutPaths(cargo, call) : call;
    }

    /** For one program. */
    List<String> program(String name) {
        List<String> arguments = new ArrayList<>(List.of("--bin", name));
        if (!unit.tools().rustcArguments().isEmpty()) {
            arguments.add("--");
            arguments.addAll(unit.tools().rustcArguments());
        }
        return arguments;
    }

    /** For the library of a crate, with these features besides. */
    List<String> library(Crate crate, List<String> features) {
        Crate.Target library = crate.library().orElseThrow();
        List<String> arguments = new ArrayList<>(List.of("--lib"));
        if (!library.crateTypes().equals(List.of("cdylib"))) {
            arguments.add("--crate-type=cdylib");
        }
        features.forEach(feature -> arguments.add("--features=" + feature));
        ImportLibrary.features(plan.project().bindings(), unit)
                .forEach(feature -> arguments.add("--features=" + feature));
        List<String> rustc = new ArrayList<>(plan.project().rustcArguments());
        rustc.addAll(unit.tools().rustcArguments());
        if (unit.target().os() == OperatingSystem.MACOS) {
            rustc.addAll(List.of("-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"));
            String name = unit.abi().fileName(library.identifier(), OperatingSystem.MACOS);
            rustc.addAll(List.of("-C", "link-arg=-Wl,-install_name,@rpath/" + name));
            // Libraries that are taken in have longer names.
            rustc.addAll(List.of("-C", "link-arg=-Wl,-headerpad_max_install_names"));
        }
        if (unit.target().os() == OperatingSystem.EMSCRIPTEN) {
            // A library that is loaded into a running program, and passes 64-bit numbers as that one does.
            rustc.addAll(List.of("-C", "link-arg=-sSIDE_MODULE=2", "-C", "link-arg=-sWASM_BIGINT"));
        }
        if (!rustc.isEmpty()) {
            arguments.add("--");
            arguments.addAll(rustc);
        }
        return arguments;
    }

    /** What is only tried out shows the paths of this machine, which a debugger finds. */
    private boolean isShipped() {
        return !BuildDirectory.profileDirectory(plan.profile().value()).equals("debug");
    }

    /**
     * Paths of this machine don't get into what is compiled. What is the same for all crates is told of all; the place of
     * the project and of its build only of the crate itself: else all crates would be compiled anew in another place.
     */
    private CargoCall withoutPaths(Cargo cargo, CargoCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        if (!arguments.contains("--")) {
            arguments.add("--");
        }
        arguments.add("--remap-path-prefix=" + plan.project().workspace().workspaceRoot() + "=/project");
        arguments.add("--remap-path-prefix=" + unit.directory() + "=/build");
        return cargo.withoutHome(
                new CargoCall(call.label(), arguments, call.directory(), call.environment()), unit.target());
    }

    private List<String> common(Path manifest) {
        List<String> arguments = new ArrayList<>(List.of(
                "--manifest-path",
                manifest.toString(),
                "--profile",
                plan.profile().value(),
                "--target-dir",
                unit.directory().toString()));
        arguments.addAll(unit.tools().cargoArguments());
        return arguments;
    }
}
