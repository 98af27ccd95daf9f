package io.github.nativemaven.system;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A process to run.
 *
 * @param arguments the program and its arguments, not interpreted by any shell
 * @param directory the working directory
 * @param environment changes to this process's environment; a null value removes a variable
 */
public record Command(List<String> arguments, Path directory, Map<String, String> environment) {

    public Command {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** A command without changes to the environment. */
    public static Command of(Path directory, String... arguments) {
        return new Command(List.of(arguments), directory, Map.of());
    }

    /** As a line to paste into a shell, changes of the environment first. */
    @Override
    public String toString() {
        String changes = environment.entrySet().stream()
                .map(e -> e.getValue() == null ? "-u " + e.getKey() : quote(e.getKey() + "=" + e.getValue()))
                .collect(Collectors.joining(" "));
        String words = arguments.stream().map(Command::quote).collect(Collectors.joining(" "));
        return changes.isEmpty() ? words : "env " + changes + " " + words;
    }

    private static String quote(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
