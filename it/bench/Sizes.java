import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures projects of size: a mixed one with 5,000 Python files of 20 KB, whose wheel is written anew each time; and a
 * workspace of 50 crates, in which nothing has changed. Run as a source file; arguments are {@code name=value}.
 */
final class Sizes {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final int FILES = 5000;
    private static final int CRATES = 50;

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private long peakKib;

    private Sizes(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Sizes(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        if (!Arrays.asList(given.getOrDefault("parts", "sizes").split(",")).contains("sizes")) {
            return;
        }
        Path small = mixed("mixed-1", 1);
        Path large = mixed("mixed-" + FILES, FILES);
        Path workspace = workspace();
        Path environment = directory.resolve("maturin");
        if (!Files.exists(environment)) {
            must(directory, List.of("python3", "-m", "venv", environment.toString()));
            must(directory, List.of(environment.resolve("bin/pip").toString(), "install", "--quiet", "maturin"));
        }
        List<String> maturin = List.of(
                environment.resolve("bin/maturin").toString(), "build", "--release", "--interpreter", "python3");
        for (Path project : List.of(small, large)) {
            must(project, maven("package", "-DskipTests"));
            must(project, maturin);
        }
        must(workspace, maven("rust:compile"));

        System.out.printf("%n%-44s %9s %11s%n", "", "median s", "peak MiB");
        measure("mvn validate", large, maven("validate"), false);
        measure("mvn rust:package, 1 file", small, maven("rust:package"), true);
        measure("mvn rust:package, " + FILES + " files", large, maven("rust:package"), true);
        measure("maturin build, 1 file", small, maturin, true);
        measure("maturin build, " + FILES + " files", large, maturin, true);
        measure("mvn validate, " + CRATES + " crates", workspace, maven("validate"), false);
        measure("cargo metadata, " + CRATES + " crates", workspace, cargo("metadata", "--format-version=1"), false);
        measure("cargo rustc, " + CRATES + " crates", workspace, cargo("rustc", "--release", "--lib"), false);
        measure("mvn rust:compile, " + CRATES + " crates", workspace, maven("rust:compile"), false);
    }

    /** A project whose module lies beside Python files. */
    private Path mixed(String name, int files) throws IOException {
        Path project = directory.resolve(name).resolve("big");
        if (Files.exists(project)) {
            return project;
        }
        write(project.resolve("Cargo.toml"), manifest("big") + "[workspace]\n");
        write(project.resolve("src/lib.rs"), "#[pyo3::pymodule]\nmod _core {}\n");
        write(project.resolve("pom.xml"), pom("big"));
        write(
                project.resolve("pyproject.toml"),
                "[build-system]\nrequires = [\"maturin\"]\nbuild-backend = \"maturin\"\n"
                        + "[project]\nname = \"big\"\nversion = \"0.1.0\"\n[tool.maturin]\nmodule-name = \"big._core\"\n"
                        + "python-source = \"python\"\n");
        write(project.resolve(".mvn/jvm.config"), "-XX:TieredStopAtLevel=1\n");
        write(project.resolve("python/big/__init__.py"), "");
        Random random = new Random(1);
        for (int i = 0; i < files; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 20_000) {
                text.append("def f").append(random.nextInt(10_000)).append("(a, b):\n    return a + b * ");
                text.append(random.nextInt(1_000_000)).append('\n');
            }
            write(project.resolve("python/big/m" + i / 50 + "/f" + i + ".py"), text.toString());
        }
        return project;
    }

    /** A workspace whose first crate depends on all the others. */
    private Path workspace() throws IOException {
        Path root = directory.resolve("workspace");
        if (Files.exists(root)) {
            return root;
        }
        StringBuilder dependencies = new StringBuilder();
        for (int i = 1; i < CRATES; i++) {
            dependencies
                    .append("c")
                    .append(i)
                    .append(" = { path = \"c")
                    .append(i)
                    .append("\" }\n");
            write(root.resolve("c" + i + "/Cargo.toml"), "[package]\nname = \"c" + i + "\"\nversion = \"0.1.0\"\n");
            write(root.resolve("c" + i + "/src/lib.rs"), "");
        }
        write(root.resolve("Cargo.toml"), manifest("wide") + dependencies + "[workspace]\nmembers = [\"c*\"]\n");
        write(root.resolve("src/lib.rs"), "#[pyo3::pymodule]\nmod _core {}\n");
        write(root.resolve("pom.xml"), pom("wide"));
        write(root.resolve(".mvn/jvm.config"), "-XX:TieredStopAtLevel=1\n");
        return root;
    }

    private static String manifest(String name) {
        return "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nname = \"_core\"\n"
                + "crate-type = [\"cdylib\"]\n[dependencies]\npyo3 = \"=0.28.3\"\n";
    }

    private String pom(String name) {
        return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                + "<groupId>org.acme</groupId><artifactId>" + name + "</artifactId><version>0.1.0</version>"
                + "<packaging>rust</packaging><build><plugins><plugin><groupId>io.github.nativemaven</groupId>"
                + "<artifactId>native-maven-plugin</artifactId><version>" + given.get("version")
                + "</version><extensions>true</extensions></plugin></plugins></build></project>\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
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

    private static List<String> cargo(String... arguments) {
        List<String> command = new ArrayList<>(List.of("cargo"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** @param changed whether a Python file changes before each run, so that the wheel is written anew */
    private void measure(String name, Path project, List<String> command, boolean changed)
            throws IOException, InterruptedException {
        int rounds = Integer.parseInt(given.getOrDefault("rounds", "5"));
        double[] seconds = new double[rounds];
        peakKib = 0;
        must(project, command);
        for (int i = 0; i < rounds; i++) {
            if (changed) {
                Files.writeString(
                        project.resolve("python/big/__init__.py"), "# " + i + "\n", StandardOpenOption.APPEND);
            }
            long start = System.nanoTime();
            must(project, command);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        System.out.printf(Locale.ROOT, "%-44s %9.3f %11.0f%n", name, seconds[rounds / 2], peakKib / 1024.0);
    }

    private void must(Path folder, List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve("sizes.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_OPTS", "MAVEN_ARGS")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
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
