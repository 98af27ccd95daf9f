import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the tools of others say of a wheel. None of them looks at this machine's libraries. */
final class Judges {
    /** The policies that auditwheel knows, a line for each thing that one allows, or forbids. */
    private static final String POLICIES = """
            import json, pathlib, auditwheel.policy
            for file in sorted(pathlib.Path(auditwheel.policy.__file__).parent.glob('m*linux-policy.json')):
                for policy in json.loads(file.read_text()):
                    for machine, kinds in policy['symbol_versions'].items():
                        tag = policy['name'] + '_' + machine
                        print(tag, 'policy')
                        for library in policy['lib_whitelist']:
                            print(tag, 'library', library)
                        for kind, versions in kinds.items():
                            for version in versions:
                                print(tag, 'version', kind + '_' + version)
                        for library, symbols in policy['blacklist'].items():
                            for symbol in symbols:
                                print(tag, 'forbidden', library, symbol)
            """;

    /** The name that delocate would give the wheel, for the oldest macOS that its libraries run on. */
    private static final String MACOS = """
            import pathlib, sys, tempfile, zipfile, delocate.delocating
            wheel = pathlib.Path(sys.argv[1])
            with tempfile.TemporaryDirectory() as directory:
                zipfile.ZipFile(wheel).extractall(directory)
                name, _ = delocate.delocating._calculate_minimum_wheel_name(wheel.name, pathlib.Path(directory), None)
            print(name)
            """;

    private static final Pattern OVERALL = Pattern.compile("\"overall_tag\": \"([^\"]+)\"");
    private static final Pattern NOT_STABLE = Pattern.compile("\"is_abi3(?:_baseline_compatible)?\": false");
    private static final Pattern MACOS_TAG = Pattern.compile("-macosx_(\\d+)_(\\d+)_\\w+\\.whl");
    private static final Pattern TAKEN_IN = Pattern.compile("copied into the wheel\\.\\R((?: {4}.*\\R)+)");

    private final Workplace work;
    private final Path environment;
    private final Path nothing;

    Judges(Workplace work) throws IOException, InterruptedException {
        this.work = work;
        this.environment = work.environment(
                "wheel-judges", "auditwheel", "abi3audit", "delocate", "delvewheel", "wheel", "pip>=23");
        this.nothing = Files.createDirectories(work.place("nothing"));
    }

    /** The Python that the judges are installed in. */
    String python() {
        return Workplace.python(environment);
    }

    /** Their names and versions. */
    String versions() throws IOException, InterruptedException {
        return run(List.of(python(), "-m", "pip", "list", "--format", "freeze"))
                .output()
                .lines()
                .filter(line -> line.matches("(auditwheel|abi3audit|abi3info|delocate|delvewheel|wheel)==.*"))
                .map(line -> line.replace("==", " "))
                .collect(Collectors.joining(", "));
    }

    List<String> policies() throws IOException, InterruptedException {
        return run(List.of(python(), "-c", POLICIES)).output().lines().toList();
    }

    /** What a wheel runs on, by the words that {@code rust:check} has for it; {@code -} where nobody says. */
    String platform(Path wheel) throws IOException, InterruptedException {
        String name = wheel.getFileName().toString();
        if (name.contains("linux")) {
            Workplace.Ran ran = run(List.of(
                    program("auditwheel"), "show", "--json", "--ldpaths", nothing.toString(), wheel.toString()));
            Matcher tag = OVERALL.matcher(ran.output());
            return tag.find() ? tag.group(1) : "auditwheel fails: " + ran.lastLine();
        }
        if (name.contains("macosx")) {
            Workplace.Ran ran = run(List.of(python(), "-c", MACOS, wheel.toString()));
            Matcher tag = MACOS_TAG.matcher(ran.lastLine());
            return tag.find() ? "macOS " + tag.group(1) + "." + tag.group(2) : "delocate fails: " + ran.lastLine();
        }
        return "-";
    }

    /** What they find wrong with a wheel. */
    List<String> complaints(Path wheel) throws IOException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        String name = wheel.getFileName().toString();
        if (name.contains("-abi3-")) {
            Workplace.Ran ran = run(List.of(program("abi3audit"), "--strict", "--report", wheel.toString()));
            if (ran.exitCode() != 0 || NOT_STABLE.matcher(ran.output()).find()) {
                complaints.add("abi3audit: " + ran.lastLine());
            }
        }
        if (name.contains("-win")) {
            Workplace.Ran ran = run(List.of(program("delvewheel"), "show", wheel.toString()));
            Matcher takenIn = TAKEN_IN.matcher(ran.output());
            if (ran.exitCode() != 0) {
                complaints.add("delvewheel: " + ran.lastLine());
            } else if (takenIn.find() && !takenIn.group(1).strip().equals("None")) {
                complaints.add("delvewheel: would take in "
                        + takenIn.group(1)
                                .lines()
                                .map(line -> line.strip().replaceFirst(" \\(.*", ""))
                                .sorted()
                                .collect(Collectors.joining(", ")));
            }
        }
        Path unpacked = work.place("unpacked");
        Workplace.delete(unpacked);
        Workplace.Ran ran =
                run(List.of(python(), "-m", "wheel", "unpack", "--dest", unpacked.toString(), wheel.toString()));
        if (ran.exitCode() != 0) {
            complaints.add("wheel unpack: " + ran.lastLine());
        }
        return complaints;
    }

    private String program(String name) {
        return Workplace.program(environment, name);
    }

    private Workplace.Ran run(List<String> command) throws IOException, InterruptedException {
        return work.run(nothing, command, null);
    }
}
