import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a comparison takes place: its arguments, {@code name=value}; its directory; its commands and environments. */
final class Workplace {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String BIN = WINDOWS ? "Scripts" : "bin";

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private final Path data;
    private String interpreter = "";

    /** A command that has ended. */
    record Ran(int exitCode, String output, Duration time) {
        String lastLine() {
            return output.strip().lines().reduce("", (first, second) -> second).strip();
        }
    }

    Workplace(String[] arguments) throws IOException {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
        data = Path.of(given.get("data")).toAbsolutePath().normalize();
        Files.createDirectories(directory);
    }

    /** An argument; empty where it isn't given. */
    String given(String name) {
        return given.getOrDefault(name, "");
    }

    /** An argument that is a list, with commas or blanks between. */
    Set<String> givenSet(String name) {
        return Arrays.stream(given(name).split("[,\\s]+"))
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A place in the directory. */
    Path place(String name) {
        return directory.resolve(name);
    }

    Path directory() {
        return directory;
    }

    /** A file beside this program. */
    Path data(String name) {
        return data.resolve(name);
    }

    /** Maven, as it was called for the comparison, but for what follows. */
    List<String> maven(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(given("mavenHome"), "bin", WINDOWS ? "mvn.cmd" : "mvn").toString()));
        command.addAll(List.of("-B", "-ntp", "-Dmaven.repo.local=" + given("localRepository")));
        if (Files.isRegularFile(Path.of(given("settings")))) {
            command.addAll(List.of("-s", given("settings")));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** The differences that are meant, of a file beside this program. */
    List<Known> known(String name) throws IOException {
        return lines(name).stream().map(Known::parse).toList();
    }

    /** Writes a table, and prints it. */
    void publish(String name, String table) throws IOException {
        Path file = Files.writeString(place(name), table);
        System.out.println();
        System.out.print(table);
        System.out.println();
        System.out.println("Written to " + file);
    }

    /** A program of an environment. */
    static String program(Path environment, String name) {
        return environment.resolve(BIN).resolve(WINDOWS ? name + ".exe" : name).toString();
    }

    Path environment(String name, String... packages) throws IOException, InterruptedException {
        Path environment = directory.resolve("environments").resolve(name);
        if (!Files.exists(environment)) {
            must(directory, List.of(python(), "-m", "venv", environment.toString()));
            must(directory, with(List.of(python(environment), "-m", "pip", "install", "--quiet"), packages));
        }
        return environment;
    }

    /** The Python of this folder: a project may have a file that chooses another for its own. */
    String python() throws IOException, InterruptedException {
        if (interpreter.isEmpty()) {
            String program = WINDOWS ? "python" : "python3";
            interpreter = run(directory, List.of(program, "-c", "import sys; print(sys.executable)"), null)
                    .lastLine();
        }
        return interpreter;
    }

    static String python(Path environment) {
        return program(environment, "python");
    }

    void must(Path folder, List<String> command) throws IOException, InterruptedException {
        Ran ran = run(folder, command, null);
        if (ran.exitCode() != 0) {
            System.out.println(ran.output());
            throw new Broken("exit code " + ran.exitCode() + ": " + String.join(" ", command) + ": " + ran.lastLine());
        }
    }

    /** @param log what is printed goes there too; null for nowhere */
    Ran run(Path folder, List<String> command, Path log) throws IOException, InterruptedException {
        Path output = log == null ? Files.createTempFile(directory, "output", ".txt") : log;
        Files.createDirectories(output.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_OPTS", "MAVEN_ARGS", "PYTHONPATH")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (command.contains("download")) {
            builder.environment()
                    .merge(
                            "PATH",
                            Path.of(command.get(0)).getParent().toString(),
                            (path, first) -> first + java.io.File.pathSeparator + path);
        }
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        if (log == null) {
            Files.delete(output);
        }
        return new Ran(process.exitValue(), text, time);
    }

    static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    static Optional<Path> only(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).findFirst();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    List<String> lines(String name) throws IOException {
        return Files.readAllLines(data.resolve(name)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
