import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One target and two, for several Pythons, where nothing has changed. */
final class Targets implements Part {
    private static final String ARM = "aarch64-unknown-linux-gnu";

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        List<String> pythons = bench.severalPythons();
        if (pythons.isEmpty()) {
            return;
        }
        Optional<Path> rustc = Workbench.path()
                .map(place -> place.resolve(Workplace.WINDOWS ? "rustc.exe" : "rustc"))
                .filter(Files::isExecutable)
                .filter(Targets::hasArm)
                .findFirst();
        if (rustc.isEmpty()) {
            System.out.println("targets: skipped, because no rustc has a standard library for " + ARM);
            return;
        }
        Path project = bench.project("targets", new Crate("targets", "targets", "pyo3 = \"=0.28.3\"\n[workspace]\n"));
        Map<String, String> variables = Map.of("RUSTC", rustc.get().toString());
        String count = pythons.size() + " Pythons, unchanged";
        List<Row> rows = bench.inTurn(
                1,
                bench.rounds(),
                bench.command("mvn, one target, " + count, project, variables, maven(bench, pythons, "linux-x86_64")),
                bench.command(
                        "mvn, two targets, " + count,
                        project,
                        variables,
                        maven(bench, pythons, "linux-x86_64,linux-aarch64")));
        bench.results().ratio(rows.get(1), rows.get(0));
        Workbench.head("seconds");
        rows.forEach(Workbench::print);
        System.out.printf(
                Locale.ROOT,
                "%-58s %9.3f s%n",
                "  two targets take more",
                rows.get(1).median() - rows.get(0).median());
    }

    private static List<String> maven(Workbench bench, List<String> pythons, String targets) {
        return bench.maven(
                "package",
                "-DskipTests",
                "-Drust.targets=" + targets,
                "-Drust.interpreters=" + String.join(",", pythons));
    }

    private static boolean hasArm(Path rustc) {
        try {
            Process process = new ProcessBuilder(rustc.toString(), "--print", "target-libdir", "--target", ARM).start();
            String library = new String(process.getInputStream().readAllBytes(), "UTF-8").strip();
            return process.waitFor() == 0 && Files.isDirectory(Path.of(library));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
