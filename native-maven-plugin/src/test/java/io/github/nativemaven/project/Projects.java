package io.github.nativemaven.project;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Projects of a few files, with a crate named pyo3 of their own: nothing is compiled or downloaded. */
public final class Projects {
    /** A crate that passes for PyO3. */
    private static final String[] PYO3 = {
        "pyo3/Cargo.toml",
        "[package]\nname = \"pyo3\"\nversion = \"0.28.3\"\nedition = \"2021\"\n\n"
                + "[features]\nabi3 = []\nabi3-py39 = [\"abi3\"]\n",
        "pyo3/src/lib.rs",
        ""
    };

    private Projects() {}

    /** A Cargo.toml with a dynamic library and a dependency on PyO3, which lies in a folder beside it. */
    public static String manifest(String name, String... more) {
        return "[package]\nname = \"" + name + "\"\nversion = \"1.2.3\"\nedition = \"2021\"\n" + "\n"
                + "[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = { path = \"pyo3\" }\n"
                + String.join("\n", more);
    }

    /** A crate {@code demo} with these files besides, or instead. */
    public static Path demo(Path directory, String... pathsAndTexts) {
        Trees.write(directory, PYO3);
        Trees.write(directory, "Cargo.toml", manifest("demo"), "src/lib.rs", "", "pom.xml", "<project/>");
        return real(Trees.write(directory, pathsAndTexts));
    }

    /** The crate that passes for PyO3 alone. */
    public static Path pyo3(Path directory) {
        return real(Trees.write(directory, PYO3));
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Project resolve(Path directory) {
        return resolve(directory, Events.ignored());
    }

    public static Project resolve(Path directory, Events events) {
        return new ProjectResolver(Host.current(), events).resolve(request(directory));
    }

    /** The warnings that a project gets while it is read. */
    public static List<String> warnings(Path directory) {
        RecordedEvents events = new RecordedEvents();
        resolve(directory, events);
        return events.of(Events.Warning.class).stream()
                .map(Events.Warning::text)
                .toList();
    }

    public static CargoSettings cargo() {
        return new CargoSettings(
                "cargo", List.of(), false, false, true, false, 0, false, Optional.empty(), List.of(), Map.of());
    }

    public static ProjectRequest request(Path directory) {
        PomMetadata pom = new PomMetadata(
                directory.resolve("pom.xml"),
                "org.example",
                "demo",
                "1.2.3",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new ProjectRequest(
                directory,
                directory.resolve("target"),
                pom,
                cargo(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Contents.NONE);
    }
}
