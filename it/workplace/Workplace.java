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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where something is tried: its arguments, {@code name=value}; its directory; its commands and environments. */
class Workplace {
    static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String BIN = WINDOWS ? "Scripts" : "bin";
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Duration LONGEST = Duration.ofMinutes(60);

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private final Path data;
    private String interpreter = "";

    /**
     * A command that has ended.
     *
     * @param output what it printed, errors too
     * @param peakKib the most memory that the process itself had, in KiB; 0 where that isn't known
     */
    record Ran(int exitCode, String output, Duration time, long peakKib) {
        double seconds() {
            return time.toNanos() / 1e9;
        }

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
        data = Path.of(given("data")).toAbsolutePath().normalize();
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

    /** A file beside this program, where the argument {@code data} says that there are any. */
    Path data(String name) {
        return data.resolve(name);
    }

    /** Maven, as it was called for this program, but for what follows. */
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

    /** A virtual environment with these packages, made where it isn't there yet. */
    Path environment(String name, String... packages) throws IOException, InterruptedException {
        Path environment = directory.resolve("environments").resolve(name);
        if (!Files.exists(environment)) {
            must(directory, List.of(python(), "-m", "venv", environment.toString()));
            if (packages.length > 0) {
                must(directory, with(List.of(python(environment), "-m", "pip", "install", "--quiet"), packages));
            }
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

    Ran must(Path folder, List<String> command) throws IOException, InterruptedException {
        return must(folder, Map.of(), command);
    }

    /** @throws Broken if the command fails */
    Ran must(Path folder, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        Ran ran = run(folder, variables, command, null);
        if (ran.exitCode() != 0) {
            System.out.println(ran.output());
            throw new Broken("exit code " + ran.exitCode() + ": " + String.join(" ", command) + ": " + ran.lastLine());
        }
        return ran;
    }

    /** @param log what is printed goes there too; null for nowhere */
    Ran run(Path folder, List<String> command, Path log) throws IOException, InterruptedException {
        return run(folder, Map.of(), command, log);
    }

    private Ran run(Path folder, Map<String, String> variables, List<String> command, Path log)
            throws IOException, InterruptedException {
        Path output = log == null ? Files.createTempFile(directory, "output", ".txt") : log;
        Files.createDirectories(output.getParent());
        long start = System.nanoTime();
        Process process = start(folder, variables, command, output);
        process.getOutputStream().close();
        long peak = 0;
        while (!process.waitFor(5, TimeUnit.MILLISECONDS) && System.nanoTime() - start < LONGEST.toNanos()) {
            peak = Math.max(peak, peakKib(process));
        }
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        if (log == null) {
            Files.delete(output);
        }
        return new Ran(process.exitValue(), text, time, peak);
    }

    /** Starts a command, without what the caller's shell says of environments and builds, but with these variables. */
    Process start(Path folder, Map<String, String> variables, List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
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
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** The most memory that a process itself has had so far, in KiB; 0 where that isn't known. */
    static long peakKib(Process process) {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            Matcher line = PEAK.matcher(Files.readString(status));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            return 0; // It has just ended.
        }
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
