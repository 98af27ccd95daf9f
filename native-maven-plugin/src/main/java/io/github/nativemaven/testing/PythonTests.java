package io.github.nativemaven.testing;

import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Json;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the Python tests of a project in an environment that has its wheel. */
public final class PythonTests {
    private static final List<String> PLACES = List.of("src/test/python", "tests", "test");
    private static final Pattern PYTEST = Pattern.compile(
            "^(?:[ \\t]*(?:import|from)[ \\t]+pytest\\b|(?:async[ \\t]+)?def[ \\t]+test_\\w*\\(\\s*\\w)",
            Pattern.MULTILINE);
    private static final int LAST_LINES = 40;

    private final Path directory;
    private final Events events;

    private PythonTests(Path directory, Events events) {
        this.directory = directory;
        this.events = events;
    }

    /** The tests of a project: in {@code src/test/python}, {@code tests} or {@code test}, where there are Python files. */
    public static Optional<PythonTests> find(Path project, Events events) throws IOException {
        for (String place : PLACES) {
            Path directory = project.resolve(place);
            if (!testFiles(directory).isEmpty()) {
                return Optional.of(new PythonTests(directory, events));
            }
        }
        return Optional.empty();
    }

    /** Whether the tests are written for pytest: they import it, use its {@code conftest.py}, or ask for fixtures. */
    public boolean usePytest() throws IOException {
        for (Path file : files(directory)) {
            // Only ASCII is looked for, which all encodings of Python source have in common.
            if (file.endsWith("conftest.py")
                    || PYTEST.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .find()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs them.
     *
     * @param environment where the wheel is installed, and pytest if the tests use it
     * @param label what the run is called: {@code cp311}
     * @param pytest whether pytest runs them, and not Python's own unittest
     * @param work a directory for files of this run
     */
    public TestSuite run(VirtualEnvironment environment, String label, boolean pytest, Path work) throws IOException {
        Path script = work.resolve("run_tests.py");
        Path results = work.resolve("results-" + label + ".jsonl");
        Resources.copyIfChanged(PythonTests.class, "run_tests.py", script);
        Files.deleteIfExists(results);
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Command command = new Command(
                List.of(
                        environment.interpreter().executable().toString(),
                        script.toString(),
                        results.toString(),
                        pytest ? "pytest" : "unittest",
                        directory.toString()),
                work,
                Map.of("PYTHONDONTWRITEBYTECODE", "1", "PYTHONIOENCODING", "utf-8"));
        String title = "Python tests on " + environment.interpreter().describe();
        ProcessRunner.Result result = new ProcessRunner(events).run(command, said::add, said::add);
        if (!result.succeeded() || !Files.exists(results)) {
            List<String> last = said.subList(Math.max(0, said.size() - LAST_LINES), said.size());
            throw new TestProblem.BrokenOff(title, result.exitCode(), List.copyOf(last)).asFailure();
        }
        said.forEach(line -> events.tell(new Events.Detail(line)));
        return new TestSuite("python." + label, title, read(results), result.time());
    }

    private static List<TestCase> read(Path results) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        for (String line : Files.readAllLines(results)) {
            Json json = Json.read(line);
            cases.add(new TestCase(
                    json.get("suite").string(),
                    json.get("name").string(),
                    TestCase.Status.valueOf(json.get("status").string()),
                    json.get("details").string(),
                    Duration.ofNanos(
                            (long) (Double.parseDouble(json.get("seconds").string()) * 1e9))));
        }
        return cases;
    }

    private static List<Path> testFiles(Path directory) throws IOException {
        return files(directory).stream()
                .filter(file -> {
                    String name = file.getFileName().toString();
                    return name.startsWith("test_") || name.endsWith("_test.py");
                })
                .toList();
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".py"))
                    .sorted()
                    .toList();
        }
    }
}
