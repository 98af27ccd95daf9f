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
    private final DebugInformation debug;

    UnitArguments(Plan plan, Unit unit) {
        this.plan = plan;
        this.unit = unit;
        this.debug = new DebugInformation(plan, unit);
    }

    /** The whole call. What is shipped doesn't tell the paths of this machine. */
    CargoCall call(Cargo cargo, Crate crate, List<String> target, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("rustc"));
        arguments.addAll(common(crate.manifest()));
        arguments.addAll(debug.cargoArguments(cargo));
        arguments.addAll(target);
        CargoCall call = new CargoCall(unit.label(), arguments, crate.directory(), environment);
        return DebugInformation.isShipped(plan) ? withoutPaths(cargo, call) : call;
    }

    /** For one program. */
    List<String> program(String name) {
        List<String> arguments = new ArrayList<>(List.of("--bin", name));
        List<String> rustc = rustc();
        if (!rustc.isEmpty()) {
            arguments.add("--");
            arguments.addAll(rustc);
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
        List<String> rustc = rustc();
        if (unit.target().os() == OperatingSystem.MACOS) {
            rustc.addAll(List.of("-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"));
            String name = unit.abi().fileName(library.identifier(), OperatingSystem.MACOS);
            rustc.addAll(List.of("-C", "link-arg=-Wl,-install_name,@rpath/" + name));
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

    /** What the compiler is told of a library as of a program; of two that differ, the last counts. */
    private List<String> rustc() {
        List<String> rustc = new ArrayList<>(plan.project().rustcArguments());
        rustc.addAll(debug.rustcArguments());
        rustc.addAll(unit.tools().rustcArguments());
        if (unit.target().os() == OperatingSystem.MACOS) {
            // Libraries that are taken in have longer names.
            rustc.addAll(List.of("-C", "link-arg=-Wl,-headerpad_max_install_names"));
        }
        return rustc;
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
        arguments.addAll(debug.mappings());
        return cargo.withoutHome(
                new CargoCall(call.label(), arguments, call.directory(), call.environment()),
                unit.target(),
                debug.flags());
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
