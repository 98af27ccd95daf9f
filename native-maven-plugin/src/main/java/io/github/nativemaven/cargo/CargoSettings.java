package io.github.nativemaven.cargo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every call of cargo in a build has in common.
 *
 * @param executable the program: a path, or a name that is searched on PATH
 * @param features features to switch on
 * @param allFeatures whether all features are on
 * @param noDefaultFeatures whether the default features are off
 * @param offline whether cargo may not use the network
 * @param locked whether Cargo.lock must be there and right
 * @param verbosity −1 for quiet, 0, or the number of {@code -v}
 * @param color whether diagnostics carry terminal colours
 * @param jobs how many compilers may run at once; empty for cargo's own choice
 * @param arguments further arguments for {@code cargo rustc} and {@code cargo test}
 * @param environment further environment variables
 */
public record CargoSettings(
        String executable,
        List<String> features,
        boolean allFeatures,
        boolean noDefaultFeatures,
        boolean offline,
        boolean locked,
        int verbosity,
        boolean color,
        Optional<Integer> jobs,
        List<String> arguments,
        Map<String, String> environment) {

    /** The same with further environment variables, which win. */
    public CargoSettings withEnvironment(Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(further);
        return new CargoSettings(
                executable,
                features,
                allFeatures,
                noDefaultFeatures,
                offline,
                locked,
                verbosity,
                color,
                jobs,
                arguments,
                all);
    }

    /** The same with these features only, default ones included. */
    public CargoSettings withFeatures(List<String> only) {
        return new CargoSettings(
                executable, only, false, true, offline, locked, verbosity, color, jobs, arguments, environment);
    }

    /** The same for a crate that doesn't have the features of the project's own. */
    public CargoSettings withoutFeatures() {
        return new CargoSettings(
                executable, List.of(), false, false, offline, locked, verbosity, color, jobs, arguments, environment);
    }
}
