import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A wheel with a library of 200 MiB that needs one of its own: nothing is compiled, but all is audited, repaired and
 * written anew, in turn with maturin; and the audit alone of that library and of a small one.
 */
final class Large implements Part {
    private static final int MIB = 1024 * 1024;
    private static final String HEAP = "-Xmx128m";
    private static final String MADE = "target/release/deps/liblarge.so";
    private static final String KEPT = "target/release/deps/kept.so";

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        Path foreign = foreign(bench);
        Path large = project(bench, "large", 200, foreign);
        Path small = project(bench, "small", 1, foreign);
        Path maturin = bench.maturin();
        Map<String, String> path = Map.of(
                "PATH",
                maturin.getParent() + File.pathSeparator + System.getenv("PATH"),
                "LD_LIBRARY_PATH",
                foreign.getParent().toString());
        Map<String, String> heap = new HashMap<>(path);
        heap.put("MAVEN_OPTS", HEAP);
        List<String> build = List.of(maturin.toString(), "build", "--release", "--interpreter=python3");
        keep(bench, large, Workplace.with(build, "--auditwheel=skip"), path);

        Map<String, Long> sizes = new HashMap<>();
        List<Row> rows = bench.inTurn(
                1,
                bench.rounds(),
                renewed(large, sizes, bench.command("mvn validate", large, heap, bench.maven("validate"))),
                renewed(
                        large,
                        sizes,
                        bench.command("mvn rust:package " + HEAP, large, heap, bench.maven("rust:package"))),
                renewed(
                        large,
                        sizes,
                        bench.command(
                                "maturin build --auditwheel=repair",
                                large,
                                path,
                                Workplace.with(build, "--auditwheel=repair"))));
        report(bench, rows, sizes);
        bench.must(small, path, bench.maven("rust:package"));
        AuditAlone.measure(bench, List.of(small, large));
    }

    // The project

    /** A library that no policy allows. */
    private static Path foreign(Workbench bench) throws IOException, InterruptedException {
        Path library = bench.place("foreign/libforeign.so.1");
        if (!Files.exists(library)) {
            Path source = bench.place("foreign/foreign.c");
            Workbench.write(source, "int foreign(void) { return 7; }\n");
            List<String> cc = List.of(
                    "cc",
                    "-shared",
                    "-fPIC",
                    "-Wl,-soname,libforeign.so.1",
                    "-o",
                    library.toString(),
                    source.toString());
            bench.must(bench.directory(), cc);
            Files.copy(library, library.resolveSibling("libforeign.so"), StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    /** @param mebibytes how large its library is */
    private static Path project(Workbench bench, String name, int mebibytes, Path foreign) throws IOException {
        String library = "#[used]\nstatic DATA: [u8; " + mebibytes * MIB + "] = *include_bytes!(\"data.bin\");\n"
                + "#[link(name = \"foreign\")]\nextern \"C\" {\n    fn foreign() -> i32;\n}\n"
                + "#[pyo3::pymodule]\nmod large {\n    #[pyo3::pyfunction]\n"
                + "    fn answer() -> i32 {\n        unsafe { super::foreign() }\n    }\n}\n";
        Path project = bench.project(name, new Crate("large", "large", "pyo3 = \"=0.28.3\"\n[workspace]\n", library));
        String script = "fn main() {\n    println!(\"cargo:rustc-link-search=" + foreign.getParent()
                + "\");\n    println!(\"cargo:rerun-if-changed=build.rs\");\n}\n";
        Workbench.write(project.resolve("build.rs"), script);
        Path data = project.resolve("src/data.bin");
        if (!Files.exists(data) || Files.size(data) != (long) mebibytes * MIB) {
            fill(data, mebibytes);
        }
        return project;
    }

    /** Of four MiB, one is random, one is text, and two are like machine code: few instructions, some far more often. */
    private static void fill(Path file, int mebibytes) throws IOException {
        Random random = new Random(1);
        byte[][] instructions = new byte[4096][];
        for (int i = 0; i < instructions.length; i++) {
            instructions[i] = new byte[2 + random.nextInt(7)];
            random.nextBytes(instructions[i]);
        }
        byte[] block = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                if (i % 4 == 0) {
                    random.nextBytes(block);
                }
                for (int at = 0; i % 4 != 0 && at < block.length; ) {
                    byte[] next = i % 4 == 1
                            ? ("name" + random.nextInt(5000) + " = " + random.nextInt(100) + "\n")
                                    .getBytes(StandardCharsets.UTF_8)
                            : instructions[(int) (instructions.length * Math.pow(random.nextDouble(), 3))];
                    int length = Math.min(next.length, block.length - at);
                    System.arraycopy(next, 0, block, at, length);
                    at += length;
                }
                out.write(block);
            }
        }
    }

    // The measuring

    /** maturin patches what cargo made; before each of its runs that is put back, so that nothing is compiled. */
    private static void keep(Workbench bench, Path project, List<String> maturin, Map<String, String> variables)
            throws IOException, InterruptedException {
        if (!Files.exists(project.resolve(KEPT))) {
            bench.must(project, variables, maturin);
            Files.copy(project.resolve(MADE), project.resolve(KEPT), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Nothing is left that was made of what was compiled. */
    private static Candidate renewed(Path project, Map<String, Long> sizes, Candidate candidate) {
        return candidate
                .after(() -> {
                    for (String name : List.of("wheels", "rust-wheels", "rust-repaired", "rust-sbom", "maturin")) {
                        Workplace.delete(project.resolve("target").resolve(name));
                    }
                    Files.delete(project.resolve(MADE));
                    Files.copy(project.resolve(KEPT), project.resolve(MADE), StandardCopyOption.COPY_ATTRIBUTES);
                })
                .before(() -> sizes.put(candidate.name(), wheelSize(project.resolve("target/wheels"))));
    }

    private static long wheelSize(Path wheels) throws IOException {
        if (!Files.exists(wheels)) {
            return 0;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(wheels, "*.whl")) {
            long size = 0;
            for (Path file : files) {
                size += Files.size(file);
            }
            return size;
        }
    }

    private static void report(Workbench bench, List<Row> rows, Map<String, Long> sizes) {
        System.out.printf(
                "%n%-44s %9s %9s %9s %9s%n", "200 MiB, repaired", "least s", "median s", "peak MiB", "wheel MB");
        for (Row row : rows) {
            double megabytes = sizes.get(row.name()) / 1e6;
            bench.results().figure("wheel of " + row.name(), megabytes, "MB");
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %9.3f %9.3f %9.0f %9.1f%n",
                    row.name(),
                    row.least(),
                    row.median(),
                    row.peakMib(),
                    megabytes);
        }
        Row ours = rows.get(1);
        Row theirs = rows.get(2);
        System.out.printf(
                Locale.ROOT,
                "Of maturin's time: %.2f (least), %.2f (median)%n",
                ours.least() / theirs.least(),
                bench.results().ratio(ours, theirs));
    }
}
