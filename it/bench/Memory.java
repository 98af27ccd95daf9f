import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Maven's memory with 24 units. Most of their Pythons only say that they are others: a program asks the real one, and
 * changes the version in its answer.
 */
final class Memory implements Part {
    private static final int UNITS = 24;

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        if (bench.severalPythons().isEmpty()) {
            return;
        }
        List<String> standIns = standIns(bench.place("pythons"));
        Path pyo3 = bench.place("pyo3");
        Workbench.write(
                pyo3.resolve("Cargo.toml"),
                "[package]\nname = \"pyo3\"\nversion = \"99.0.0\"\n[features]\nabi3 = []\n");
        Workbench.write(pyo3.resolve("src/lib.rs"), "");
        Path project = bench.project(
                "memory",
                new Crate(
                        "memory",
                        "memory",
                        "pyo3 = { path = \"../pyo3\" }\nserde_json = \"=1.0.149\"\n[workspace]\n",
                        "#[no_mangle]\npub extern \"C\" fn PyInit_memory() -> *mut u8 {\n    std::ptr::null_mut()\n}\n"));
        Workplace.delete(project.resolve("target"));
        List<String> maven = bench.maven("package", "-DskipTests", "-Drust.interpreters=" + String.join(",", standIns));
        Row cold = bench.once(bench.command("mvn, " + UNITS + " units, cold", project, maven));
        Row unchanged = bench.once(bench.command("mvn, " + UNITS + " units, unchanged", project, maven));
        Workbench.head("seconds");
        Workbench.print(cold);
        Workbench.print(unchanged);
    }

    private static List<String> standIns(Path folder) throws IOException {
        Path real = Path.of("/usr/bin/python3").toRealPath();
        String release = real.getFileName().toString().replace("python3.", "");
        List<String> standIns = new ArrayList<>();
        for (int i = 0; i < UNITS; i++) {
            String minor = String.valueOf(40 + i);
            Path program = folder.resolve("python3." + minor);
            Workbench.write(
                    program,
                    "#!/bin/sh\n'" + real + "' \"$@\" | sed -e 's/3\\." + release + "/3." + minor
                            + "/g' -e 's/cpython-3" + release + "/cpython-3" + minor + "/g'\n");
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("can't make " + program + " executable");
            }
            standIns.add(program.toString());
        }
        return standIns;
    }
}
