package io.github.nativemaven.system;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A process to run.
 *
 * @param arguments the program and its arguments, not interpreted by any shell
 * @param directory the working directory
 * @param environment changes to this process's environment; a null value removes a variable
 */
public record Command(List<String> arguments, Path directory, Map<String, String> environment) {

    private static final Pattern SECRET = Pattern.compile("PASSWORD|SECRET|TOKEN");

    public Command {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** A command without changes to the environment. */
    public static Command of(Path directory, String... arguments) {
        return new Command(List.of(arguments), directory, Map.of());
    }

    /** As a line to paste into a shell, changes of the environment first; {@code env} wants removals before the rest. */
    @Override
    public String toString() {
        String words = arguments.stream().map(Command::quote).collect(Collectors.joining(" "));
        String removed = changes(value -> value == null, e -> "-u " + quote(e.getKey()) + " ");
        String set = changes(value -> value != null, e -> quote(e.getKey() + "=" + shown(e)) + " ");
        return (environment.isEmpty() ? "" : "env ") + removed + set + words;
    }

    private String changes(Predicate<String> which, Function<Map.Entry<String, String>, String> words) {
        return environment.entrySet().stream()
                .filter(e -> which.test(e.getValue()))
                .map(words)
                .collect(Collectors.joining());
    }

    /** What a name says is secret stands in no log. */
    private static String shown(Map.Entry<String, String> variable) {
        return SECRET.matcher(variable.getKey()).find() ? "***" : variable.getValue();
    }

    private static String quote(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
