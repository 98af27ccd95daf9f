package io.github.nativemaven.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The {@code pyvenv.cfg} that makes a directory a virtual environment (PEP 405): lines of {@code key = value}. */
final class EnvironmentFile {
    static final String NAME = "pyvenv.cfg";

    private final Map<String, String> values;

    private EnvironmentFile(Map<String, String> values) {
        this.values = values;
    }

    static EnvironmentFile read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\R")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                values.putIfAbsent(key, line.substring(equals + 1).strip());
            }
        }
        return new EnvironmentFile(values);
    }

    /** The directory of the program that the environment was made from. */
    Optional<Path> home() {
        try {
            return Optional.ofNullable(values.get("home")).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
