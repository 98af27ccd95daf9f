package io.github.nativemaven.cargo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of cargo that compiles something.
 *
 * @param label what the user calls this run, such as {@code cp311}
 * @param arguments the subcommand and its own arguments; features, network and verbosity are added to them
 * @param directory the working directory, which decides about toolchain and configuration files
 * @param environment changes of the environment; null removes a variable
 */
public record CargoCall(String label, List<String> arguments, Path directory, Map<String, String> environment) {}
