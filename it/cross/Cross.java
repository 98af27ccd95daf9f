import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Builds the crate of the quickstart for machines that this one is not, compiling Rust's own library from its source, and
 * lets LLVM's readers look at what came out.
 *
 * <p>Run as a source file. Arguments are {@code name=value}. The result is a table. What this machine lacks is said with
 * what to install; a CI machine must have it all. Build directories are kept, so that a second run takes seconds.
 */
final class Cross {
    private static final String PYTHON = "3.12";
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|pyd)");
    private static final Pattern NEEDED = Pattern.compile("NeededLibraries \\[\\n(.*?)]", Pattern.DOTALL);
    private static final Pattern WINDOWS_OWN = Pattern.compile(
            "(kernel32|ntdll|msvcrt|ucrtbase|userenv|ws2_32|bcryptprimitives|advapi32|api-ms-win-[a-z0-9-]+)\\.dll");

    private static final Pattern EXPORT = Pattern.compile("\n\\s*Name: PyInit_my_fast_lib( \\(.*\\))?\n");
    private static final Pattern MACOS_EXPORT =
            Pattern.compile("\n\\s*Name: _PyInit_my_fast_lib \\(.*\\)\n\\s*Extern\n");

    /** What links for a target. */
    private enum With {
        ZIG,
        MINGW
    }

    /**
     * What is built.
     *
     * @param name how it is asked for
     * @param targets the value of {@code rust.targets}
     * @param directory its build directory's name: rows with one linker share it
     * @param file what the wheel's name ends with, a regular expression
     * @param library the extension's file name
     * @param machines LLVM's names of what must be in the library
     * @param needed what the library may need, a regular expression
     */
    private record Row(
            String name,
            String targets,
            With with,
            String directory,
            String file,
            String library,
            Set<String> machines,
            Pattern needed) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "windows-mingw",
                    "x86_64-pc-windows-gnu",
                    With.MINGW,
                    "mingw",
                    "cp312-cp312-win_amd64",
                    "my_fast_lib.cp312-win_amd64.pyd",
                    Set.of("COFF-x86-64"),
                    Pattern.compile("python312\\.dll|" + WINDOWS_OWN)),
            new Row(
                    "linux-musl",
                    "x86_64-unknown-linux-musl",
                    With.ZIG,
                    "zig",
                    "cp312-cp312-musllinux_1_[12]_x86_64",
                    "my_fast_lib.cpython-312-x86_64-linux-musl.so",
                    Set.of("elf64-x86-64"),
                    Pattern.compile("libc\\.so")),
            new Row(
                    "macos-aarch64",
                    "aarch64-apple-darwin",
                    With.ZIG,
                    "zig",
                    "cp312-cp312-macosx_11_0_arm64",
                    "my_fast_lib.cpython-312-darwin.so",
                    Set.of("Mach-O arm64"),
                    Pattern.compile("/usr/lib/libSystem\\.B\\.dylib|@rpath/my_fast_lib\\.cpython-312-darwin\\.so")),
            new Row(
                    "macos-universal2",
                    "macos-universal2",
                    With.ZIG,
                    "zig",
                    "cp312-cp312-macosx_10_12_universal2",
                    "my_fast_lib.cpython-312-darwin.so",
                    Set.of("Mach-O arm64", "Mach-O 64-bit x86-64"),
                    Pattern.compile("/usr/lib/libSystem\\.B\\.dylib|@rpath/my_fast_lib\\.cpython-312-darwin\\.so")),
            new Row(
                    "windows-zig",
                    "x86_64-pc-windows-gnu",
                    With.ZIG,
                    "zig",
                    "cp312-cp312-win_amd64",
                    "my_fast_lib.cp312-win_amd64.pyd",
                    Set.of("COFF-x86-64"),
                    Pattern.compile("python312\\.dll|" + WINDOWS_OWN)));

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Path directory;
    private final Path source;
    private String readobj = "";
    private Optional<Path> rustc = Optional.empty();

    /** What came out for one row. */
    private record Outcome(Row row, String wheel, Set<String> needed, Duration time, List<String> faults) {}

    /** A command that has ended. */
    private record Ran(int exitCode, String output, Duration time) {}

    /** A step failed, and what would come after it makes no sense. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    private Cross(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
        directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
        source = Path.of(given.get("source")).toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Cross(arguments).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("logs"));
        Set<String> asked = Arrays.stream(given.getOrDefault("targets", "").split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = ROWS.stream().map(Row::name).collect(Collectors.toCollection(TreeSet::new));
        if (!known.containsAll(asked)) {
            System.out.println("cross.targets: there are " + String.join(", ", known));
            return false;
        }
        rustc = rustc();
        readobj = readobj().orElse("");
        List<Outcome> outcomes = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (Row row : ROWS) {
            if (asked.isEmpty() || asked.contains(row.name())) {
                Optional<String> lacks = lacks(row);
                if (lacks.isPresent()) {
                    System.out.println(row.name() + " is left out: " + lacks.get());
                    lacking.add(row.name() + ": " + lacks.get());
                    continue;
                }
                Outcome outcome = outcome(row);
                outcome.faults().forEach(fault -> System.out.println("  ! " + fault));
                outcomes.add(outcome);
            }
        }
        String table = table(outcomes, lacking);
        Path file = directory.resolve("cross.md");
        Files.writeString(file, table);
        System.out.println();
        System.out.print(table);
        System.out.println();
        System.out.println("Written to " + file);
        boolean all = lacking.isEmpty() || !"true".equalsIgnoreCase(System.getenv("CI"));
        return all
                && !outcomes.isEmpty()
                && outcomes.stream().allMatch(outcome -> outcome.faults().isEmpty());
    }

    // What the machine must have

    private Optional<String> lacks(Row row) throws IOException, InterruptedException {
        if (rustc.isEmpty()) {
            return Optional.of("no rustc has the source of Rust's library. Debian: apt install rustc-web rust-web-src;"
                    + " rustup: rustup component add rust-src");
        }
        if (readobj.isEmpty()) {
            return Optional.of("no llvm-readobj looks at what is built. Debian: apt install llvm");
        }
        if (row.with() == With.MINGW && programs("x86_64-w64-mingw32-gcc").isEmpty()) {
            return Optional.of("no x86_64-w64-mingw32-gcc. Debian: apt install gcc-mingw-w64-x86-64-win32");
        }
        return row.with() == With.ZIG && zig().isEmpty()
                ? Optional.of("pip can't install ziglang, see " + directory.resolve("logs/zig.log"))
                : Optional.empty();
    }

    /** A rustc that can compile its own library: the usual one, else the system's own. */
    private Optional<Path> rustc() throws IOException, InterruptedException {
        List<Path> all = new ArrayList<>(programs("rustc"));
        all.add(Path.of("/usr/bin/rustc"));
        for (Path program : all) {
            if (Files.isExecutable(program)
                    && Files.isRegularFile(sysroot(program).resolve("lib/rustlib/src/rust/library/std/Cargo.toml"))) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private Path sysroot(Path program) throws IOException, InterruptedException {
        Ran ran = run(directory, Map.of(), List.of(program.toString(), "--print", "sysroot"), null);
        return Path.of(ran.output().strip());
    }

    private static Optional<String> readobj() {
        return Stream.concat(
                        Stream.of("llvm-readobj"),
                        Stream.iterate(30, version -> version >= 14, version -> version - 1)
                                .map(version -> "llvm-readobj-" + version))
                .filter(name -> !programs(name).isEmpty())
                .findFirst();
    }

    private static List<Path> programs(String name) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .filter(part -> !part.isEmpty())
                .map(part -> Path.of(part, name))
                .filter(Files::isExecutable)
                .toList();
    }

    private Optional<Path> zig() throws IOException, InterruptedException {
        Path environment = directory.resolve("zig");
        Path done = environment.resolve("installed");
        if (!Files.exists(done)) {
            Path log = directory.resolve("logs/zig.log");
            List<String> make = List.of("python3", "-m", "venv", environment.toString());
            List<String> install =
                    List.of(environment.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", "ziglang");
            if (run(directory, Map.of(), make, log).exitCode() != 0
                    || run(directory, Map.of(), install, log).exitCode() != 0) {
                return Optional.empty();
            }
            Files.createFile(done);
        }
        try (Stream<Path> files = Files.find(
                environment, 6, (file, attributes) -> file.endsWith("ziglang/zig") && Files.isExecutable(file))) {
            return files.findFirst();
        }
    }

    // The build

    private Outcome outcome(Row row) throws IOException, InterruptedException {
        System.out.println();
        System.out.println(row.name());
        List<String> faults = new ArrayList<>();
        String name = "";
        Set<String> needed = new TreeSet<>();
        Duration time = Duration.ZERO;
        try {
            Path project = project(row);
            Ran ran = build(row, project);
            time = ran.time();
            System.out.println("  mvn package: exit code " + ran.exitCode() + ", " + time.toSeconds() + " s");
            if (ran.exitCode() != 0) {
                throw new Broken(
                        "mvn package fails, see " + directory.resolve("logs").resolve(row.name() + ".log"));
            }
            Path wheel = wheel(project);
            name = wheel.getFileName().toString();
            if (!name.matches("my_fast_lib-0\\.1\\.0-" + row.file() + "\\.whl")) {
                faults.add("the wheel is called " + name);
            }
            inspect(row, wheel, project, needed, faults);
        } catch (Broken e) {
            faults.add(e.getMessage());
        }
        return new Outcome(row, name, needed, time, faults);
    }

    /** A copy of the quickstart's crate, as the stories have it. */
    private Path project(Row row) throws IOException {
        Path project = directory.resolve("projects").resolve(row.name());
        for (String file : List.of("Cargo.toml", "pom.xml", "src/lib.rs")) {
            Path to = project.resolve(file);
            Files.createDirectories(to.getParent());
            Files.writeString(
                    to, Files.readString(source.resolve(file)).replace("@project.version@", given.get("version")));
        }
        Path wheels = project.resolve("target/wheels");
        if (Files.isDirectory(wheels)) {
            try (Stream<Path> files = Files.list(wheels)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        return project;
    }

    private Ran build(Row row, Path project) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(given.get("mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + given.get("localRepository")));
        if (Files.isRegularFile(Path.of(given.get("settings")))) {
            command.addAll(List.of("-s", given.get("settings")));
        }
        command.addAll(List.of(
                "package",
                "-DskipTests",
                "-Drust.targets=" + row.targets(),
                "-Drust.interpreters=" + PYTHON,
                "-Drust.buildStd=true",
                "-Drust.buildDirectory=" + directory.resolve("rust").resolve(row.directory())));
        if (row.with() == With.ZIG) {
            command.add("-Drust.zig=" + zig().orElseThrow());
        }
        return run(
                project,
                Map.of("RUSTC", rustc.orElseThrow().toString()),
                command,
                directory.resolve("logs").resolve(row.name() + ".log"));
    }

    private static Path wheel(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("target/wheels"))) {
            List<Path> wheels =
                    files.filter(file -> file.toString().endsWith(".whl")).toList();
            if (wheels.size() != 1) {
                throw new Broken("one wheel was expected: " + wheels);
            }
            return wheels.get(0);
        }
    }

    // What others say of it

    private void inspect(Row row, Path wheel, Path project, Set<String> needed, List<String> faults)
            throws IOException, InterruptedException {
        Path unpacked = directory.resolve("unpacked").resolve(row.name());
        Files.createDirectories(unpacked);
        List<Path> libraries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(e -> LIBRARY.matcher(e.getName()).matches())
                    .toList()) {
                Path file = unpacked.resolve(
                        entry.getName().substring(entry.getName().lastIndexOf('/') + 1));
                Files.write(file, zip.getInputStream(entry).readAllBytes());
                libraries.add(file);
            }
        }
        if (libraries.size() != 1 || !libraries.get(0).endsWith(row.library())) {
            faults.add(row.library() + " was expected in the wheel, not " + libraries);
            return;
        }
        Path library = libraries.get(0);
        Ran ran = run(
                unpacked,
                Map.of(),
                List.of(
                        readobj,
                        "--file-headers",
                        "--needed-libs",
                        "--coff-exports",
                        "--dyn-syms",
                        "--symbols",
                        library.toString()),
                directory.resolve("logs").resolve(row.name() + "-readobj.log"));
        if (ran.exitCode() != 0) {
            throw new Broken(readobj + " refuses " + library);
        }
        checkMachines(row, ran.output(), faults);
        checkNeeded(row, ran.output(), needed, faults);
        checkExports(row, ran.output(), faults);
        checkPaths(library, project, faults);
    }

    private static void checkMachines(Row row, String said, List<String> faults) {
        Set<String> found = lines(said, "Format: ");
        if (!found.equals(new TreeSet<>(row.machines()))) {
            faults.add("the library is for " + found + ", not for " + row.machines());
        }
    }

    private static void checkNeeded(Row row, String said, Set<String> needed, List<String> faults) {
        Matcher lists = NEEDED.matcher(said);
        while (lists.find()) {
            lists.group(1)
                    .lines()
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(needed::add);
        }
        for (String name : needed) {
            String compared = row.library().endsWith(".pyd") ? name.toLowerCase(Locale.ROOT) : name;
            if (!row.needed().matcher(compared).matches()) {
                faults.add("the library needs " + name);
            }
        }
        if (needed.isEmpty()) {
            faults.add("the library needs nothing, not even a C library");
        }
    }

    /** On each machine; on macOS all names of C have a line before them, and those of debug information look alike. */
    private static void checkExports(Row row, String said, List<String> faults) {
        for (String machine : said.split("\nFormat: ")) {
            if (!machine.contains("Arch: ")) {
                continue;
            }
            boolean exported = machine.startsWith("Mach-O")
                    ? MACOS_EXPORT.matcher(machine).find()
                    : EXPORT.matcher(machine).find();
            if (!exported) {
                faults.add("PyInit_my_fast_lib is not exported for "
                        + machine.lines().findFirst().orElse(""));
            }
        }
    }

    /** Who has a wheel can't read from it where it was built. */
    private void checkPaths(Path library, Path project, List<String> faults) throws IOException, InterruptedException {
        String text = Files.readString(library, StandardCharsets.ISO_8859_1);
        List<Path> own = List.of(
                Path.of(System.getProperty("user.home")),
                project,
                directory,
                source,
                sysroot(rustc.orElseThrow()).resolve("lib/rustlib"));
        for (Path path : own) {
            int at = text.indexOf(path + "/");
            if (at >= 0) {
                int end = text.indexOf('\0', at);
                faults.add("the library names " + text.substring(at, Math.min(at + 100, end < 0 ? at + 1 : end)));
            }
        }
    }

    private static Set<String> lines(String text, String start) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String table(List<Outcome> outcomes, List<String> lacking) {
        StringBuilder table = new StringBuilder(
                "| built | wheel | needs | seconds | verdict |\n" + "| --- | --- | --- | ---: | --- |\n");
        for (Outcome outcome : outcomes) {
            table.append("| ").append(outcome.row().name());
            table.append(" | ").append(outcome.wheel());
            table.append(" | ").append(String.join(", ", outcome.needed()));
            table.append(" | ").append(outcome.time().toSeconds());
            table.append(" | ")
                    .append(outcome.faults().isEmpty() ? "right" : String.join("; ", outcome.faults()))
                    .append(" |\n");
        }
        if (!lacking.isEmpty()) {
            table.append("\nLeft out:\n\n");
            lacking.forEach(each -> table.append("- ").append(each).append('\n'));
        }
        return table.toString();
    }

    private static Ran run(Path folder, Map<String, String> environment, List<String> command, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("PYO3_") || name.equals("CARGO_TARGET_DIR") || name.equals("MAVEN_ARGS"));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (log != null) {
            Files.writeString(log, String.join(" ", command) + "\n" + output);
        }
        return new Ran(exitCode, output, time);
    }
}
