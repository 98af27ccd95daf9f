package io.github.nativemaven.install;

import static io.github.nativemaven.install.TestEnvironment.files;
import static io.github.nativemaven.install.TestEnvironment.python;
import static io.github.nativemaven.install.TestEnvironment.run;
import static io.github.nativemaven.install.TestEnvironment.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** pip and uv take what is installed here for their own, and the other way round. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class OtherInstallersTest {
    private static final Path UV = Path.of("target", "uv").toAbsolutePath();

    @TempDir
    static Path shared;

    private static Interpreter withPip;

    @TempDir
    Path directory;

    private VirtualEnvironment environment;
    private Map<String, String> untouched;

    /** One pip serves all environments: it installs into the one that it's told. */
    @BeforeAll
    static void pip() {
        Path root = shared.resolve("pip");
        run(shared, RealPythons.newestWithEnsurepip().executable(), "-m", "venv", root);
        withPip = RealPythons.probe().probe(root.resolve("bin/python"));
    }

    @BeforeEach
    void environment() throws IOException {
        environment = TestEnvironment.create(directory.resolve("environment"));
        untouched = files(environment.root());
    }

    private String pip(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of(
                withPip.executable(),
                "-m",
                "pip",
                "--python",
                environment.interpreter().executable()));
        words.addAll(List.of(arguments));
        return run(directory, words.toArray());
    }

    private String uv(Object... arguments) {
        Path program = UV.resolve("bin/uv");
        if (!Files.isExecutable(program)) {
            ProcessRunner.Result result = TestEnvironment.tryRun(
                    shared,
                    List.of(
                            withPip.executable().toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "--target",
                            UV.toString(),
                            "uv"));
            Assumptions.assumeTrue(result.succeeded(), "uv is not to be had from the package index");
        }
        List<Object> words = new ArrayList<>(List.of(program, "pip", arguments[0], "--offline", "--python"));
        words.add(environment.interpreter().executable());
        words.addAll(List.of(arguments).subList(1, arguments.length));
        return run(directory, words.toArray());
    }

    private Path wheel(String version) throws IOException {
        return new TestWheel("demo_lib", version)
                .file("demo/__init__.py", "VERSION = '" + version + "'\n\ndef main():\n    print(VERSION)\n")
                .file("demo/only_" + version.replace('.', '_') + ".py", "")
                .file("demo/_core.so", "library " + version)
                .data("scripts/hello-" + version, "#!python\nprint('hello')\n")
                .data("data/share/demo/" + version, "")
                .entryPoints("[console_scripts]\ndemo = demo:main\n")
                .write(directory);
    }

    private Installation install(String version) throws IOException {
        return new WheelInstaller(Events.ignored()).install(wheel(version), environment);
    }

    private void edit(String version) throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/demo")).getParent();
        Files.writeString(source.resolve("demo/__init__.py"), "def main():\n    print('edited')\n");
        SortedMap<String, byte[]> metadata = new TreeMap<>();
        metadata.put(
                "METADATA",
                ("Metadata-Version: 2.1\nName: demo-lib\nVersion: " + version + "\n").getBytes(StandardCharsets.UTF_8));
        metadata.put("WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n".getBytes(StandardCharsets.UTF_8));
        metadata.put("entry_points.txt", "[console_scripts]\ndemo = demo:main\n".getBytes(StandardCharsets.UTF_8));
        new EditableInstaller(Events.ignored())
                .install(
                        new EditableInstaller.Request(
                                DistributionName.parse("demo-lib"),
                                Pep440Version.parse(version),
                                metadata,
                                source,
                                source,
                                new Entries()),
                        environment);
    }

    /** The others leave some directories that are empty. */
    private void assertUntouched() throws IOException {
        assertThat(files(environment.root())).isEqualTo(untouched);
    }

    @Test
    void pipShowsChecksAndRemovesOurs() throws IOException {
        install("1.0");
        python(environment, "import demo");
        assertThat(pip("show", "-v", "-f", "demo-lib"))
                .contains("Version: 1.0", "Installer: native-maven-plugin", "demo/_core.so", "bin/demo");
        assertThat(pip("check")).contains("No broken requirements");
        assertThat(pip("list")).containsPattern("(?i)demo[-_]lib +1.0");
        assertThat(pip("uninstall", "-y", "demo-lib")).contains("Successfully uninstalled");
        assertUntouched();
    }

    @Test
    void pipRemovesOurEditableOne() throws IOException {
        edit("1.0");
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("edited\n");
        assertThat(pip("show", "-f", "demo-lib")).contains("Editable project location: " + directory.resolve("source"));
        assertThat(pip("check")).contains("No broken requirements");
        pip("uninstall", "-y", "demo-lib");
        assertUntouched();
        assertThat(directory.resolve("source/demo/__init__.py")).exists();
    }

    @Test
    void pipReplacesOurs() throws IOException {
        install("1.0");
        pip("install", "--no-index", "--upgrade", wheel("2.0"));
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("2.0\n");
        assertThat(site(environment).resolve("demo/only_1_0.py")).doesNotExist();
        assertThat(new InstalledDistributions(environment).list()).hasSize(1);
    }

    @Test
    void whatPipInstalledIsReplacedAndRemoved() throws IOException {
        pip("install", "--no-index", wheel("1.0"));
        assertThat(install("2.0").replaced()).singleElement().satisfies(old -> assertThat(old.version())
                .isEqualTo("1.0"));
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("2.0\n");
        assertThat(pip("check")).contains("No broken requirements");
        new Uninstaller(Events.ignored()).uninstall(DistributionName.parse("demo.lib"), environment);
        assertUntouched();
    }

    @Test
    void uvShowsChecksAndRemovesOurs() throws IOException {
        install("1.0");
        python(environment, "import demo");
        assertThat(uv("show", "-f", "demo-lib")).contains("Version: 1.0", "demo/_core.so");
        uv("check");
        uv("uninstall", "demo-lib");
        assertUntouched();
        edit("1.1");
        assertThat(uv("list", "--editable")).contains("demo-lib");
        uv("uninstall", "demo-lib");
        assertUntouched();
    }

    @Test
    void uvReplacesOursAndWeReplaceUvs() throws IOException {
        install("1.0");
        uv("install", "--no-index", wheel("2.0"));
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("2.0\n");
        assertThat(new InstalledDistributions(environment).list()).hasSize(1);
        assertThat(new InstalledDistributions(environment).list().get(0).installer())
                .contains("uv");
        assertThat(install("3.0").replaced()).hasSize(1);
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("3.0\n");
        new Uninstaller(Events.ignored()).uninstall(DistributionName.parse("demo-lib"), environment);
        assertUntouched();
    }
}
