import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The first thing that a user tries: a crate from nothing to its import, by the commands that a user types.
 *
 * <p>Run as a source file, by the build's last module. Arguments are {@code name=value}.
 */
final class Quickstart {
    private static final String NAME = "my_fast_lib";
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final Charset CONSOLE =
            Charset.forName(System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII")));
    private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, CONSOLE);

    private final Map<String, String> given = new LinkedHashMap<>();

    private Quickstart(String[] arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            given.put(pair[0], pair[1]);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Quickstart(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        Path directory = Path.of(given.get("directory")).toAbsolutePath().normalize();
        Path project = directory.resolve(NAME);
        delete(project);
        Files.createDirectories(directory);

        say("From nothing to an import, in " + directory);
        maven(
                directory,
                "-B",
                "org.apache.maven.plugins:maven-archetype-plugin:" + given.get("archetypePlugin") + ":generate",
                "-DarchetypeCatalog=local",
                "-DarchetypeGroupId=io.github.nativemaven",
                "-DarchetypeArtifactId=native-archetype",
                "-DarchetypeVersion=" + given.get("version"),
                "-DgroupId=org.acme",
                "-DartifactId=" + NAME);
        say("$ cd " + NAME);
        maven(project, "package");
        maven(project, "rust:develop", "-Drust.venv=.venv");

        String python = WINDOWS ? ".venv\\Scripts\\python.exe" : ".venv/bin/python";
        String code = "import my_fast_lib; print(repr(my_fast_lib.sum_as_string(5, 20)))";
        say("$ " + python + " -c \"" + code + "\"");
        String answer = answer(project, List.of(project.resolve(python).toString(), "-c", code));
        OUT.println(answer);
        if (!answer.equals("'25'")) {
            fail("'25' was expected.");
        }
        summary(project, answer);
    }

    private void summary(Path project, String answer) throws IOException {
        String arrow = CONSOLE.newEncoder().canEncode('\u2192') ? "\u2192" : "->";
        OUT.println();
        try (Stream<Path> files = Files.list(project.resolve("target/wheels"))) {
            for (Path wheel : files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList()) {
                OUT.printf("  %s  %d kB%n", wheel.getFileName(), (Files.size(wheel) + 500) / 1000);
            }
        }
        OUT.println("  sum_as_string(5, 20) " + arrow + " " + answer);
        OUT.println();
    }

    /** Runs Maven as the build around does: the same installation, repository, settings, and offline where that is. */
    private void maven(Path folder, String... arguments) throws IOException, InterruptedException {
        say("$ mvn " + String.join(" ", arguments));
        List<String> command = new ArrayList<>();
        command.add(Path.of(given.get("mavenHome"), "bin", WINDOWS ? "mvn.cmd" : "mvn")
                .toString());
        command.addAll(List.of("-ntp", "-Dmaven.repo.local=" + given.get("localRepository")));
        addFile(command, "-s", given.get("userSettings"));
        if (!Path.of(given.get("globalSettings")).startsWith(given.get("mavenHome"))) {
            addFile(command, "-gs", given.get("globalSettings"));
        }
        if (!Boolean.parseBoolean(given.get("interactive"))) {
            command.add("-B");
        }
        if (Boolean.parseBoolean(given.get("offline"))) {
            command.add("-o");
        }
        command.addAll(List.of(arguments));
        int exitCode = process(folder, command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            fail("mvn ended with exit code " + exitCode + " in " + folder);
        }
    }

    private static void addFile(List<String> command, String option, String file) {
        if (Files.isRegularFile(Path.of(file))) {
            command.addAll(List.of(option, file));
        }
    }

    private static String answer(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = process(folder, command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), CONSOLE).strip();
        if (process.waitFor() != 0) {
            fail("exit code " + process.exitValue() + ": " + String.join(" ", command));
        }
        return answer;
    }

    private static ProcessBuilder process(Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_BASEDIR");
        return builder;
    }

    private static void say(String line) {
        OUT.println();
        OUT.println(line);
    }

    private static void fail(String reason) {
        OUT.println(reason);
        System.exit(1);
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
