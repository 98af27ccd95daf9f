import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What somebody waits for who edits one line of the quickstart: from the saved file to the library in its place.
 * rust:watch, maturin develop, and cargo alone are given the same edits in turn, each in a project of its own.
 */
final class Watch implements Part {
    private static final Pattern SUM = Pattern.compile("\\(a \\+ b[^)]*\\)");

    /** A running rust:watch. */
    private record Watched(Process process, Path log, Path project, String python, Path libraries) {}

    /** What is added to the sum; another in each round. */
    private static final class Summand {
        private int value;

        void edit(Path project) throws IOException {
            Path source = project.resolve("src/lib.rs");
            String text = Files.readString(source);
            Files.writeString(source, SUM.matcher(text).replaceFirst("(a + b + " + value + ")"));
        }
    }

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        String maturin = bench.maturin().toString();
        Path ours = bench.quickstart("watched");
        Path theirs = bench.quickstart("developed");
        Path bare = bench.quickstart("compiled");
        Path ourEnvironment = bench.environment("watched");
        Path theirEnvironment = bench.environment("developed");
        String python = Workplace.python(ourEnvironment);
        Map<String, String> forPython = Map.of("PYO3_PYTHON", python, "PYO3_BUILD_EXTENSION_MODULE", "1");

        Path log = bench.place("watch.log");
        Process watch = watch(bench, ours, ourEnvironment, log);
        try {
            Watched watched = new Watched(watch, log, ours, python, libraries(bench, python));
            Summand summand = new Summand();
            Candidate cargo = bench.command("cargo build", bare, forPython, List.of("cargo", "build", "--quiet"));
            Candidate develop = bench.command(
                    "maturin develop",
                    theirs,
                    Workbench.active(theirEnvironment),
                    List.of(maturin, "develop", "--quiet"));
            List<Row> rows = bench.inTurn(
                    2,
                    bench.rounds(),
                    cargo.after(() -> {
                        summand.value++;
                        summand.edit(bare);
                    }),
                    new Candidate("rust:watch", () -> measure(bench, watched, summand)),
                    develop.after(() -> summand.edit(theirs)));
            report(bench, rows);
        } finally {
            Stream.concat(watch.descendants(), Stream.of(watch.toHandle())).forEach(ProcessHandle::destroy);
            watch.waitFor();
        }
    }

    private static Process watch(Workbench bench, Path project, Path environment, Path log)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        Process watch = bench.start(project, Workbench.active(environment), bench.maven("rust:watch"), log);
        while (!Files.readString(log).contains("Ctrl-C ends")) {
            if (!watch.isAlive()) {
                throw new Broken("rust:watch has ended:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
        return watch;
    }

    private static Candidate.Sample measure(Workbench bench, Watched watched, Summand summand)
            throws IOException, InterruptedException {
        Path before = newest(watched.libraries());
        summand.edit(watched.project());
        long start = System.nanoTime();
        while (newest(watched.libraries()).equals(before)) {
            Thread.sleep(1);
            if (System.nanoTime() - start > 60e9) {
                throw new Broken("rust:watch has built nothing for a minute:\n" + Files.readString(watched.log()));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String sum = "import my_fast_lib as m; print(m.sum_as_string(0, 0))";
        String printed = bench.must(bench.directory(), List.of(watched.python(), "-c", sum))
                .output()
                .strip();
        if (!printed.equals(String.valueOf(summand.value))) {
            throw new Broken("the sum should be " + summand.value + " and is " + printed);
        }
        return new Candidate.Sample(seconds, Workplace.peakKib(watched.process()));
    }

    /** The library that Python would take. */
    private static Path newest(Path libraries) throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.getFileName().toString().matches("my_fast_lib\\.my_fast_lib\\.\\d+\\..+"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /** Where rust:watch puts libraries. */
    private static Path libraries(Workbench bench, String python) throws IOException, InterruptedException {
        String where = "import _my_fast_lib_hot; print(_my_fast_lib_hot.HERE)";
        return Path.of(bench.must(bench.directory(), List.of(python, "-c", where))
                .output()
                .strip());
    }

    private static void report(Workbench bench, List<Row> rows) {
        Row cargo = rows.get(0);
        Row watch = rows.get(1);
        Row maturin = rows.get(2);
        bench.results().ratio(watch, cargo);
        System.out.printf("%n%-18s %9s %9s %9s%n", "one line edited", "median s", "least s", "most s");
        rows.forEach(row -> System.out.printf(
                Locale.ROOT, "%-18s %9.3f %9.3f %9.3f%n", row.name(), row.median(), row.least(), row.most()));
        System.out.printf(
                Locale.ROOT,
                "rust:watch: %.2f of maturin develop, cargo and %.3f s (50 ms of them for a burst to end), peak %.0f MiB%n",
                bench.results().ratio(watch, maturin),
                watch.median() - cargo.median(),
                watch.peakMib());
    }
}
