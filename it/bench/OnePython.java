import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The quickstart's crate: a wheel for one Python, and a development install; nothing has changed. */
final class OnePython implements Part {
    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        String maturin = bench.maturin().toString();
        Path ours = bench.quickstart("ours");
        Path theirs = bench.quickstart("theirs");
        Path ourEnvironment = bench.environment("ours");
        Path theirEnvironment = bench.environment("theirs");

        List<Row> packaging = bench.inTurn(
                2,
                bench.rounds(),
                bench.command("mvn validate", ours, bench.maven("validate")),
                bench.command("mvn package", ours, bench.maven("package")),
                bench.command("mvn package -DskipTests", ours, bench.maven("package", "-DskipTests")),
                bench.command(
                        "maturin build --release",
                        theirs,
                        List.of(maturin, "build", "--release", "--interpreter", "python3")));
        List<Row> developing = bench.inTurn(
                2,
                bench.rounds(),
                bench.command("mvn rust:develop", ours, Workbench.active(ourEnvironment), bench.maven("rust:develop")),
                bench.command(
                        "maturin develop", theirs, Workbench.active(theirEnvironment), List.of(maturin, "develop")));
        bench.results().ratio(packaging.get(1), packaging.get(0));
        bench.results().ratio(packaging.get(1), packaging.get(3));
        bench.results().ratio(developing.get(0), developing.get(1));
        Workbench.compare(packaging);
        Workbench.compare(developing);
    }
}
