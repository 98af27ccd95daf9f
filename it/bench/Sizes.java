import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Projects of size: a mixed one with 5,000 Python files of 20 KB, whose wheel is written anew each time; and a workspace
 * of 50 crates, in which nothing has changed.
 */
final class Sizes implements Part {
    private static final int FILES = 5000;
    private static final int CRATES = 50;

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        Path small = mixed(bench, "mixed-1", 1);
        Path large = mixed(bench, "mixed-" + FILES, FILES);
        Path workspace = workspace(bench);
        List<String> maturin = List.of(bench.maturin().toString(), "build", "--release", "--interpreter", "python3");
        for (Path project : List.of(small, large)) {
            bench.must(project, bench.maven("package", "-DskipTests"));
            bench.must(project, maturin);
        }
        bench.must(workspace, bench.maven("rust:compile"));

        List<String> maven = bench.maven("rust:package");
        String crates = ", " + CRATES + " crates";
        List<Candidate> candidates = List.of(
                bench.command("mvn validate", large, bench.maven("validate")),
                edited(small, bench.command("mvn rust:package, 1 file", small, maven)),
                edited(large, bench.command("mvn rust:package, " + FILES + " files", large, maven)),
                edited(small, bench.command("maturin build, 1 file", small, maturin)),
                edited(large, bench.command("maturin build, " + FILES + " files", large, maturin)),
                bench.command("mvn validate" + crates, workspace, bench.maven("validate")),
                bench.command("cargo metadata" + crates, workspace, List.of("cargo", "metadata", "--format-version=1")),
                bench.command("cargo rustc" + crates, workspace, List.of("cargo", "rustc", "--release", "--lib")),
                bench.command("mvn rust:compile" + crates, workspace, bench.maven("rust:compile")));
        List<Row> rows = new ArrayList<>();
        for (Candidate candidate : candidates) {
            rows.addAll(bench.inTurn(1, bench.rounds(), candidate));
        }
        bench.results().ratio(rows.get(1), rows.get(3));
        bench.results().ratio(rows.get(2), rows.get(4));
        bench.results().ratio(rows.get(8), rows.get(7));
        Workbench.head("median s");
        rows.forEach(Workbench::print);
    }

    /** A Python file changes before each run, so that the wheel is written anew. */
    private static Candidate edited(Path project, Candidate candidate) {
        return candidate.after(() -> Files.writeString(
                project.resolve("python/big/__init__.py"), "# " + System.nanoTime() + "\n", StandardOpenOption.APPEND));
    }

    /** A project whose module lies beside Python files. */
    private static Path mixed(Workbench bench, String name, int files) throws IOException {
        Path project = bench.project(name, new Crate("big", "_core", "pyo3 = \"=0.28.3\"\n[workspace]\n"));
        Workbench.write(
                project.resolve("pyproject.toml"),
                "[build-system]\nrequires = [\"maturin\"]\nbuild-backend = \"maturin\"\n"
                        + "[project]\nname = \"big\"\nversion = \"0.1.0\"\n[tool.maturin]\nmodule-name = \"big._core\"\n"
                        + "python-source = \"python\"\n");
        Workbench.write(project.resolve("python/big/__init__.py"), "");
        Random random = new Random(1);
        for (int i = 0; i < files; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 20_000) {
                text.append("def f").append(random.nextInt(10_000)).append("(a, b):\n    return a + b * ");
                text.append(random.nextInt(1_000_000)).append('\n');
            }
            Workbench.write(project.resolve("python/big/m" + i / 50 + "/f" + i + ".py"), text.toString());
        }
        return project;
    }

    /** A workspace whose first crate depends on all the others. */
    private static Path workspace(Workbench bench) throws IOException {
        StringBuilder dependencies = new StringBuilder("pyo3 = \"=0.28.3\"\n");
        for (int i = 1; i < CRATES; i++) {
            dependencies.append("c%d = { path = \"c%d\" }\n".formatted(i, i));
        }
        Path root = bench.project(
                "workspace", new Crate("wide", "_core", dependencies + "[workspace]\nmembers = [\"c*\"]\n"));
        for (int i = 1; i < CRATES; i++) {
            Workbench.write(
                    root.resolve("c" + i + "/Cargo.toml"), "[package]\nname = \"c" + i + "\"\nversion = \"0.1.0\"\n");
            Workbench.write(root.resolve("c" + i + "/src/lib.rs"), "");
        }
        return root;
    }
}
