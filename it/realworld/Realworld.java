import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Builds released projects with a POM of a dozen lines, and with maturin, and compares what comes out: file lists,
 * texts, metadata, tags, records, source distributions, and what the project's own tests say.
 *
 * <p>The result is a table. A difference that isn't named with
 * its reason in {@code differences.txt} is a failure.
 */
final class Realworld {
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

    private final Workplace work;

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

    /** What came out for one project. Tests are those of the project, against our wheel. */
    private record Outcome(Tried tried, String wheel, String tests, List<String> differences, List<String> unknown) {}

    private Realworld(Workplace work) {
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Realworld(new Workplace(arguments)).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Set<String> asked = work.givenSet("projects");
        List<Known> known = Known.parse(work.lines("differences.txt"));
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : work.lines("projects.txt")) {
            Tried tried = Tried.parse(line);
            if (asked.isEmpty() || asked.contains(tried.name())) {
                System.out.println();
                System.out.println(tried.name() + " " + tried.version());
                Outcome outcome = outcome(tried, known);
                outcome.unknown().forEach(found -> System.out.println("  ! " + found));
                outcomes.add(outcome);
            }
        }
        work.publish("realworld.md", table(outcomes, known));
        return outcomes.stream().allMatch(outcome -> outcome.unknown().isEmpty());
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
        List<String> unknown = Known.unknown(known, tried.name(), differences);
        return new Outcome(tried, wheel, tests, differences, unknown);
    }

    // The projects

    /** A fresh copy of the project, but for what was compiled of it before. */
    private Path unpacked(Tried tried, String whose) throws IOException, InterruptedException {
        Path folder = work.place(whose).resolve(tried.name());
        Workplace.delete(folder);
        if (tried.isFolder()) {
            copy(work.data(tried.name()), folder.resolve(tried.name()));
        } else {
            work.must(
                    work.directory(),
                    List.of(
                            Workplace.python(work.environment("maturin", "maturin", "cffi")),
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
        Path folder = work.place("sdists").resolve(tried.name() + "-" + tried.version());
        Optional<Path> there = Workplace.only(folder, ".tar.gz");
        if (there.isEmpty()) {
            work.must(
                    work.directory(),
                    List.of(
                            Workplace.python(work.environment("maturin", "maturin", "cffi")),
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
        return Workplace.only(folder, ".tar.gz").orElseThrow(() -> new Broken("no source distribution"));
    }

    private Path ourWheel(Tried tried, Path project) throws IOException, InterruptedException {
        Path pom = project.resolve("pom.xml");
        if (!Files.exists(pom)) {
            String version = tried.isFolder() ? "0.1.0" : tried.version();
            Files.writeString(pom, POM.formatted(tried.name(), version, work.given("version")));
        }
        Path compiled = work.place("compiled").resolve("ours-" + tried.name());
        List<String> command = work.maven(
                "package", "-DskipTests", "-Drust.interpreters=" + work.python(), "-Drust.buildDirectory=" + compiled);
        Workplace.Ran ran = work.run(project, command, work.place("logs").resolve(tried.name() + "-ours.log"));
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
        return Workplace.only(project.resolve("target/wheels"), ".whl")
                .orElseThrow(() -> new Broken("mvn package: no wheel"));
    }

    private Path theirWheel(Tried tried, Path project) throws IOException, InterruptedException {
        Path compiled = work.place("compiled").resolve("theirs-" + tried.name());
        Path wheels = project.resolveSibling("wheels");
        Workplace.Ran ran = work.run(
                project,
                List.of(
                        maturin(),
                        "build",
                        "--release",
                        "--interpreter",
                        Workplace.python(work.environment("maturin", "maturin", "cffi")),
                        "--target-dir",
                        compiled.toString(),
                        "--out",
                        wheels.toString()),
                work.place("logs").resolve(tried.name() + "-theirs.log"));
        System.out.println("  maturin build: exit code " + ran.exitCode() + ", "
                + ran.time().toSeconds() + " s");
        if (ran.exitCode() != 0) {
            throw new Broken("maturin build fails: " + ran.lastLine());
        }
        return Workplace.only(wheels, ".whl").orElseThrow(() -> new Broken("maturin build: no wheel"));
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
        Workplace.Ran ran = work.run(theirs, List.of(maturin(), "sdist", "--out", folder.toString()), null);
        if (ran.exitCode() != 0) {
            differences.add("maturin sdist fails: " + ran.lastLine());
            return;
        }
        Map<String, byte[]> our =
                tar(Workplace.only(ours.resolve("target/wheels"), ".tar.gz").orElseThrow());
        Map<String, byte[]> their = tar(Workplace.only(folder, ".tar.gz").orElseThrow());
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
        Path judges = work.environment("judges", "twine", "check-wheel-contents");
        for (List<String> judge : List.of(List.of("twine", "check", "--strict"), List.of("check-wheel-contents"))) {
            String program = Workplace.program(judges, judge.get(0));
            List<String> command = Workplace.with(
                    List.of(program), judge.subList(1, judge.size()).toArray(String[]::new));
            Workplace.Ran ran = work.run(work.directory(), Workplace.with(command, our.toString()), null);
            if (ran.exitCode() != 0
                    && work.run(work.directory(), Workplace.with(command, their.toString()), null)
                                    .exitCode()
                            == 0) {
                differences.add(judge.get(0) + ": " + ran.lastLine());
            }
        }
    }

    // The tests

    /** What the project's tests say of our wheel; where they fail, they are asked of maturin's wheel too. */
    private String tests(Tried tried, Path project, Path our, Path their, List<String> differences)
            throws IOException, InterruptedException {
        Path environment = work.environment("test-" + tried.name(), "pytest");
        install(environment, our, tried);
        if (!tried.module().equals("-")) {
            Workplace.Ran imported = work.run(
                    work.directory(), List.of(Workplace.python(environment), "-c", "import " + tried.module()), null);
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
        List<String> pip = List.of(Workplace.python(environment), "-m", "pip", "install", "--quiet");
        if (!tried.needs().isEmpty()) {
            work.must(work.directory(), Workplace.with(pip, tried.needs().toArray(String[]::new)));
        }
        work.must(work.directory(), Workplace.with(pip, wheel.toString()));
        work.must(work.directory(), Workplace.with(pip, "--force-reinstall", "--no-deps", wheel.toString()));
    }

    /** The tests lie apart from the source, which would be imported instead of the wheel. */
    private String pytest(Path environment, Path project, Tried tried) throws IOException, InterruptedException {
        Path apart = project.resolveSibling("tests-" + tried.name());
        Workplace.delete(apart);
        for (String path : tried.tests().split("\\s+")) {
            copy(project.resolve(path), apart.resolve(path));
        }
        for (String settings : List.of("pyproject.toml", "pytest.ini", "tox.ini", "conftest.py")) {
            if (Files.exists(project.resolve(settings))) {
                copy(project.resolve(settings), apart.resolve(settings));
            }
        }
        List<String> command =
                List.of(Workplace.python(environment), "-m", "pytest", "-q", "-W", "default", "-p", "no:cacheprovider");
        Workplace.Ran ran = work.run(
                apart,
                Workplace.with(command, tried.tests().split("\\s+")[0]),
                work.place("logs").resolve(tried.name() + "-tests.log"));
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
            String differences = Known.count(all, unknown);
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
                table.append(Known.line(known, outcome.tried().name(), found));
            }
        }
        return table.toString();
    }

    // The parts

    private String maturin() throws IOException, InterruptedException {
        return Workplace.program(work.environment("maturin", "maturin", "cffi"), "maturin");
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
        Path folder = work.place("unpacked");
        Workplace.delete(folder);
        work.must(
                work.directory(),
                List.of(
                        Workplace.python(work.environment("maturin", "maturin", "cffi")),
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
}
