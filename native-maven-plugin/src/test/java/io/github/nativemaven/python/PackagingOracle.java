package io.github.nativemaven.python;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Python's {@code packaging} library, in an environment of its own: what pip itself makes of a text. */
public final class PackagingOracle {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String OLDEST = "packaging>=26.3";

    private final ProcessRunner processes = new ProcessRunner(Events.ignored());
    private final Path directory;
    private final Path python;

    private PackagingOracle(Path directory) {
        this.directory = directory;
        boolean windows = directory.getFileSystem().getSeparator().equals("\\");
        this.python = directory.resolve(windows ? "Scripts/python.exe" : "bin/python");
    }

    /** Makes the environment; where there is no Python, pip or network the test that asks is skipped, with the reason. */
    public static PackagingOracle in(Path directory) {
        PackagingOracle oracle = new PackagingOracle(directory);
        oracle.need("python3", "-m", "venv", "--copies", "--without-pip", directory.toString());
        oracle.need("python3", "-m", "pip", "-q", "--python", oracle.python.toString(), "install", OLDEST);
        return oracle;
    }

    private void need(String... arguments) {
        String problem;
        try {
            ProcessRunner.Result result = processes.capture(Command.of(directory, arguments), LIMIT);
            problem = result.succeeded() ? "" : result.error();
        } catch (BuildFailure e) {
            problem = e.getMessage();
        }
        assumeTrue(problem.isEmpty(), String.join(" ", arguments) + ": " + problem);
    }

    /** Runs a script, to which {@code data} is the given value as JSON has it, and gives what it assigns to {@code answer}. */
    public JsonElement run(Object data, String script) throws IOException {
        Path input = Files.writeString(directory.resolve("input.json"), new Gson().toJson(data));
        Path program = Files.writeString(directory.resolve("program.py"), """
                import json, sys
                with open(sys.argv[1], encoding="utf-8") as file:
                    data = json.load(file)
                def attempt(function, *arguments):
                    try:
                        return function(*arguments)
                    except ValueError:
                        return None
                %s
                print(json.dumps(answer))
                """.formatted(script));
        ProcessRunner.Result result = processes.capture(
                new Command(
                        List.of(python.toString(), program.toString(), input.toString()),
                        directory,
                        java.util.Map.of()),
                LIMIT);
        if (!result.succeeded()) {
            throw new AssertionError(result.error());
        }
        return new Gson().fromJson(result.output(), JsonElement.class);
    }
}
