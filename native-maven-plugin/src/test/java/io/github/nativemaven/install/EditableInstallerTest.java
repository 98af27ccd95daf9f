package io.github.nativemaven.install;

import static io.github.nativemaven.install.TestEnvironment.python;
import static io.github.nativemaven.install.TestEnvironment.run;
import static io.github.nativemaven.install.TestEnvironment.site;
import static io.github.nativemaven.install.TestEnvironment.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class EditableInstallerTest {
    private static final DistributionName NAME = DistributionName.parse("My.Demo");

    @TempDir
    Path directory;

    private VirtualEnvironment environment;
    private Path source;
    private final SortedMap<String, byte[]> metadata = new TreeMap<>();

    @BeforeEach
    void project() throws IOException {
        environment = TestEnvironment.create(directory.resolve("environment"));
        source = directory.resolve("the projéct/python");
        Files.createDirectories(source.resolve("demo"));
        Files.writeString(source.resolve("demo/__init__.py"), "def main():\n    print('edited')\n");
        metadata("METADATA", "Metadata-Version: 2.1\nName: My.Demo\nVersion: 1.0\n");
        metadata("WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n");
        metadata("entry_points.txt", "[console_scripts]\ndemo = demo:main\n");
        metadata("licenses/LICENSE", "free");
    }

    private void metadata(String path, String text) {
        metadata.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Installation install(String version) {
        EditableInstaller.Request request = new EditableInstaller.Request(
                NAME, Pep440Version.parse(version), metadata, source, source.getParent(), new Entries());
        return new EditableInstaller(Events.ignored()).install(request, environment);
    }

    @Test
    void theSourceIsUsedWhereItIs() throws IOException {
        assertThat(install("1.0").unchanged()).isFalse();
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("edited\n");
        Files.writeString(source.resolve("demo/__init__.py"), "def main():\n    print('edited anew')\n");
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("edited anew\n");
        assertThat(site(environment).resolve("my_demo.pth")).hasContent(source.toString());
        assertThat(site(environment).resolve("my_demo-1.0.dist-info/direct_url.json"))
                .hasContent("{\"dir_info\":{\"editable\":true},\"url\":\""
                        + source.getParent().toUri().toASCIIString().replaceFirst("/$", "") + "\"}");
        assertThat(python(
                        environment,
                        "import importlib.metadata as m; d = m.distribution('my-demo');"
                                + "print(d.version, len(d.files), all(f.locate().exists() for f in d.files))"))
                .isEqualTo("1.0 10 True");
    }

    @Test
    void theSameIsInstalledOnce() throws IOException {
        install("1.0");
        Map<String, String> before = tree(environment.root());
        assertThat(install("1.0").unchanged()).isTrue();
        assertThat(tree(environment.root())).isEqualTo(before);
        metadata("licenses/LICENSE", "paid");
        assertThat(install("1.0").unchanged()).isFalse();
        Files.delete(environment.root().resolve("bin/demo"));
        assertThat(install("1.0").unchanged()).isFalse();
        metadata.remove("entry_points.txt");
        assertThat(install("1.0").unchanged()).isFalse();
        assertThat(environment.root().resolve("bin/demo")).doesNotExist();
        assertThat(install("1.1").replaced()).hasSize(1);
        assertThat(new InstalledDistributions(environment).find(NAME)).hasSize(1);
    }

    @Test
    void aWheelTakesThePlaceOfTheSourceAndBack() throws IOException {
        install("1.0");
        Path wheel = new TestWheel("my_demo", "1.0")
                .file("demo/__init__.py", "def main():\n    print('built')\n")
                .entryPoints("[console_scripts]\ndemo = demo:main\n")
                .write(directory);
        new WheelInstaller(Events.ignored()).install(wheel, environment);
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("built\n");
        assertThat(site(environment).resolve("my_demo.pth")).doesNotExist();
        assertThat(source.resolve("demo/__init__.py")).exists();
        install("1.0");
        assertThat(run(directory, environment.root().resolve("bin/demo"))).isEqualTo("edited\n");
        assertThat(site(environment).resolve("demo")).doesNotExist();
    }

    @Test
    void oldPythonsOnWindowsAreToldOddPathsInAscii() {
        Path odd = directory.resolve("ü'");
        assertThat(EditableInstaller.pathLine(odd, new PythonVersion(3, 12), true))
                .isEqualTo("import sys; sys.path.append('" + directory + "/\\u00fc\\u0027')\n");
        assertThat(EditableInstaller.pathLine(odd, new PythonVersion(3, 13), true))
                .isEqualTo(odd + "\n");
        assertThat(EditableInstaller.pathLine(odd, new PythonVersion(3, 12), false))
                .isEqualTo(odd + "\n");
    }
}
