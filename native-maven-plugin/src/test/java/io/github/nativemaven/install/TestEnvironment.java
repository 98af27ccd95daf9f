package io.github.nativemaven.install;

import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Environments for tests, made of two files, and what can be seen in them. */
public final class TestEnvironment {
    private TestEnvironment() {}

    /** A real environment without pip. */
    public static VirtualEnvironment create(Path root) throws IOException {
        return create(root, RealPythons.newest());
    }

    static VirtualEnvironment create(Path root, Interpreter base) throws IOException {
        Path program = Files.createDirectories(root.resolve("bin")).resolve("python");
        Files.createSymbolicLink(program, base.executable());
        Files.writeString(
                root.resolve("pyvenv.cfg"),
                "home = " + base.executable().getParent() + "\ninclude-system-site-packages = false\n");
        VirtualEnvironment environment =
                new VirtualEnvironment(root, RealPythons.probe().probe(program));
        Files.createDirectories(site(environment));
        return environment;
    }

    static Path site(VirtualEnvironment environment) {
        return environment.interpreter().scheme().purelib();
    }

    /** Every file below a directory with its content (bytes as Latin letters), but for locks; directories too. */
    static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    tree.put(name, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    tree.put(name + "/", "");
                } else if (!name.equals(".lock")) {
                    tree.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return tree;
    }

    /** The files alone. */
    static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = tree(root);
        files.keySet().removeIf(name -> name.endsWith("/"));
        return files;
    }

    /** What a program prints, after it has ended well. */
    static String run(Path directory, Object... arguments) {
        List<String> words =
                new ArrayList<>(Arrays.stream(arguments).map(Object::toString).toList());
        ProcessRunner.Result result = tryRun(directory, words);
        if (!result.succeeded()) {
            throw new AssertionError(words + " failed:\n" + result.output() + result.error());
        }
        return result.output();
    }

    static ProcessRunner.Result tryRun(Path directory, List<String> words) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("VIRTUAL_ENV", null);
        environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        environment.put("PIP_NO_INDEX", null);
        return new ProcessRunner(Events.ignored())
                .capture(new Command(words, directory, environment), Duration.ofMinutes(2));
    }

    static String python(VirtualEnvironment environment, String statements) {
        return run(environment.root(), environment.interpreter().executable(), "-c", statements)
                .strip();
    }
}
