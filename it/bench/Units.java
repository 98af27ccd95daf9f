import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures builds of many units. {@code deps}: a crate of about 150 dependencies, from nothing for several Pythons, and
 * what each Python more takes on disk. {@code targets}: one target and two, for several Pythons, where nothing has
 * changed. {@code memory}: Maven's memory with 24 units. Run as a source file; arguments are {@code name=value}, of which
 * {@code parts} lists what is measured.
 */
final class Units {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final String ARM = "aarch64-unknown-linux-gnu";
    private static final int UNITS = 24;

    /** Released crates, most of which know nothing of Python, and all that they depend on. */
    private static final String DEPENDENCIES = """
            anyhow = "=1.0.100"
            chrono = { version = "=0.4.42", features = ["serde"] }
            clap = { version = "=4.5.53", features = ["derive"] }
            csv = "=1.4.0"
            dashmap = "=6.1.0"
            globset = "=0.4.18"
            hyper = { version = "=1.8.1", features = ["client", "http1", "server"] }
            image = { version = "=0.25.9", default-features = false, features = ["bmp", "gif", "png"] }
            indexmap = "=2.12.1"
            itertools = "=0.14.0"
            rand = "=0.9.2"
            rayon = "=1.11.0"
            regex = "=1.12.2"
            serde = { version = "=1.0.228", features = ["derive"] }
            serde_json = "=1.0.149"
            sha2 = "=0.10.9"
            thiserror = "=2.0.17"
            tokio = { version = "=1.48.0", features = ["fs", "macros", "net", "rt-multi-thread", "sync", "time"] }
            toml = "=0.9.8"
            tracing = "=0.1.43"
            url = "=2.5.7"
            walkdir = "=2.5.0"
            """;

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private long peakKib;

    private Units(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Units(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        List<String> parts =
                Arrays.asList(given.getOrDefault("parts", "deps,targets,memory").split(","));
        List<String> pythons = pythons();
        if (pythons.size() < 2) {
            System.out.println("One Python only: nothing to measure for several.");
            return;
        }
        Files.createDirectories(directory);
        System.out.printf("%n%-58s %9s %11s%n", "", "seconds", "peak MiB");
        if (parts.contains("deps")) {
            dependencies(pythons);
        }
        if (parts.contains("targets")) {
            targets(pythons);
        }
        if (parts.contains("memory")) {
            memory();
        }
    }

    // A large crate

    private void dependencies(List<String> pythons) throws IOException, InterruptedException {
        Path ours = crate("deps-ours", "pyo3 = \"=0.28.3\"\n" + DEPENDENCIES);
        Path theirs = crate("deps-theirs", "pyo3 = \"=0.28.3\"\n" + DEPENDENCIES);
        List<String> maturin = new ArrayList<>(List.of(maturin().toString(), "build", "--release", "--interpreter"));
        maturin.addAll(pythons);
        must(theirs, Map.of(), List.of("cargo", "fetch", "--quiet"));
        Files.copy(
                theirs.resolve("Cargo.lock"),
                ours.resolve("Cargo.lock"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String count = crates(theirs) + " crates, " + pythons.size() + " Pythons, cold";
        List<String> maven = maven("package", "-DskipTests", "-Drust.interpreters=" + String.join(",", pythons));
        must(ours, Map.of(), maven("validate"));
        delete(ours.resolve("target"));
        double mine = measure("mvn, " + count, ours, Map.of(), maven);
        delete(theirs.resolve("target"));
        double other = measure("maturin, " + count, theirs, Map.of(), maturin);
        ratio("mvn to maturin", mine / other);
        try (Stream<Path> targets = Files.list(ours.resolve("target/rust"))) {
            for (Path unit : list(targets.filter(Files::isDirectory).findFirst().orElseThrow())) {
                System.out.printf(
                        Locale.ROOT, "%-58s %9.0f MB%n", "  on disk: " + unit.getFileName(), size(unit) / 1e6);
            }
        }
        System.out.printf(
                Locale.ROOT, "%-58s %9.0f MB%n", "  on disk: maturin's target", size(theirs.resolve("target")) / 1e6);
        measure("mvn, unchanged", ours, Map.of(), maven);
        measure("maturin, unchanged", theirs, Map.of(), maturin);
    }

    private int crates(Path project) throws IOException, InterruptedException {
        must(project, Map.of(), List.of("cargo", "tree", "--prefix", "none", "--quiet"));
        return (int) Files.readAllLines(directory.resolve("last.log")).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" ")[0] + line.split(" ")[1])
                .distinct()
                .count();
    }

    // Several targets

    private void targets(List<String> pythons) throws IOException, InterruptedException {
        Optional<Path> rustc = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(part -> Path.of(part, "rustc"))
                .filter(Files::isExecutable)
                .filter(Units::hasArm)
                .findFirst();
        if (rustc.isEmpty()) {
            System.out.println("targets: skipped, because no rustc has a standard library for " + ARM);
            return;
        }
        Path project = crate("targets", "pyo3 = \"=0.28.3\"\n");
        Map<String, String> environment = Map.of("RUSTC", rustc.get().toString());
        List<String> one = maven(
                "package",
                "-DskipTests",
                "-Drust.targets=linux-x86_64",
                "-Drust.interpreters=" + String.join(",", pythons));
        List<String> two = maven(
                "package",
                "-DskipTests",
                "-Drust.targets=linux-x86_64,linux-aarch64",
                "-Drust.interpreters=" + String.join(",", pythons));
        must(project, environment, two);
        must(project, environment, one);
        double[] ofOne = new double[rounds()];
        double[] ofTwo = new double[rounds()];
        peakKib = 0;
        for (int i = 0; i < rounds(); i++) {
            ofOne[i] = seconds(project, environment, one);
            ofTwo[i] = seconds(project, environment, two);
        }
        row("mvn, one target, " + pythons.size() + " Pythons, unchanged", median(ofOne));
        row("mvn, two targets, " + pythons.size() + " Pythons, unchanged", median(ofTwo));
        System.out.printf(Locale.ROOT, "%-58s %9.3f s%n", "  two targets take more", median(ofTwo) - median(ofOne));
    }

    private static boolean hasArm(Path rustc) {
        try {
            Process process = new ProcessBuilder(rustc.toString(), "--print", "target-libdir", "--target", ARM).start();
            String library = new String(process.getInputStream().readAllBytes(), "UTF-8").strip();
            return process.waitFor() == 0 && Files.isDirectory(Path.of(library));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // Maven's memory

    /** Pythons that say that they are others: a program that asks the real one, and changes the version in its answer. */
    private void memory() throws IOException, InterruptedException {
        Path real = Path.of("/usr/bin/python3").toRealPath();
        String release = real.getFileName().toString().replace("python3.", "");
        List<String> standIns = new ArrayList<>();
        for (int i = 0; i < UNITS; i++) {
            String minor = String.valueOf(40 + i);
            Path program = directory.resolve("pythons").resolve("python3." + minor);
            write(
                    program,
                    "#!/bin/sh\n'" + real + "' \"$@\" | sed -e 's/3\\." + release + "/3." + minor
                            + "/g' -e 's/cpython-3" + release + "/cpython-3" + minor + "/g'\n");
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("can't make " + program + " executable");
            }
            standIns.add(program.toString());
        }
        write(
                directory.resolve("pyo3/Cargo.toml"),
                "[package]\nname = \"pyo3\"\nversion = \"99.0.0\"\n[features]\nabi3 = []\n");
        write(directory.resolve("pyo3/src/lib.rs"), "");
        Path project = crate("memory", "pyo3 = { path = \"../pyo3\" }\nserde_json = \"=1.0.149\"\n");
        write(
                project.resolve("src/lib.rs"),
                "#[no_mangle]\npub extern \"C\" fn PyInit_memory() -> *mut u8 {\n    std::ptr::null_mut()\n}\n");
        delete(project.resolve("target"));
        List<String> maven = maven("package", "-DskipTests", "-Drust.interpreters=" + String.join(",", standIns));
        measure("mvn, " + UNITS + " units, cold", project, Map.of(), maven);
        measure("mvn, " + UNITS + " units, unchanged", project, Map.of(), maven);
    }

    // The parts

    /** CPython 3.10 to 3.13, as far as they are there: in pyenv, or on the PATH. */
    private static List<String> pythons() throws IOException {
        List<String> found = new ArrayList<>();
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        for (int minor = 10; minor <= 13; minor++) {
            String name = "python3." + minor;
            String release = "3." + minor + ".";
            List<Path> places = new ArrayList<>();
            if (Files.isDirectory(versions)) {
                list(versions).stream()
                        .filter(version -> version.getFileName().toString().startsWith(release))
                        .map(version -> version.resolve("bin"))
                        .forEach(places::add);
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

    private Path crate(String name, String dependencies) throws IOException {
        Path project = directory.resolve(name);
        write(
                project.resolve("Cargo.toml"),
                "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\n"
                        + "crate-type = [\"cdylib\"]\n[dependencies]\n" + dependencies + "[workspace]\n");
        write(project.resolve("src/lib.rs"), "#[pyo3::pymodule]\nmod " + name.replace('-', '_') + " {}\n");
        write(project.resolve(".mvn/jvm.config"), "-XX:TieredStopAtLevel=1\n");
        write(
                project.resolve("pom.xml"),
                "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                        + "<groupId>org.acme</groupId><artifactId>" + name + "</artifactId><version>0.1.0</version>"
                        + "<packaging>rust</packaging><build><plugins><plugin><groupId>io.github.nativemaven</groupId>"
                        + "<artifactId>native-maven-plugin</artifactId><version>" + given.get("version")
                        + "</version><extensions>true</extensions></plugin></plugins></build></project>\n");
        return project;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    private Path maturin() throws IOException, InterruptedException {
        Path environment = directory.resolve("maturin");
        if (!Files.exists(environment.resolve("bin/maturin"))) {
            must(directory, Map.of(), List.of("python3", "-m", "venv", environment.toString()));
            must(
                    directory,
                    Map.of(),
                    List.of(environment.resolve("bin/pip").toString(), "install", "--quiet", "maturin"));
        }
        return environment.resolve("bin/maturin");
    }

    private List<String> maven(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(given.get("mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + given.get("localRepository")));
        command.addAll(List.of(arguments));
        return command;
    }

    private int rounds() {
        return Integer.parseInt(given.getOrDefault("rounds", "5"));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().collect(Collectors.toList());
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    // The measuring

    private double measure(String name, Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        peakKib = 0;
        double seconds = seconds(folder, environment, command);
        row(name, seconds);
        return seconds;
    }

    private void row(String name, double seconds) {
        System.out.printf(Locale.ROOT, "%-58s %9.3f %11.0f%n", name, seconds, peakKib / 1024.0);
    }

    private static void ratio(String name, double ratio) {
        System.out.printf(Locale.ROOT, "%-58s %9.2f%n", "  " + name, ratio);
    }

    private double seconds(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        must(folder, environment, command);
        return (System.nanoTime() - start) / 1e9;
    }

    private void must(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path log = directory.resolve("last.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_OPTS", "MAVEN_ARGS")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        long end = System.nanoTime() + Duration.ofMinutes(60).toNanos();
        while (!process.waitFor(5, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            peakKib = Math.max(peakKib, peakNow(status));
        }
        if (process.isAlive() || process.exitValue() != 0) {
            process.destroyForcibly();
            System.err.println(Files.readString(log));
            System.err.println("Failed: " + String.join(" ", command));
            System.exit(1);
        }
    }

    private static long peakNow(Path status) {
        try {
            Matcher line = PEAK.matcher(Files.readString(status));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
