import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at wheels of others with {@code rust:check}, and compares what it says with what their own tools say; and the
 * table of policies with auditwheel's.
 *
 * <p>The result is a table. A difference that isn't named with its reason in {@code wheel-differences.txt} is a failure:
 * another policy, each fault that we find, and each that others do.
 */
final class Wheels {
    private static final Pattern LINE = Pattern.compile("\\[(?:INFO|ERROR|WARNING)\\] ([^ ]+\\.whl): (.*)");
    private static final Pattern POLICY = Pattern.compile("; (\\S+) holds");
    private static final Pattern MACOS = Pattern.compile("; (macOS \\d+\\.\\d+)\\S* or later");
    private static final Pattern AFTER_BIG_SUR = Pattern.compile("macOS (1[1-9]|[2-9]\\d)\\.\\d+");
    private static final String TABLE = "policies";

    private final Workplace work;
    private final Judges judges;

    /** What came out for one wheel. */
    private record Outcome(
            String wheel, String ours, String theirs, String verdict, List<String> differences, List<String> unknown) {}

    private Wheels(Workplace work) throws IOException, InterruptedException {
        this.work = work;
        this.judges = new Judges(work);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Wheels(new Workplace(arguments)).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        List<Known> known = Known.parse(work.lines("wheel-differences.txt"));
        Set<String> asked = work.givenSet("wheels");
        List<Path> wheels = new ArrayList<>();
        for (String line : work.lines("wheels.txt")) {
            String name = line.strip();
            if (asked.isEmpty() || asked.contains(name.substring(0, name.indexOf('-')))) {
                wheels.add(downloaded(name));
            }
        }
        Map<String, List<String>> said = check(wheels);
        List<Outcome> outcomes = new ArrayList<>();
        for (Path wheel : wheels) {
            Outcome outcome =
                    outcome(wheel, said.getOrDefault(wheel.getFileName().toString(), List.of()), known);
            System.out.println(outcome.wheel() + ": " + outcome.ours());
            outcome.unknown().forEach(found -> System.out.println("  ! " + found));
            outcomes.add(outcome);
        }
        List<String> policies = PolicyTables.differences(judges.policies());
        work.publish("wheels.md", table(outcomes, policies, known));
        return outcomes.stream().allMatch(outcome -> outcome.unknown().isEmpty())
                && Known.unknown(known, TABLE, policies).isEmpty();
    }

    /** All that pip needs to know is in the name. */
    private Path downloaded(String name) throws IOException, InterruptedException {
        Path folder = work.place("wheels");
        Path wheel = folder.resolve(name);
        if (Files.exists(wheel)) {
            return wheel;
        }
        String[] parts = name.substring(0, name.length() - ".whl".length()).split("-");
        String interpreter = parts[parts.length - 3];
        List<String> command = new ArrayList<>(List.of(judges.python(), "-m", "pip", "download", "--quiet"));
        command.addAll(List.of("--no-deps", "--only-binary", ":all:", "--dest", folder.toString()));
        command.addAll(List.of("--implementation", interpreter.substring(0, 2), "--abi", parts[parts.length - 2]));
        String version = interpreter.substring(2);
        command.addAll(List.of("--python-version", version.length() > 1 ? "3." + version.substring(1) : "3.13"));
        for (String platform : parts[parts.length - 1].split("\\.")) {
            command.addAll(List.of("--platform", platform));
        }
        command.add(parts[0] + "==" + parts[1]);
        work.must(work.directory(), command);
        if (!Files.exists(wheel)) {
            throw new Broken("pip downloads another wheel than " + name);
        }
        return wheel;
    }

    /** What {@code rust:check} says of each, without a project. */
    private Map<String, List<String>> check(List<Path> wheels) throws IOException, InterruptedException {
        Path empty = Files.createDirectories(work.place("empty"));
        String files = String.join(",", wheels.stream().map(Path::toString).toList());
        Workplace.Ran ran = work.run(
                empty,
                work.maven(
                        "io.github.nativemaven:native-maven-plugin:" + work.given("version") + ":check",
                        "-Drust.files=" + files),
                work.place("logs").resolve("check.log"));
        System.out.println("mvn rust:check: exit code " + ran.exitCode() + ", "
                + ran.time().toMillis() + " ms for " + wheels.size() + " wheels");
        Map<String, List<String>> said = new LinkedHashMap<>();
        for (String line : ran.output().lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                said.computeIfAbsent(parts.group(1), wheel -> new ArrayList<>()).add(parts.group(2));
            }
        }
        boolean allRight = said.values().stream().allMatch(lines -> lines.get(0).startsWith("right"));
        if (allRight != (ran.exitCode() == 0) || said.size() != wheels.size()) {
            throw new Broken("exit code " + ran.exitCode() + ", and " + said.size() + " of " + wheels.size()
                    + " wheels in what it says: " + work.place("logs").resolve("check.log"));
        }
        return said;
    }

    private Outcome outcome(Path wheel, List<String> said, List<Known> known) throws IOException, InterruptedException {
        String name = wheel.getFileName().toString();
        String last = said.get(said.size() - 1);
        String ours = platform(last);
        String theirs = judges.platform(wheel);
        List<String> differences = new ArrayList<>();
        if (!ours.equals(theirs.startsWith("linux_") ? "linux" : theirs)) {
            differences.add("platform: " + theirs + " of theirs is " + ours);
        }
        boolean right = last.startsWith("right");
        said.stream()
                .filter(line -> !line.matches("(right|wrong)\\b.*"))
                .forEach(fault -> differences.add("check: " + fault));
        differences.addAll(judges.complaints(wheel));
        return new Outcome(
                name, ours, theirs, right ? "right" : "wrong", differences, Known.unknown(known, name, differences));
    }

    private static String platform(String line) {
        Matcher policy = POLICY.matcher(line);
        if (policy.find()) {
            return policy.group(1);
        }
        Matcher macos = MACOS.matcher(line);
        if (macos.find()) {
            String version = macos.group(1);
            return AFTER_BIG_SUR.matcher(version).matches() ? version.replaceFirst("\\.\\d+$", ".0") : version;
        }
        return line.contains("no policy holds") ? "linux" : "-";
    }

    private String table(List<Outcome> outcomes, List<String> policies, List<Known> known)
            throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("# Wheels of others\n\nJudges: " + judges.versions() + ".\n\n");
        table.append("| wheel | ours | theirs | rust:check | differences |\n| --- | --- | --- | --- | --- |\n");
        for (Outcome outcome : outcomes) {
            List<String> cells = Arrays.asList(
                    outcome.wheel(),
                    outcome.ours(),
                    outcome.theirs(),
                    outcome.verdict(),
                    Known.count(outcome.differences().size(), outcome.unknown().size()));
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        table.append("\nTable of policies: ")
                .append(Known.count(
                        policies.size(), Known.unknown(known, TABLE, policies).size()))
                .append(".\n\n## Differences\n\n");
        for (Outcome outcome : outcomes) {
            outcome.differences().forEach(found -> table.append(Known.line(known, outcome.wheel(), found)));
        }
        policies.forEach(found -> table.append(Known.line(known, TABLE, found)));
        return table.toString();
    }
}
