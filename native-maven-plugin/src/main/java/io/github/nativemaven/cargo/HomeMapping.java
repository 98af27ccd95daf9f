package io.github.nativemaven.cargo;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.TargetTriple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds the flag by which the paths of downloaded crates, which are in a panic's message, are the same on all machines:
 * below {@code /cargo} and not in somebody's home. The user's own flags stay, wherever they are set.
 *
 * @see <a href="https://doc.rust-lang.org/rustc/remap-source-paths.html">remapping source paths</a>
 */
final class HomeMapping {
    private static final String VARIABLE = "CARGO_ENCODED_RUSTFLAGS";
    private static final String SEPARATOR = "\u001f";

    private final Path home;
    private final CargoConfig config;

    HomeMapping(Host host, CargoSettings settings, Path directory) {
        this.config = CargoConfig.read(host, settings, directory);
        this.home = config.variable("CARGO_HOME").map(Path::of).orElseGet(() -> Cargo.cargoHome(host));
    }

    /** @param further flags that go with it */
    CargoCall apply(CargoCall call, TargetTriple target, List<String> further) {
        List<String> added = new ArrayList<>(List.of("--remap-path-prefix=" + home.toAbsolutePath() + "=/cargo"));
        added.addAll(further);
        Map<String, String> environment = new TreeMap<>(call.environment());
        Optional<String> given = Optional.ofNullable(environment.get(VARIABLE))
                .or(() -> config.rustFlagsOfVariables().map(flags -> String.join(SEPARATOR, flags)));
        if (given.isPresent()) {
            String flags = String.join(SEPARATOR, added);
            environment.put(VARIABLE, given.get().isEmpty() ? flags : given.get() + SEPARATOR + flags);
            return new CargoCall(call.label(), call.arguments(), call.directory(), environment);
        }
        return new CargoCall(call.label(), arguments(call, target, added), call.directory(), environment);
    }

    /** Arrays of an argument and of files are joined; but flags of a target hide those of all targets. */
    private List<String> arguments(CargoCall call, TargetTriple target, List<String> added) {
        String key = "--config=target." + target + ".rustflags=[";
        List<String> arguments = new ArrayList<>(call.arguments());
        List<String> flags = new ArrayList<>();
        if (arguments.stream().noneMatch(argument -> argument.startsWith(key))) {
            flags.addAll(config.rustFlagsOfBuild(target));
        }
        flags.addAll(added);
        int end = arguments.indexOf("--");
        arguments.add(
                end < 0 ? arguments.size() : end,
                key + String.join(",", flags.stream().map(TomlEdit::quoted).toList()) + "]");
        return arguments;
    }
}
