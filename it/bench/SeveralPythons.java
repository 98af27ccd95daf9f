import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The quickstart's crate, with wheels for each of several Pythons: nothing changed, one line changed, nothing there. */
final class SeveralPythons implements Part {
    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        List<String> pythons = bench.severalPythons();
        if (pythons.isEmpty()) {
            return;
        }
        String maturin = bench.maturin().toString();
        String count = pythons.size() + " Pythons";
        Path ours = bench.quickstart("our-many");
        Path theirs = bench.quickstart("their-many");
        Candidate our = bench.command(
                "mvn, " + count,
                ours,
                bench.maven("package", "-DskipTests", "-Drust.interpreters=" + String.join(",", pythons)));
        Candidate their = bench.command(
                "maturin, " + count,
                theirs,
                Workplace.with(
                        List.of(maturin, "build", "--release", "--interpreter"), pythons.toArray(String[]::new)));

        List<Row> cold = bench.inTurn(
                0,
                1,
                changed(our, "cold", () -> Workplace.delete(ours.resolve("target"))),
                changed(their, "cold", () -> Workplace.delete(theirs.resolve("target"))));
        List<Row> unchanged = bench.inTurn(
                1, bench.manyRounds(), changed(our, "unchanged", () -> {}), changed(their, "unchanged", () -> {}));
        List<Row> edited = bench.inTurn(
                1,
                bench.manyRounds(),
                changed(our, "edited", () -> edit(ours)),
                changed(their, "edited", () -> edit(theirs)));
        for (List<Row> rows : List.of(unchanged, edited, cold)) {
            bench.results().ratio(rows.get(0), rows.get(1));
            Workbench.compare(rows);
        }
    }

    private static Candidate changed(Candidate candidate, String change, Candidate.Step step) {
        return candidate.named(candidate.name() + ", " + change).after(step);
    }

    private static void edit(Path project) throws IOException {
        Path source = project.resolve("src/lib.rs");
        Files.writeString(source, Files.readString(source) + "// " + System.nanoTime() + "\n");
    }
}
