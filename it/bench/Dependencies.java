import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A crate of about 150 dependencies, from nothing for several Pythons, and what each Python more takes on disk. */
final class Dependencies implements Part {
    /** Released crates, most of which know nothing of Python, and all that they depend on. */
    private static final String DEPENDENCIES = """
            pyo3 = "=0.28.3"
            anyhow = "=1.0.100"
            chrono = { version = "=0.4.42", features = ["serde"] }
            clap = { version = "=4.5.53", features = ["derive"] }
            csv = "=1.4.0"
            dashmap = "=6.1.0"
            globset = "=0.4.18"
            hyper = { version = "=1.8.1", features = ["client", "http1", "server"] }
            image = { version = "=0.25.9", default-features = false, features = ["bmp", "gif", "png"] }
            indexmap = "=2.12.1"
            itertools = "=0.14.0"
            rand = "=0.9.2"
            rayon = "=1.11.0"
            regex = "=1.12.2"
            serde = { version = "=1.0.228", features = ["derive"] }
            serde_json = "=1.0.149"
            sha2 = "=0.10.9"
            thiserror = "=2.0.17"
            tokio = { version = "=1.48.0", features = ["fs", "macros", "net", "rt-multi-thread", "sync", "time"] }
            toml = "=0.9.8"
            tracing = "=0.1.43"
            url = "=2.5.7"
            walkdir = "=2.5.0"
            """;

    private final Set<Object> counted = new HashSet<>();

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        List<String> pythons = bench.severalPythons();
        if (pythons.isEmpty()) {
            return;
        }
        Path ours = bench.project("deps-ours", new Crate("deps-ours", "deps_ours", DEPENDENCIES + "[workspace]\n"));
        Path theirs =
                bench.project("deps-theirs", new Crate("deps-theirs", "deps_theirs", DEPENDENCIES + "[workspace]\n"));
        List<String> maturin = Workplace.with(
                List.of(bench.maturin().toString(), "build", "--release", "--interpreter"),
                pythons.toArray(String[]::new));
        List<String> maven = bench.maven("package", "-DskipTests", "-Drust.interpreters=" + String.join(",", pythons));
        bench.must(theirs, List.of("cargo", "fetch", "--quiet"));
        Files.copy(theirs.resolve("Cargo.lock"), ours.resolve("Cargo.lock"), StandardCopyOption.REPLACE_EXISTING);
        String count = crates(bench, theirs) + " crates, " + pythons.size() + " Pythons, cold";
        bench.must(ours, bench.maven("validate"));

        Workplace.delete(ours.resolve("target"));
        Row our = bench.once(bench.command("mvn, " + count, ours, maven));
        Workplace.delete(theirs.resolve("target"));
        Row their = bench.once(bench.command("maturin, " + count, theirs, maturin));
        Workbench.head("seconds");
        Workbench.print(our);
        Workbench.print(their);
        System.out.printf(
                Locale.ROOT,
                "%-58s %9.2f%n",
                "  mvn to maturin",
                bench.results().ratio(our, their));
        for (Path target : Workbench.list(ours.resolve("target/rust"))) {
            if (Files.isDirectory(target)) {
                for (Path unit : Workbench.list(target)) {
                    onDisk(bench, unit.getFileName().toString(), unit);
                }
                break;
            }
        }
        onDisk(bench, "maturin's target", theirs.resolve("target"));
        Row ourAgain = bench.once(bench.command("mvn, unchanged", ours, maven));
        Row theirAgain = bench.once(bench.command("maturin, unchanged", theirs, maturin));
        bench.results().ratio(ourAgain, theirAgain);
        Workbench.print(ourAgain);
        Workbench.print(theirAgain);
    }

    private static int crates(Workbench bench, Path project) throws IOException, InterruptedException {
        return (int) bench.must(project, List.of("cargo", "tree", "--prefix", "none", "--quiet"))
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" ")[0] + line.split(" ")[1])
                .distinct()
                .count();
    }

    private void onDisk(Workbench bench, String name, Path folder) throws IOException {
        double megabytes = size(folder) / 1e6;
        bench.results().figure("on disk: " + name, megabytes, "MB");
        System.out.printf(Locale.ROOT, "%-58s %9.0f MB%n", "  on disk: " + name, megabytes);
    }

    /** A file that directories share takes its room once, in the first of them. */
    private long size(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                Object key = attributes.fileKey();
                size += key == null || counted.add(key) ? attributes.size() : 0;
            }
        }
        return size;
    }
}
