import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures what somebody waits for who edits one line of the quickstart: from the saved file to the library in its place.
 * rust:watch, maturin develop, and cargo alone are given the same edits in turn, each in a project of its own.
 *
 * <p>Run as a source file. Arguments are {@code name=value}. The result is a table, and the same as JSON.
 */
final class WatchBench {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String BIN = WINDOWS ? "Scripts" : "bin";
    private static final Pattern SUM = Pattern.compile("\\(a \\+ b[^)]*\\)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, List<Double>> times = new LinkedHashMap<>();
    private final Path directory;
    private int summand;

    private WatchBench(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new WatchBench(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        if (!List.of(given.getOrDefault("parts", "watch").split(",")).contains("watch")) {
            return;
        }
        Files.createDirectories(directory);
        Path maturin = environment("maturin").resolve(BIN).resolve("maturin");
        if (!Files.exists(maturin)) {
            must(directory, Map.of(), python("maturin"), "-m", "pip", "install", "--quiet", "maturin");
        }
        Path ours = project("watched");
        Path theirs = project("developed");
        Path bare = project("compiled");
        Path ourEnvironment = environment("watched-environment");
        Path theirEnvironment = environment("developed-environment");

        List<String> develop = List.of(maturin.toString(), "develop", "--quiet");
        Map<String, String> active = Map.of("VIRTUAL_ENV", theirEnvironment.toString());
        List<String> cargo = List.of("cargo", "build", "--quiet");
        Map<String, String> forPython =
                Map.of("PYO3_PYTHON", python("watched-environment"), "PYO3_BUILD_EXTENSION_MODULE", "1");
        Process watch = watch(ours, ourEnvironment);
        try {
            Path libraries = libraries();
            int rounds = Integer.parseInt(given.getOrDefault("rounds", "11"));
            for (int round = -2; round < rounds; round++) {
                summand++;
                measure(round, "cargo build", () -> timed(bare, forPython, cargo));
                measure(round, "rust:watch", () -> watched(ours, libraries));
                measure(round, "maturin develop", () -> timed(theirs, active, develop));
                System.out.print(round < 0 ? "" : ".");
                System.out.flush();
            }
            report(peak(watch));
        } finally {
            Stream.concat(watch.descendants(), Stream.of(watch.toHandle())).forEach(ProcessHandle::destroy);
            watch.waitFor();
        }
    }

    /** One measurement, in milliseconds. */
    private interface Measurement {
        double run() throws IOException, InterruptedException;
    }

    private void measure(int round, String name, Measurement measurement) throws IOException, InterruptedException {
        double time = measurement.run();
        if (round >= 0) {
            times.computeIfAbsent(name, key -> new ArrayList<>()).add(time);
        }
    }

    // What is measured

    private double timed(Path project, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        edit(project);
        long start = System.nanoTime();
        must(project, environment, command.toArray(String[]::new));
        return (System.nanoTime() - start) / 1e6;
    }

    private double watched(Path project, Path libraries) throws IOException, InterruptedException {
        Path before = newest(libraries);
        edit(project);
        long start = System.nanoTime();
        while (newest(libraries).equals(before)) {
            Thread.sleep(1);
            if (System.nanoTime() - start > 60e9) {
                throw new IllegalStateException(Files.readString(directory.resolve("watch.log")));
            }
        }
        double time = (System.nanoTime() - start) / 1e6;
        String sum = "import my_fast_lib as m; print(m.sum_as_string(0, 0))";
        String printed = must(directory, Map.of(), python("watched-environment"), "-c", sum);
        if (!printed.strip().equals(String.valueOf(summand))) {
            throw new IllegalStateException("the sum should be " + summand + " and is " + printed);
        }
        return time;
    }

    /** The library that Python would take. */
    private static Path newest(Path libraries) throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.getFileName().toString().matches("my_fast_lib\\.my_fast_lib\\.\\d+\\..+"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /** Where rust:watch puts libraries. */
    private Path libraries() throws IOException, InterruptedException {
        String where = "import _my_fast_lib_hot; print(_my_fast_lib_hot.HERE)";
        return Path.of(must(directory, Map.of(), python("watched-environment"), "-c", where)
                .strip());
    }

    private void edit(Path project) throws IOException {
        Path source = project.resolve("src/lib.rs");
        String text = Files.readString(source);
        Files.writeString(source, SUM.matcher(text).replaceFirst("(a + b + " + summand + ")"));
    }

    // The parts

    private Process watch(Path project, Path environment) throws IOException, InterruptedException {
        Path log = directory.resolve("watch.log");
        Files.deleteIfExists(log);
        List<String> command = maven("rust:watch");
        Process watch = start(project, Map.of("VIRTUAL_ENV", environment.toString()), command, log);
        while (!Files.readString(log).contains("Ctrl-C ends")) {
            if (!watch.isAlive()) {
                throw new IllegalStateException(Files.readString(log));
            }
            Thread.sleep(100);
        }
        return watch;
    }

    private Path environment(String name) throws IOException, InterruptedException {
        Path environment = directory.resolve(name);
        if (!Files.exists(environment)) {
            must(directory, Map.of(), "python3", "-m", "venv", environment.toString());
        }
        return environment;
    }

    private String python(String environment) {
        return directory
                .resolve(environment)
                .resolve(BIN)
                .resolve(WINDOWS ? "python.exe" : "python")
                .toString();
    }

    /** The quickstart's project, in a folder of its own. */
    private Path project(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve(name));
        Path project = folder.resolve("my_fast_lib");
        if (!Files.exists(project)) {
            List<String> generate = maven(
                    "org.apache.maven.plugins:maven-archetype-plugin:" + given.get("archetypePlugin") + ":generate",
                    "-DarchetypeCatalog=local",
                    "-DarchetypeGroupId=io.github.nativemaven",
                    "-DarchetypeArtifactId=native-archetype",
                    "-DarchetypeVersion=" + given.get("version"),
                    "-DgroupId=org.acme",
                    "-DartifactId=my_fast_lib");
            must(folder, Map.of(), generate.toArray(String[]::new));
        }
        return project;
    }

    private List<String> maven(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(given.get("mavenHome"), "bin", WINDOWS ? "mvn.cmd" : "mvn")
                .toString());
        command.addAll(List.of("-B", "-ntp", "-Dmaven.repo.local=" + given.get("localRepository")));
        String settings = given.get("settings");
        if (settings != null && Files.isRegularFile(Path.of(settings))) {
            command.addAll(List.of("-s", settings));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private String must(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path log = directory.resolve("last.log");
        Process process = start(folder, environment, List.of(command), log);
        if (!process.waitFor(15, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + "\n" + Files.readString(log));
        }
        return Files.readString(log);
    }

    private static Process start(Path folder, Map<String, String> environment, List<String> command, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_OPTS", "MAVEN_ARGS")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    // The result

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The largest resident memory of the process so far, in KiB; 0 where that isn't known. */
    private static long peak(Process process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        Matcher line = PEAK.matcher(Files.exists(status) ? Files.readString(status) : "");
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private void report(long peakKib) throws IOException {
        double cargo = median(times.get("cargo build"));
        double maturin = median(times.get("maturin develop"));
        double watch = median(times.get("rust:watch"));
        System.out.printf("%n%-18s %9s %9s %9s%n", "one line edited", "median s", "least s", "most s");
        times.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-18s %9.3f %9.3f %9.3f%n",
                name,
                median(all) / 1000,
                all.stream().mapToDouble(time -> time).min().orElseThrow() / 1000,
                all.stream().mapToDouble(time -> time).max().orElseThrow() / 1000));
        System.out.printf(
                Locale.ROOT,
                "rust:watch: %.2f of maturin develop, cargo and %.3f s (50 ms of them for a burst to end), peak %d MiB%n",
                watch / maturin,
                (watch - cargo) / 1000,
                peakKib / 1024);
        Path json = Path.of(given.get("json")).toAbsolutePath().normalize();
        Files.createDirectories(json.getParent());
        Files.writeString(
                json,
                String.format(
                        Locale.ROOT,
                        "{\"timesMs\": {%s}, \"toMaturin\": %.3f, \"beyondCargoMs\": %.1f, \"peakKib\": %d}%n",
                        String.join(
                                ", ",
                                times.entrySet().stream()
                                        .map(one -> "\"" + one.getKey() + "\": " + one.getValue())
                                        .toList()),
                        watch / maturin,
                        watch - cargo,
                        peakKib));
        System.out.println("Written to " + json);
    }
}
