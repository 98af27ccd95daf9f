import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures whole processes from their start to their end: nothing has changed since the last build, and each command
 * finds the machine as the others find it, because they run in turn.
 *
 * <p>Run as a source file. Arguments are {@code name=value}. The result is a table, and the same as JSON.
 */
final class Bench {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String BIN = WINDOWS ? "Scripts" : "bin";
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;

    /** What is done before each run of a command, and isn't measured. */
    private interface Before {
        Before NOTHING = () -> {};

        void run() throws IOException;
    }

    /** A command that is measured, under the name that it has in the table. */
    private record Candidate(
            String name, Path folder, Map<String, String> environment, List<String> command, Before before) {
        Candidate(String name, Path folder, Map<String, String> environment, List<String> command) {
            this(name, folder, environment, command, Before.NOTHING);
        }

        Candidate after(String change, Before before) {
            return new Candidate(name + ", " + change, folder, environment, command, before);
        }
    }

    /** What was measured, in milliseconds, and the peak of the process's memory in KiB, or 0 where that isn't known. */
    private record Measured(String name, List<Double> times, long peakKib) {
        double median() {
            List<Double> sorted = times.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }

        double least() {
            return times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        }

        double most() {
            return times.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }
    }

    private Bench(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Bench(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        List<String> parts = List.of(given.getOrDefault("parts", "one,many").split(","));
        if (!parts.contains("one") && !parts.contains("many")) {
            return;
        }
        Files.createDirectories(directory);
        Path maturin = maturin();
        List<List<Measured>> tables = new ArrayList<>();
        if (parts.contains("one")) {
            tables.addAll(onePython(maturin));
        }
        if (parts.contains("many")) {
            tables.addAll(severalPythons(maturin));
        }
        System.out.println();
        System.out.print(tables.stream().map(Bench::table).collect(Collectors.joining("\n")));
        Path json = Path.of(given.get("json")).toAbsolutePath().normalize();
        Files.createDirectories(json.getParent());
        Files.writeString(json, json(tables.stream().flatMap(List::stream).toList()));
        System.out.println();
        System.out.println("Written to " + json);
    }

    /** A wheel for one Python, and a development install; nothing has changed. */
    private List<List<Measured>> onePython(Path maturin) throws IOException, InterruptedException {
        Path ours = project("ours");
        Path theirs = project("theirs");
        Path ourEnvironment = environment("our-environment");
        Path theirEnvironment = environment("their-environment");

        List<Measured> packaging = inTurn(
                new Candidate("mvn validate", ours, Map.of(), maven("validate")),
                new Candidate("mvn package", ours, Map.of(), maven("package")),
                new Candidate("mvn package -DskipTests", ours, Map.of(), maven("package", "-DskipTests")),
                new Candidate(
                        "maturin build --release",
                        theirs,
                        Map.of(),
                        List.of(maturin.toString(), "build", "--release", "--interpreter", "python3")));
        List<Measured> developing = inTurn(
                new Candidate("mvn rust:develop", ours, active(ourEnvironment), maven("rust:develop")),
                new Candidate(
                        "maturin develop", theirs, active(theirEnvironment), List.of(maturin.toString(), "develop")));
        return List.of(packaging, developing);
    }

    /** Wheels for each of several Pythons: nothing changed, one line changed, nothing there. */
    private List<List<Measured>> severalPythons(Path maturin) throws IOException, InterruptedException {
        List<String> pythons = pythons();
        if (pythons.size() < 2) {
            System.out.println("One Python only: nothing to measure for several.");
            return List.of();
        }
        String count = pythons.size() + " Pythons";
        Path ours = project("our-many");
        Path theirs = project("their-many");
        List<String> theirCommand = new ArrayList<>(List.of(maturin.toString(), "build", "--release", "--interpreter"));
        theirCommand.addAll(pythons);
        Candidate our = new Candidate(
                "mvn, " + count,
                ours,
                Map.of(),
                maven("package", "-DskipTests", "-Drust.interpreters=" + String.join(",", pythons)));
        Candidate their = new Candidate("maturin, " + count, theirs, Map.of(), theirCommand);
        int rounds = Integer.parseInt(given.getOrDefault("manyRounds", "3"));
        List<Measured> cold = inTurn(
                0,
                1,
                our.after("cold", () -> delete(ours.resolve("target"))),
                their.after("cold", () -> delete(theirs.resolve("target"))));
        List<Measured> unchanged =
                inTurn(1, rounds, our.after("unchanged", Before.NOTHING), their.after("unchanged", Before.NOTHING));
        List<Measured> edited =
                inTurn(1, rounds, our.after("edited", () -> edit(ours)), their.after("edited", () -> edit(theirs)));
        return List.of(unchanged, edited, cold);
    }

    /** CPython 3.10 to 3.13, as far as they are there: in pyenv, or on the PATH. */
    private static List<String> pythons() throws IOException {
        List<String> found = new ArrayList<>();
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        for (int minor = 10; minor <= 13; minor++) {
            String name = "python3." + minor;
            String release = "3." + minor + ".";
            List<Path> places = new ArrayList<>();
            if (Files.isDirectory(versions)) {
                try (Stream<Path> all = Files.list(versions)) {
                    all.filter(version -> version.getFileName().toString().startsWith(release))
                            .map(version -> version.resolve("bin"))
                            .forEach(places::add);
                }
            }
            Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                    .filter(part -> !part.contains("shims"))
                    .map(Path::of)
                    .forEach(places::add);
            places.stream()
                    .map(place -> place.resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .ifPresent(python -> found.add(python.toString()));
        }
        return found;
    }

    private static void edit(Path project) throws IOException {
        Path source = project.resolve("src/lib.rs");
        Files.writeString(source, Files.readString(source) + "// " + System.nanoTime() + "\n");
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    // The parts

    private Path maturin() throws IOException, InterruptedException {
        Path environment = environment("maturin");
        Path program = environment.resolve(BIN).resolve(WINDOWS ? "maturin.exe" : "maturin");
        if (!Files.exists(program)) {
            must(directory, Map.of(), List.of(python(environment), "-m", "pip", "install", "--quiet", "maturin"));
        }
        return program;
    }

    private Path environment(String name) throws IOException, InterruptedException {
        Path environment = directory.resolve(name);
        if (!Files.exists(environment)) {
            must(directory, Map.of(), List.of("python3", "-m", "venv", environment.toString()));
        }
        return environment;
    }

    private static String python(Path environment) {
        return environment
                .resolve(BIN)
                .resolve(WINDOWS ? "python.exe" : "python")
                .toString();
    }

    /** The quickstart's project, in a folder of its own. */
    private Path project(String name) throws IOException, InterruptedException {
        Path folder = directory.resolve(name);
        Path project = folder.resolve("my_fast_lib");
        if (!Files.exists(project)) {
            Files.createDirectories(folder);
            must(
                    folder,
                    Map.of(),
                    maven(
                            "org.apache.maven.plugins:maven-archetype-plugin:" + given.get("archetypePlugin")
                                    + ":generate",
                            "-DarchetypeCatalog=local",
                            "-DarchetypeGroupId=io.github.nativemaven",
                            "-DarchetypeArtifactId=native-archetype",
                            "-DarchetypeVersion=" + given.get("version"),
                            "-DgroupId=org.acme",
                            "-DartifactId=my_fast_lib"));
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

    private static Map<String, String> active(Path environment) {
        return Map.of("VIRTUAL_ENV", environment.toString());
    }

    // The measuring

    /** Twice unmeasured, so that everything is built and read; then each in turn, again and again. */
    private List<Measured> inTurn(Candidate... candidates) throws IOException, InterruptedException {
        return inTurn(2, Integer.parseInt(given.getOrDefault("rounds", "11")), candidates);
    }

    private List<Measured> inTurn(int unmeasured, int rounds, Candidate... candidates)
            throws IOException, InterruptedException {
        for (int warm = 0; warm < unmeasured; warm++) {
            for (Candidate candidate : candidates) {
                candidate.before().run();
                must(candidate.folder(), candidate.environment(), candidate.command());
            }
        }
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Candidate candidate : candidates) {
                candidate.before().run();
                long start = System.nanoTime();
                must(candidate.folder(), candidate.environment(), candidate.command());
                times.computeIfAbsent(candidate.name(), name -> new ArrayList<>())
                        .add((System.nanoTime() - start) / 1e6);
            }
            System.out.print(".");
            System.out.flush();
        }
        List<Measured> measured = new ArrayList<>();
        for (Candidate candidate : candidates) {
            long peak = rounds > 1 ? peak(candidate) : 0;
            measured.add(new Measured(candidate.name(), times.get(candidate.name()), peak));
        }
        return measured;
    }

    /** The largest resident memory of the process itself, in KiB, read while it runs: a run of its own. */
    private long peak(Candidate candidate) throws IOException, InterruptedException {
        candidate.before().run();
        Process process = start(candidate.folder(), candidate.environment(), candidate.command(), "peak.log");
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        long peak = 0;
        while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakNow(status));
        }
        return peak;
    }

    private static long peakNow(Path status) {
        try {
            Matcher line = PEAK.matcher(Files.readString(status));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private void must(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Process process = start(folder, environment, command, "last.log");
        if (!process.waitFor(Duration.ofMinutes(15).toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            System.err.println(Files.readString(directory.resolve("last.log")));
            System.err.println("Failed: " + String.join(" ", command));
            System.exit(1);
        }
    }

    private Process start(Path folder, Map<String, String> environment, List<String> command, String log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_OPTS", "MAVEN_ARGS")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    // The result

    private static String table(List<Measured> measured) {
        double first = measured.get(0).median();
        double last = measured.get(measured.size() - 1).median();
        String firstName = measured.get(0).name();
        String lastName = measured.get(measured.size() - 1).name();
        StringBuilder table = new StringBuilder(String.format(
                "%-32s %9s %9s %9s %11s %14s %14s%n",
                "", "median s", "least s", "most s", "peak MiB", "to the first", "to the last"));
        for (Measured one : measured) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-32s %9.3f %9.3f %9.3f %11.0f %14.2f %14.2f%n",
                    one.name(),
                    one.median() / 1000,
                    one.least() / 1000,
                    one.most() / 1000,
                    one.peakKib() / 1024.0,
                    one.median() / first,
                    one.median() / last));
        }
        return table + String.format("(the first: %s; the last: %s)%n", firstName, lastName);
    }

    private String json(List<Measured> measured) {
        String rows = measured.stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "    {\"command\": \"%s\", \"medianMs\": %.1f, \"peakKib\": %d, \"timesMs\": %s}",
                        one.name(),
                        one.median(),
                        one.peakKib(),
                        one.times().stream()
                                .map(time -> String.format(Locale.ROOT, "%.1f", time))
                                .collect(Collectors.joining(", ", "[", "]"))))
                .collect(Collectors.joining(",\n"));
        List<String> pairs = new ArrayList<>();
        if (measured.stream().anyMatch(one -> one.name().equals("mvn validate"))) {
            pairs.add(ratio(measured, "mvn package", "mvn validate"));
            pairs.add(ratio(measured, "mvn package", "maturin build --release"));
            pairs.add(ratio(measured, "mvn rust:develop", "maturin develop"));
        }
        measured.stream()
                .map(Measured::name)
                .filter(name -> name.startsWith("mvn, "))
                .forEach(name -> pairs.add(ratio(measured, name, name.replace("mvn, ", "maturin, "))));
        String ratios = String.join(",\n", pairs);
        String machine = String.format(
                "  \"machine\": {\"processors\": %d, \"os\": \"%s\", \"java\": \"%s\"}",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"));
        return String.join(
                        "\n",
                        Arrays.asList(
                                "{",
                                machine + ",",
                                "  \"commands\": [",
                                rows,
                                "  ],",
                                "  \"ratios\": [",
                                ratios,
                                "  ]",
                                "}"))
                + "\n";
    }

    private static String ratio(List<Measured> measured, String name, String to) {
        double one = median(measured, name);
        double other = median(measured, to);
        return String.format(
                Locale.ROOT,
                "    {\"command\": \"%s\", \"to\": \"%s\", \"ratio\": %.3f, \"differenceMs\": %.1f}",
                name,
                to,
                one / other,
                one - other);
    }

    private static double median(List<Measured> measured, String name) {
        return measured.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .median();
    }
}
