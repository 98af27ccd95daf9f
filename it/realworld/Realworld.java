import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Builds released projects with a POM of a dozen lines, and with maturin, and compares what comes out: file lists,
 * texts, metadata, tags, records, source distributions, and what the project's own tests say.
 *
 * <p>Run as a source file. Arguments are {@code name=value}. The result is a table. A difference that isn't named with
 * its reason in {@code differences.txt} is a failure.
 */
final class Realworld {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String BIN = WINDOWS ? "Scripts" : "bin";
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|pyd|dylib|dll|exe)|.*\\.data/scripts/[^/]*");
    private static final Pattern NAME = Pattern.compile("^[A-Za-z0-9._-]+");
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.acme</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <packaging>rust</packaging>
              <build><plugins><plugin>
                <groupId>io.github.nativemaven</groupId>
                <artifactId>native-maven-plugin</artifactId>
                <version>%s</version>
                <extensions>true</extensions>
              </plugin></plugins></build>
            </project>
            """;

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private final Path data;
    private String interpreter = "";

    /**
     * A project that is tried.
     *
     * @param name of the distribution
     * @param version what is downloaded; {@code folder} for one that lies beside this program
     * @param module what is imported; {@code -} for none
     * @param tests where its tests are; {@code -} for none
     * @param needs what its tests need, for pip
     */
    private record Tried(String name, String version, String module, String tests, List<String> needs) {
        static Tried parse(String line) {
            String[] parts =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            List<String> needs = Arrays.stream(parts[4].split("\\s+"))
                    .filter(need -> !need.isEmpty())
                    .toList();
            return new Tried(parts[0], parts[1], parts[2], parts[3], needs);
        }

        boolean isFolder() {
            return version.equals("folder");
        }
    }

    /** A difference that is meant. Project and difference are regular expressions, which match the whole. */
    private record Known(Pattern project, Pattern difference, String reason) {
        static Known parse(String line) {
            String[] parts = line.split("\\s+\\|\\s+", 3);
            return new Known(Pattern.compile(parts[0].strip()), Pattern.compile(parts[1].strip()), parts[2].strip());
        }

        boolean names(Tried tried, String found) {
            return project.matcher(tried.name()).matches()
                    && difference.matcher(found).matches();
        }
    }

    /** What came out for one project. Tests are those of the project, against our wheel. */
    private record Outcome(Tried tried, String wheel, String tests, List<String> differences, List<String> unknown) {}

    /** A command that has ended. */
    private record Ran(int exitCode, String output, Duration time) {
        String lastLine() {
            return output.strip().lines().reduce("", (first, second) -> second).strip();
        }
    }

    private Realworld(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
        data = Path.of(given.get("data")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Realworld(arguments).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Set<String> asked = Arrays.stream(given.getOrDefault("projects", "").split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Known> known = lines("differences.txt").stream().map(Known::parse).toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : lines("projects.txt")) {
            Tried tried = Tried.parse(line);
            if (asked.isEmpty() || asked.contains(tried.name())) {
                System.out.println();
                System.out.println(tried.name() + " " + tried.version());
                Outcome outcome = outcome(tried, known);
                outcome.unknown().forEach(found -> System.out.println("  ! " + found));
                outcomes.add(outcome);
            }
        }
        String table = table(outcomes, known);
        Path file = directory.resolve("realworld.md");
        Files.writeString(file, table);
        System.out.println();
        System.out.print(table);
        System.out.println();
        System.out.println("Written to " + file);
        return outcomes.stream().allMatch(outcome -> outcome.unknown().isEmpty());
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(data.resolve(name)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private Outcome outcome(Tried tried, List<Known> known) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        String wheel = "";
        String tests = "";
        try {
            Path ours = unpacked(tried, "ours");
            Path theirs = unpacked(tried, "theirs");
            Path our = ourWheel(tried, ours);
            Path their = theirWheel(tried, theirs);
            wheel = our.getFileName().toString();
            compareWheels(our, their, differences);
            compareSources(ours, theirs, differences);
            judge(our, their, differences);
            tests = tests(tried, ours, our, their, differences);
        } catch (Broken e) {
            differences.add(e.getMessage());
        }
        List<String> unknown = differences.stream()
                .filter(found -> known.stream().noneMatch(each -> each.names(tried, found)))
                .toList();
        return new Outcome(tried, wheel, tests, differences, unknown);
    }

    /** A step failed, and what would come after it makes no sense. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    // The projects

    /** A fresh copy of the project, but for what was compiled of it before. */
    private Path unpacked(Tried tried, String whose) throws IOException, InterruptedException {
        Path folder = directory.resolve(whose).resolve(tried.name());
        delete(folder);
        if (tried.isFolder()) {
            copy(data.resolve(tried.name()), folder.resolve(tried.name()));
        } else {
            must(
                    directory,
                    List.of(
                            python(environment("maturin", "maturin", "cffi")),
                            "-m",
                            "tarfile",
                            "-e",
                            sdist(tried).toString(),
                            folder.toString()));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** pip asks the build back end for metadata even where only a download is wanted. */
    private Path sdist(Tried tried) throws IOException, InterruptedException {
        Path folder = directory.resolve("sdists").resolve(tried.name() + "-" + tried.version());
        Optional<Path> there = only(folder, ".tar.gz");
        if (there.isEmpty()) {
            must(
                    directory,
                    List.of(
                            python(environment("maturin", "maturin", "cffi")),
                            "-m",
                            "pip",
                            "download",
                            "--quiet",
                            "--no-deps",
                            "--no-build-isolation",
                            "--no-binary",
                            tried.name(),
                            "--dest",
                            folder.toString(),
                            tried.name() + "==" + tried.version()));
        }
        return only(folder, ".tar.gz").orElseThrow(() -> new Broken("no source distribution"));
    }

    private Path ourWheel(Tried tried, Path project) throws IOException, InterruptedException {
        Path pom = project.resolve("pom.xml");
        if (!Files.exists(pom)) {
            String version = tried.isFolder() ? "0.1.0" : tried.version();
            Files.writeString(pom, POM.formatted(tried.name(), version, given.get("version")));
        }
        Path compiled = directory.resolve("compiled").resolve("ours-" + tried.name());
        List<String> command =
                new ArrayList<>(List.of(Path.of(given.get("mavenHome"), "bin", WINDOWS ? "mvn.cmd" : "mvn")
                        .toString()));
        command.addAll(List.of("-B", "-ntp", "-Dmaven.repo.local=" + given.get("localRepository")));
        if (Files.isRegularFile(Path.of(given.get("settings")))) {
            command.addAll(List.of("-s", given.get("settings")));
        }
        command.addAll(List.of(
                "package", "-DskipTests", "-Drust.interpreters=" + python(), "-Drust.buildDirectory=" + compiled));
        Ran ran = run(project, command, directory.resolve("logs").resolve(tried.name() + "-ours.log"));
        System.out.println(
                "  mvn package: exit code " + ran.exitCode() + ", " + ran.time().toSeconds() + " s");
        String error = ran.output()
                .lines()
                .filter(line -> line.contains("Failed to execute goal"))
                .findFirst()
                .map(line -> line.replaceFirst(".*on project \\S+: ", "").replaceFirst(" -> \\[Help 1].*", ""))
                .orElse("exit code " + ran.exitCode());
        if (ran.exitCode() != 0) {
            throw new Broken("mvn package fails: " + error);
        }
        return only(project.resolve("target/wheels"), ".whl").orElseThrow(() -> new Broken("mvn package: no wheel"));
    }

    private Path theirWheel(Tried tried, Path project) throws IOException, InterruptedException {
        Path compiled = directory.resolve("compiled").resolve("theirs-" + tried.name());
        Path wheels = project.resolveSibling("wheels");
        Ran ran = run(
                project,
                List.of(
                        maturin(),
                        "build",
                        "--release",
                        "--interpreter",
                        python(environment("maturin", "maturin", "cffi")),
                        "--target-dir",
                        compiled.toString(),
                        "--out",
                        wheels.toString()),
                directory.resolve("logs").resolve(tried.name() + "-theirs.log"));
        System.out.println("  maturin build: exit code " + ran.exitCode() + ", "
                + ran.time().toSeconds() + " s");
        if (ran.exitCode() != 0) {
            throw new Broken("maturin build fails: " + ran.lastLine());
        }
        return only(wheels, ".whl").orElseThrow(() -> new Broken("maturin build: no wheel"));
    }

    // The comparison

    private static void compareWheels(Path our, Path their, List<String> differences) throws IOException {
        if (!our.getFileName().equals(their.getFileName())) {
            differences.add("name: " + their.getFileName() + " of maturin's is " + our.getFileName());
        }
        Map<String, byte[]> ours = zip(our);
        Map<String, byte[]> theirs = zip(their);
        compareFiles("wheel", ours, theirs, differences);
        for (String path : ours.keySet()) {
            byte[] other = theirs.get(path);
            if (other == null) {
                continue;
            } else if (path.endsWith(".dist-info/METADATA")) {
                compareHeaders("METADATA", text(ours.get(path)), text(other), differences);
            } else if (path.endsWith(".dist-info/WHEEL")) {
                compareHeaders("WHEEL", text(ours.get(path)), text(other), differences);
            } else if (path.endsWith(".dist-info/entry_points.txt")) {
                if (!sorted(ours.get(path)).equals(sorted(other))) {
                    differences.add("wheel text " + path);
                }
            } else if (!path.endsWith("/RECORD")
                    && !LIBRARY.matcher(path).matches()
                    && !Arrays.equals(ours.get(path), other)) {
                differences.add("wheel text " + path);
            }
        }
        checkRecord(ours, differences);
    }

    private static void compareFiles(
            String archive, Map<String, byte[]> ours, Map<String, byte[]> theirs, List<String> differences) {
        ours.keySet().stream()
                .filter(path -> !theirs.containsKey(path))
                .forEach(path -> differences.add(archive + " has " + path));
        theirs.keySet().stream()
                .filter(path -> !ours.containsKey(path))
                .forEach(path -> differences.add(archive + " lacks " + path));
    }

    /** A source distribution of maturin's fails where PKG-INFO is there already. */
    private void compareSources(Path ours, Path theirs, List<String> differences)
            throws IOException, InterruptedException {
        Files.deleteIfExists(theirs.resolve("PKG-INFO"));
        Path folder = theirs.resolveSibling("sdist");
        Ran ran = run(theirs, List.of(maturin(), "sdist", "--out", folder.toString()), null);
        if (ran.exitCode() != 0) {
            differences.add("maturin sdist fails: " + ran.lastLine());
            return;
        }
        Map<String, byte[]> our =
                tar(only(ours.resolve("target/wheels"), ".tar.gz").orElseThrow());
        Map<String, byte[]> their = tar(only(folder, ".tar.gz").orElseThrow());
        compareFiles("sdist", our, their, differences);
        our.forEach((path, content) -> {
            byte[] other = their.get(path);
            if (other != null && !path.equals("PKG-INFO") && !Arrays.equals(content, other)) {
                differences.add("sdist text " + path);
            }
        });
    }

    private static void compareHeaders(String file, String our, String their, List<String> differences) {
        Map<String, Set<String>> ours = headers(our);
        Map<String, Set<String>> theirs = headers(their);
        Set<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        names.remove("generator");
        for (String name : names) {
            Set<String> one = ours.getOrDefault(name, Set.of());
            Set<String> other = theirs.getOrDefault(name, Set.of());
            one.stream()
                    .filter(value -> !other.contains(value))
                    .forEach(value -> differences.add(file + " has " + name + ": "
                            + value.lines().findFirst().orElse("")));
            other.stream()
                    .filter(value -> !one.contains(value))
                    .forEach(value -> differences.add(file + " lacks " + name + ": "
                            + value.lines().findFirst().orElse("")));
        }
    }

    /** Field names in lower case, requirements without the white space and quotes that mean nothing. */
    private static Map<String, Set<String>> headers(String text) {
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        Map<String, Set<String>> headers = new TreeMap<>();
        String last = "";
        for (String line : (end < 0 ? lines : lines.substring(0, end)).split("\n")) {
            if (line.startsWith(" ") || line.startsWith("\t")) {
                headers.get(last).add(line.strip());
                continue;
            }
            String[] pair = line.split(":", 2);
            last = pair[0].strip().toLowerCase(Locale.ROOT);
            String value = pair[1].strip();
            if (last.equals("requires-dist")) {
                value = value.replace('\'', '"')
                        .replace("(", "")
                        .replace(")", "")
                        .replace(" ", "");
                Matcher name = NAME.matcher(value);
                value = name.replaceFirst(
                        found -> found.group().replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT));
            }
            headers.computeIfAbsent(last, name -> new TreeSet<>()).add(value);
        }
        if (end >= 0 && !lines.substring(end).isBlank()) {
            headers.put("description", Set.of(lines.substring(end).strip()));
        }
        return headers;
    }

    /** Every file is in RECORD with its hash and size, and nothing else is. */
    private static void checkRecord(Map<String, byte[]> files, List<String> differences) {
        String record = files.keySet().stream()
                .filter(path -> path.endsWith(".dist-info/RECORD"))
                .findFirst()
                .orElseThrow();
        Set<String> left = new TreeSet<>(files.keySet());
        left.remove(record);
        for (String line : text(files.get(record)).split("\r?\n")) {
            if (line.equals(record + ",,")) {
                continue;
            }
            String[] end = line.split(",");
            String path = line.substring(0, line.length() - (end[end.length - 1] + end[end.length - 2]).length() - 2);
            byte[] content = files.getOrDefault(path.replace("\"", ""), new byte[0]);
            boolean right = left.remove(path.replace("\"", ""))
                    && end[end.length - 1].equals(String.valueOf(content.length))
                    && end[end.length - 2].equals("sha256=" + sha256(content));
            if (!right) {
                differences.add("RECORD is wrong about " + path);
            }
        }
        left.forEach(path -> differences.add("RECORD lacks " + path));
    }

    private static String sha256(byte[] content) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // The judges

    /** What others find wrong with our wheel, and not with maturin's. */
    private void judge(Path our, Path their, List<String> differences) throws IOException, InterruptedException {
        Path judges = environment("judges", "twine", "check-wheel-contents");
        for (List<String> judge : List.of(List.of("twine", "check", "--strict"), List.of("check-wheel-contents"))) {
            String program = judges.resolve(BIN).resolve(judge.get(0)).toString();
            List<String> command =
                    with(List.of(program), judge.subList(1, judge.size()).toArray(String[]::new));
            Ran ran = run(directory, with(command, our.toString()), null);
            if (ran.exitCode() != 0
                    && run(directory, with(command, their.toString()), null).exitCode() == 0) {
                differences.add(judge.get(0) + ": " + ran.lastLine());
            }
        }
    }

    // The tests

    /** What the project's tests say of our wheel; where they fail, they are asked of maturin's wheel too. */
    private String tests(Tried tried, Path project, Path our, Path their, List<String> differences)
            throws IOException, InterruptedException {
        Path environment = environment("test-" + tried.name(), "pytest");
        install(environment, our, tried);
        if (!tried.module().equals("-")) {
            Ran imported = run(directory, List.of(python(environment), "-c", "import " + tried.module()), null);
            if (imported.exitCode() != 0) {
                differences.add("import fails: " + imported.lastLine());
            }
        }
        if (tried.tests().equals("-")) {
            return "";
        }
        String first = pytest(environment, project, tried);
        if (first.matches("\\d+ passed.*") && !first.contains("failed")) {
            return first;
        }
        install(environment, their, tried);
        String second = pytest(environment, project, tried);
        if (!first.equals(second)) {
            differences.add("tests: " + first + "; with maturin's wheel " + second);
        }
        return first + " (with maturin's wheel too)";
    }

    private void install(Path environment, Path wheel, Tried tried) throws IOException, InterruptedException {
        List<String> pip = List.of(python(environment), "-m", "pip", "install", "--quiet");
        if (!tried.needs().isEmpty()) {
            must(directory, with(pip, tried.needs().toArray(String[]::new)));
        }
        must(directory, with(pip, wheel.toString()));
        must(directory, with(pip, "--force-reinstall", "--no-deps", wheel.toString()));
    }

    /** The tests lie apart from the source, which would be imported instead of the wheel. */
    private String pytest(Path environment, Path project, Tried tried) throws IOException, InterruptedException {
        Path apart = project.resolveSibling("tests-" + tried.name());
        delete(apart);
        for (String path : tried.tests().split("\\s+")) {
            copy(project.resolve(path), apart.resolve(path));
        }
        for (String settings : List.of("pyproject.toml", "pytest.ini", "tox.ini", "conftest.py")) {
            if (Files.exists(project.resolve(settings))) {
                copy(project.resolve(settings), apart.resolve(settings));
            }
        }
        List<String> command =
                List.of(python(environment), "-m", "pytest", "-q", "-W", "default", "-p", "no:cacheprovider");
        Ran ran = run(
                apart,
                with(command, tried.tests().split("\\s+")[0]),
                directory.resolve("logs").resolve(tried.name() + "-tests.log"));
        // What Python says of files that were left open comes after the summary.
        String summary = ran.output()
                .lines()
                .filter(line -> line.matches("=* ?\\d+ (passed|failed|skipped|error|xfailed).* in [0-9.]+s.*"))
                .reduce(ran.lastLine(), (first, second) -> second);
        return summary.replaceAll("=+ ?| in [0-9.]+s.*| ?=+$", "").replaceAll(", \\d+ warnings?", "");
    }

    // The table

    private static String table(List<Outcome> outcomes, List<Known> known) {
        StringBuilder table = new StringBuilder("# Projects that maturin builds\n\n");
        table.append("| project | wheel | its own tests | differences |\n| --- | --- | --- | --- |\n");
        for (Outcome outcome : outcomes) {
            int all = outcome.differences().size();
            int unknown = outcome.unknown().size();
            String differences = all == 0 ? "none" : unknown == 0 ? all + ", meant" : unknown + " NOT MEANT";
            table.append("| ")
                    .append(outcome.tried().name() + " " + outcome.tried().version())
                    .append(" | ")
                    .append(outcome.wheel())
                    .append(" | ")
                    .append(outcome.tests().isEmpty() ? "none" : outcome.tests())
                    .append(" | ")
                    .append(differences)
                    .append(" |\n");
        }
        table.append("\n## Differences\n\n");
        for (Outcome outcome : outcomes) {
            for (String found : outcome.differences()) {
                String reason = known.stream()
                        .filter(each -> each.names(outcome.tried(), found))
                        .map(Known::reason)
                        .findFirst()
                        .orElse("**not meant**");
                table.append("- ")
                        .append(outcome.tried().name())
                        .append(": `")
                        .append(found)
                        .append("`: ")
                        .append(reason)
                        .append('\n');
            }
        }
        return table.toString();
    }

    // The parts

    private String maturin() throws IOException, InterruptedException {
        return environment("maturin", "maturin", "cffi")
                .resolve(BIN)
                .resolve(WINDOWS ? "maturin.exe" : "maturin")
                .toString();
    }

    private Path environment(String name, String... packages) throws IOException, InterruptedException {
        Path environment = directory.resolve("environments").resolve(name);
        if (!Files.exists(environment)) {
            must(directory, List.of(python(), "-m", "venv", environment.toString()));
            must(directory, with(List.of(python(environment), "-m", "pip", "install", "--quiet"), packages));
        }
        return environment;
    }

    /** The Python of this folder: a project may have a file that chooses another for its own. */
    private String python() throws IOException, InterruptedException {
        if (interpreter.isEmpty()) {
            String program = WINDOWS ? "python" : "python3";
            interpreter = run(directory, List.of(program, "-c", "import sys; print(sys.executable)"), null)
                    .lastLine();
        }
        return interpreter;
    }

    private static String python(Path environment) {
        return environment
                .resolve(BIN)
                .resolve(WINDOWS ? "python.exe" : "python")
                .toString();
    }

    private void must(Path folder, List<String> command) throws IOException, InterruptedException {
        Ran ran = run(folder, command, null);
        if (ran.exitCode() != 0) {
            System.out.println(ran.output());
            throw new Broken("exit code " + ran.exitCode() + ": " + String.join(" ", command) + ": " + ran.lastLine());
        }
    }

    /** @param log what is printed goes there too; null for nowhere */
    private Ran run(Path folder, List<String> command, Path log) throws IOException, InterruptedException {
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

    private static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    private static Optional<Path> only(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).findFirst();
        }
    }

    private static Map<String, byte[]> zip(Path file) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(each -> !each.isDirectory()).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    /** The files of an unpacked archive, without the directory that all lie in. */
    private Map<String, byte[]> tar(Path file) throws IOException, InterruptedException {
        Path folder = directory.resolve("unpacked");
        delete(folder);
        must(
                directory,
                List.of(
                        python(environment("maturin", "maturin", "cffi")),
                        "-m",
                        "tarfile",
                        "-e",
                        file.toString(),
                        folder.toString()));
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path inside = folder.relativize(path);
                files.put(
                        inside.subpath(1, inside.getNameCount()).toString().replace('\\', '/'),
                        Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static List<String> sorted(byte[] content) {
        return text(content)
                .lines()
                .map(line -> line.replace(" ", ""))
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (!Files.isDirectory(file)) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
