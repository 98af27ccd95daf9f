package io.github.nativemaven.it;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A story's folder, and what its scripts do there: run Maven, cargo, Python and others, and look at what they made.
 *
 * <p>A story is never changed: {@link #at}, {@link #environment}, {@link #maven} and {@link #java} return another.
 */
public final class Story {
    /** Reads a wheel's name, tags and metadata as pip and indexes do, every field. */
    private static final String PACKAGING = """
            import pathlib, sys, zipfile
            from packaging.metadata import Metadata
            from packaging.tags import parse_tag
            from packaging.utils import parse_wheel_filename
            path = pathlib.Path(sys.argv[1])
            name, version, build, tags = parse_wheel_filename(path.name)
            archive = zipfile.ZipFile(path)
            text = {file.rsplit("/", 1)[1]: archive.read(file) for file in archive.namelist() if ".dist-info/" in file}
            metadata = Metadata.from_email(text["METADATA"], validate=True)
            assert metadata.name.lower().replace("_", "-") == name and metadata.version == version, metadata
            lines = text["WHEEL"].decode().splitlines()
            said = set().union(*(parse_tag(line[5:]) for line in lines if line.startswith("Tag: ")))
            assert said == tags, (said, tags)
            """;

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final String BIN = WINDOWS ? "Scripts" : "bin";

    private final Map<String, String> given;
    private final String name;
    private final Path folder;
    private final Path mavenHome;
    private final Map<String, String> environment;

    private Story(
            Map<String, String> given, String name, Path folder, Path mavenHome, Map<String, String> environment) {
        this.given = given;
        this.name = name;
        this.folder = folder;
        this.mavenHome = mavenHome;
        this.environment = environment;
    }

    /** @param variables those of a script: {@code binding.variables} */
    public static Story of(Map<?, ?> variables) {
        Map<String, String> given = new LinkedHashMap<>();
        variables.forEach((name, value) -> given.put(name.toString(), String.valueOf(value)));
        Map<String, String> environment = new LinkedHashMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("PYO3_") || name.startsWith("PYTHON"))
                .forEach(name -> environment.put(name, null));
        List.of("VIRTUAL_ENV", "CONDA_PREFIX", "CARGO_TARGET_DIR", "MAVEN_ARGS", "MAVEN_BASEDIR")
                .forEach(name -> environment.put(name, null));
        environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Path folder = Path.of(given.get("basedir"));
        return new Story(given, folder.getFileName().toString(), folder, Path.of(given.get("maven.home")), environment);
    }

    // Another story

    /** The same in a folder of this one. */
    public Story at(Object inside) {
        return new Story(given, name, folder.resolve(inside.toString()), mavenHome, environment);
    }

    /** The same with an environment variable; null takes it away. */
    public Story environment(String variable, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.put(variable, value == null ? null : value.toString());
        return new Story(given, name, folder, mavenHome, changed);
    }

    /** The same with another Maven; its version is one of {@link #mavenVersions}. */
    public Story maven(String version) {
        return new Story(given, name, folder, directory("mavens").resolve("apache-maven-" + version), environment);
    }

    /** The same with Maven on another JDK. */
    public Story java(Path home) {
        return environment("JAVA_HOME", home);
    }

    /** The same in an active virtual environment. */
    public Story active(Path virtualEnvironment) {
        String path = virtualEnvironment.resolve(BIN) + java.io.File.pathSeparator + System.getenv("PATH");
        return environment("VIRTUAL_ENV", virtualEnvironment).environment("PATH", path);
    }

    /** The same without cargo and rustc. */
    public Story withoutCargo() {
        return path("without-cargo", name -> name.matches("(cargo|rustc|rustup)(\\.exe)?"))
                .environment("CARGO_HOME", directory("no-cargo-home"));
    }

    /** The same without any Python. */
    public Story withoutPython() {
        return path("without-python", name -> name.matches("(python|pypy).*"))
                .environment("PYENV_ROOT", directory("no-pyenv"));
    }

    private Story path(String kind, Predicate<String> left) {
        Path programs = directory("paths").resolve(kind);
        Machine.linkPrograms(programs, left);
        return environment("PATH", programs);
    }

    /** A new project of the archetype, in a folder of this one. */
    public Story generate(String artifactId, String... properties) {
        mvn(archetype(artifactId, properties));
        return at(artifactId);
    }

    /** The arguments that make Maven generate a project. */
    public String[] archetype(String artifactId, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "org.apache.maven.plugins:maven-archetype-plugin:" + given.get("archetype.version") + ":generate",
                "-DarchetypeCatalog=local",
                "-DarchetypeGroupId=io.github.nativemaven",
                "-DarchetypeArtifactId=native-archetype",
                "-DarchetypeVersion=" + given.get("project.version"),
                "-DgroupId=org.acme",
                "-DartifactId=" + artifactId));
        arguments.addAll(List.of(properties));
        return arguments.toArray(String[]::new);
    }

    // What is there

    /** This story's folder. */
    public Path folder() {
        return folder;
    }

    /** A file or folder of this story. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The Mavens to try, the oldest first. */
    public List<String> mavenVersions() {
        return List.of(given.get("maven.versions").split(","));
    }

    /** The repository that the stories share. */
    public Path localRepository() {
        return Path.of(given.get("localRepositoryPath"));
    }

    /** A folder that the stories share. */
    public Path directory(String name) {
        return Path.of(given.get("it.directory")).resolve(name);
    }

    /** A JDK 25, where there is one: named by JAVA_HOME_25 or the like, else among its neighbours. */
    public Optional<Path> jdk25() {
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME_25"))
                .map(variable -> Path.of(variable.getValue()));
        Path neighbours = Path.of(System.getProperty("java.home")).getParent();
        return Stream.concat(named, children(neighbours).stream().filter(path -> path.getFileName()
                        .toString()
                        .matches(".*\\b25\\b.*")))
                .filter(home -> Files.isRegularFile(home.resolve(BIN).resolve(WINDOWS ? "java.exe" : "java")))
                .findFirst();
    }

    /** One CPython 3.9 or later for each minor version that is installed, the oldest first. */
    public List<Path> pythons() {
        Map<Integer, Path> found = new TreeMap<>();
        IntStream.rangeClosed(9, 15).forEach(minor -> candidates(minor)
                .filter(python -> isPython(python, minor))
                .findFirst()
                .ifPresent(python -> found.put(minor, python)));
        return List.copyOf(found.values());
    }

    /**
     * Two CPythons of different ABIs, the newest last, or fewer: of different versions, or one and its debug build, which
     * Debian has of the one version that it has.
     */
    public List<Path> twoPythons() {
        List<Path> all = new ArrayList<>(pythons());
        if (all.size() == 1) {
            IntStream.rangeClosed(9, 15)
                    .mapToObj(minor -> Programs.find("python3." + minor + "-dbg"))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(all::add);
        }
        return all.subList(Math.max(0, all.size() - 2), all.size());
    }

    private static Stream<Path> candidates(int minor) {
        String root =
                Optional.ofNullable(System.getenv("PYENV_ROOT")).orElse(System.getProperty("user.home") + "/.pyenv");
        Stream<Path> pyenv = children(Path.of(root, "versions")).stream()
                .filter(version -> version.getFileName().toString().startsWith("3." + minor + "."))
                .map(version -> version.resolve("bin/python3"));
        return Stream.concat(pyenv, Programs.find("python3." + minor).stream());
    }

    private static boolean isPython(Path python, int minor) {
        List<String> command =
                List.of(python.toString(), "-c", "import sys, venv, ensurepip; print('3.%d' % sys.version_info[1])");
        return Files.isExecutable(python)
                && Programs.finish(Programs.start(Path.of("."), Map.of(), command), command)
                        .text()
                        .equals("3." + minor);
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // What a story needs

    /**
     * For a selector script: whether a story can be told on this machine. The reason why not stands on the console; on a
     * CI machine, which must tell them all, it is an error.
     */
    public boolean needs(String what, boolean there) {
        if (!there && "true".equalsIgnoreCase(System.getenv("CI"))) {
            throw new AssertionError(name + " needs " + what);
        }
        return where(what, there);
    }

    /** As {@link #needs}, for what not every CI machine can have. */
    public boolean where(String what, boolean there) {
        if (there) {
            return true;
        }
        String reason = name + " needs " + what;
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        console.println("[WARNING]   skipped: " + reason);
        return false;
    }

    /** Whether uv is there; where it is not, it is installed into an environment of the stories' own. */
    public boolean hasUv() {
        try {
            return Files.exists(uv());
        } catch (AssertionError e) {
            return false;
        }
    }

    private Path uv() {
        Path tools = directory("tools");
        Path uv = tools.resolve(BIN).resolve(WINDOWS ? "uv.exe" : "uv");
        if (!Files.exists(uv)) {
            run("python3", "-m", "venv", tools.toString());
            run(python(tools).toString(), "-m", "pip", "install", "--quiet", "uv");
        }
        return uv;
    }

    /** Whether the tools that {@link #judge} needs are there; where they are not, they are installed as uv is. */
    public boolean hasJudges() {
        try {
            return Files.exists(judges());
        } catch (AssertionError e) {
            return false;
        }
    }

    private Path judges() {
        Path judges = directory("judges");
        if (!Files.exists(program(judges, "twine"))) {
            run("python3", "-m", "venv", judges.toString());
            run(python(judges).toString(), "-m", "pip", "install", "--quiet", "twine", "check-wheel-contents", "wheel");
        }
        return judges;
    }

    /** Lets tools of others look at wheels and source distributions; none may find a fault. */
    public void judge(Path... archives) {
        for (Path archive : archives) {
            run(program(judges(), "twine").toString(), "check", "--strict", archive.toString());
            if (archive.toString().endsWith(".whl")) {
                Path unpacked = folder.resolve("target").resolve("unpacked");
                run(program(judges(), "check-wheel-contents").toString(), archive.toString());
                run(program(judges(), "wheel").toString(), "unpack", "--dest", unpacked.toString(), archive.toString());
                run(python(judges()).toString(), "-m", "zipfile", "-t", archive.toString());
                run(python(judges()).toString(), "-c", PACKAGING, archive.toString());
            }
        }
    }

    /** A rustc that has the standard library of a target. */
    public Optional<Path> rustcFor(String target) {
        return OtherMachine.rustc(target);
    }

    /** A CPython for 64-bit ARM, in a folder of the stories' own: {@code <root>/usr/bin/python3.11}. */
    public Optional<Path> armPython() {
        return OtherMachine.python(directory("arm64"));
    }

    /** The program zig, from pip, in an environment of the stories' own. */
    public Path zig() {
        Path tools = directory("zig");
        Path done = tools.resolve("installed");
        if (!Files.exists(done)) {
            run("python3", "-m", "venv", tools.toString());
            run(python(tools).toString(), "-m", "pip", "install", "--quiet", "ziglang==0.17.1");
            touch(done);
        }
        return Path.of(python(tools, "import os, ziglang; print(os.path.join(ziglang.__path__[0], 'zig'))"));
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a program of this name is on the PATH. */
    public boolean has(String program) {
        return Programs.find(program).isPresent();
    }

    /** Whether a folder can be locked against this user. */
    public boolean canLock() {
        return Machine.canLock(directory("trial/locked"));
    }

    /** Whether this user may mount a file system. */
    public boolean canMount() {
        return Machine.canMount(directory("trial/mounted"));
    }

    // What a story does

    /** Does something while a folder cannot be written to. */
    public void locked(Path locked, Runnable work) throws IOException {
        Machine.lock(locked, true);
        try {
            work.run();
        } finally {
            Machine.lock(locked, false);
        }
    }

    /** Does something while a folder is on a disk of its own, of a size such as {@code 96k}. */
    public void onSmallDisk(Path mounted, String size, Runnable work) throws IOException {
        Machine.mount(mounted, size);
        try {
            work.run();
        } finally {
            Machine.unmount(mounted);
        }
    }

    /** Maven, which must succeed. */
    public Ran mvn(String... arguments) {
        return run(mvnCommand(arguments));
    }

    /** Maven, which must fail. */
    public Ran mvnFails(String... arguments) {
        Ran ran = attempt(mvnCommand(arguments));
        if (ran.exitCode() == 0) {
            throw new AssertionError("should have failed: " + String.join(" ", ran.command()));
        }
        if (!ran.says("BUILD FAILURE")) {
            throw new AssertionError("failed without BUILD FAILURE: " + String.join(" ", ran.command()));
        }
        return ran;
    }

    /** Maven, which does not end before the next line of the script. */
    public Process startMvn(String... arguments) {
        return Programs.start(folder, environment, List.of(mvnCommand(arguments)));
    }

    /** The end of what {@link #startMvn} started. */
    public Ran finish(Process process) {
        return Programs.finish(process, List.of());
    }

    /** How Maven is called, for whom another program is to call it. */
    public String[] mvnCommand(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(
                mavenHome.resolve("bin").resolve(WINDOWS ? "mvn.cmd" : "mvn").toString());
        command.addAll(List.of("-B", "-ntp", "-s", given.get("settings")));
        String userSettings = given.get("user.settings").substring("file:".length());
        if (Files.isRegularFile(Path.of(userSettings))) {
            command.addAll(List.of("-gs", userSettings));
        }
        command.add("-Dmaven.repo.local=" + localRepository());
        if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("-Drust.buildDirectory="))) {
            command.add("-Drust.buildDirectory=" + buildDirectory());
        }
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /**
     * Where this story's crates are compiled: in its own folder, which is new in each run, with what the first story has
     * compiled of others. Crates of one name in one build directory are one crate to cargo: stories cannot share it.
     */
    private Path buildDirectory() {
        Path first = directory("rust");
        if (name.equals("setup")) {
            return first;
        }
        Path own = folder.resolve("target/rust");
        if (!Files.exists(own) && compiles(folder.resolve("pom.xml"))) {
            // In a place outside its project, a project has a folder of its own.
            children(first).stream()
                    .filter(shared -> shared.getFileName().toString().startsWith("my_fast_lib-"))
                    .findFirst()
                    .ifPresent(shared -> BuildDirectories.copyWithout(shared, own, "my_fast_lib"));
        }
        return own;
    }

    /** Those processes that still run. One that has ended, and that nobody has asked for its exit code yet, does not. */
    public List<ProcessHandle> left(Collection<ProcessHandle> processes) {
        return processes.stream()
                .filter(ProcessHandle::isAlive)
                .filter(process -> !hasEnded(Path.of("/proc", Long.toString(process.pid()), "stat")))
                .toList();
    }

    private static boolean hasEnded(Path stat) {
        try {
            String text = Files.readString(stat);
            return text.startsWith(" Z", text.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing is compiled for a parent alone. */
    private static boolean compiles(Path pom) {
        try {
            return Files.exists(pom) && Files.readString(pom).contains("native-maven-plugin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** uv, which must succeed. */
    public Ran uv(String... arguments) {
        return run(
                Stream.concat(Stream.of(uv().toString()), Stream.of(arguments)).toArray(String[]::new));
    }

    /** A program, which must succeed. */
    public Ran run(String... command) {
        Ran ran = attempt(command);
        if (ran.exitCode() != 0) {
            throw new AssertionError("exit code " + ran.exitCode() + ": " + String.join(" ", command));
        }
        return ran;
    }

    /** A program, whatever becomes of it. */
    public Ran attempt(String... command) {
        System.out.println("$ " + String.join(" ", command));
        return Programs.finish(Programs.start(folder, environment, List.of(command)), List.of(command));
    }

    /** What the Python of an environment prints when it runs some code. */
    public String python(Path virtualEnvironment, String code) {
        return run(python(virtualEnvironment).toString(), "-c", code).text();
    }

    /** The Python of an environment. */
    public Path python(Path virtualEnvironment) {
        return virtualEnvironment.resolve(BIN).resolve(WINDOWS ? "python.exe" : "python");
    }

    /** A program of an environment. */
    public Path program(Path virtualEnvironment, String name) {
        return virtualEnvironment.resolve(BIN).resolve(WINDOWS ? name + ".exe" : name);
    }

    /** A new environment in this folder, with pip and with nothing else. */
    public Path environmentOf(String name, Object python) {
        Path made = folder.resolve(name);
        run(python.toString(), "-m", "venv", made.toString());
        return made;
    }

    /** A new environment of python3. */
    public Path environmentOf(String name) {
        return environmentOf(name, "python3");
    }

    /** Replaces text in a file of this story, which must be there. */
    public void edit(String name, String text, String replacement) {
        String content = read(name);
        if (!content.contains(text)) {
            throw new AssertionError("no '" + text + "' in " + file(name));
        }
        write(name, content.replace(text, replacement));
    }

    /** A file's text. */
    public String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, and the folders that it lies in. */
    public void write(String name, String text) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the sources of this story, without target and environments, into another folder. */
    public Story copyTo(Path target) {
        List<String> left = List.of("target", ".venv");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path inside = folder.relativize(file);
                if (left.contains(inside.getName(0).toString())) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target.resolve(inside));
                } else {
                    Files.copy(file, target.resolve(inside));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Story(given, name, target, mavenHome, environment);
    }

    // What was made

    /** The names of the files in target/wheels. */
    public List<String> wheelNames() {
        return children(folder.resolve("target/wheels")).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** The only wheel in target/wheels. */
    public Path wheel() {
        List<Path> wheels = children(folder.resolve("target/wheels")).stream()
                .filter(file -> file.toString().endsWith(".whl"))
                .toList();
        if (wheels.size() != 1) {
            throw new AssertionError("one wheel was expected: " + wheels);
        }
        return wheels.get(0);
    }

    /** The names of a wheel's entries. */
    public List<String> entries(Path wheel) {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            return zip.stream().map(entry -> entry.getName()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all test cases in target/surefire-reports that passed. */
    public List<String> testsPassed() {
        TreeSet<String> names = new TreeSet<>();
        for (Path report : children(folder.resolve("target/surefire-reports"))) {
            if (report.getFileName().toString().startsWith("TEST-")) {
                names.addAll(Reports.passed(report));
            }
        }
        return List.copyOf(names);
    }
}
