package io.github.nativemaven.install;

import static io.github.nativemaven.install.TestEnvironment.site;
import static io.github.nativemaven.install.TestEnvironment.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.install.InstallProblem.NotRemovable;
import io.github.nativemaven.install.InstallProblem.Obstacle;
import io.github.nativemaven.install.InstalledDistribution.Kind;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class InstalledDistributionsTest {
    @TempDir
    Path directory;

    private VirtualEnvironment environment;
    private Path site;

    @BeforeEach
    void environment() throws IOException {
        environment = TestEnvironment.create(directory.resolve("environment"));
        site = site(environment);
    }

    private Path write(String path, String text) throws IOException {
        Path file = site.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void uninstall(String name) {
        new Uninstaller(Events.ignored()).uninstall(DistributionName.parse(name), environment);
    }

    private Obstacle obstacle(String name) {
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> uninstall(name));
        return ((NotRemovable) failure.problem()).obstacle();
    }

    @ParameterizedTest
    @CsvSource({
        "my_lib-1.0.dist-info/METADATA, my-lib, 1.0, DIST_INFO",
        "My.Lib-1.0.dev3+local.1.dist-info/METADATA, my-lib, 1.0.dev3+local.1, DIST_INFO",
        "my_lib.dist-info/METADATA, my-lib, '', DIST_INFO",
        "my-lib-1.0.dist-info/METADATA, my-lib, 1.0, DIST_INFO",
        "my_lib-1.0-py3.11.egg-info/PKG-INFO, my-lib, 1.0, EGG_INFO",
        "my_lib-1.0.egg-info, my-lib, 1.0, DISTUTILS",
        "my-lib.egg-link, my-lib, '', EGG_LINK",
        "my_lib-1.0-py3.11-linux-x86_64.egg/EGG-INFO/PKG-INFO, my-lib, 1.0, EGG",
    })
    void eachWayOfInstallingIsFound(String path, String name, String version, Kind kind) throws IOException {
        write(path, "");
        assertThat(new InstalledDistributions(environment).find(DistributionName.parse(name)))
                .singleElement()
                .satisfies(distribution -> {
                    assertThat(distribution.version()).isEqualTo(version);
                    assertThat(distribution.kind()).isEqualTo(kind);
                });
        assertThat(new InstalledDistributions(environment).find(DistributionName.parse("my")))
                .isEmpty();
    }

    @Test
    void whatIsNoDistributionIsPassedOver() throws IOException {
        write("~my_lib-1.0.dist-info/METADATA", "");
        write("my_lib-1.0.dist-info", "a file");
        write(".dist-info/METADATA", "");
        write("my_lib/METADATA", "");
        assertThat(new InstalledDistributions(environment).list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "numpy, true",
        "NumPy>=1.20, true",
        "'numpy>=1.20,<1.26', false",
        "numpy==1.26.*, true",
        "numpy @ https://example.org/numpy.whl, true",
        "pandas, false",
        "pandas; python_version < '3', true",
        "numpy>2; sys_platform == 'nowhere', true",
        "numpy[fast], false",
        "numpy[plot], true",
        "numpy[loop], true",
        "numpy[unknown], true",
        "odd, true",
        "odd>1, false",
    })
    void requirementsAreMetOrNot(String requirement, boolean met) throws IOException {
        write("numpy-1.26.4.dist-info/METADATA", """
                Metadata-Version: 2.1
                Name: numpy
                Version: 1.26.4
                Requires-Dist: nothing-of-the-kind
                Requires-Dist: turbo; extra == 'fast'
                Requires-Dist: plotter>=2; extra == 'plot'
                Requires-Dist: numpy[loop]; extra == 'loop'

                Requires-Dist: text; extra == 'plot'
                """);
        write("plotter-2.1.dist-info/METADATA", "Name: plotter\nVersion: 2.1\n");
        write("odd-unknown.dist-info/METADATA", "Name: odd\n");
        Requirement parsed = Requirement.parse(requirement);
        assertThat(new InstalledDistributions(environment)
                        .missing(Stream.of(parsed).toList()))
                .isEqualTo(met ? Stream.of().toList() : Stream.of(parsed).toList());
    }

    @Test
    void removingGivesBackWhatWasBefore() throws IOException {
        write("demo/foreign.txt", "stays");
        Map<String, String> before = tree(environment.root());
        Path wheel = new TestWheel("demo", "1.0")
                .file("demo/a/b/c.py", "")
                .file("demo/x.py", "")
                .data("scripts/demo", "#!python\n")
                .data("data/share/demo/data.txt", "")
                .write(directory);
        new WheelInstaller(Events.ignored()).install(wheel, environment);
        assertThat(tree(environment.root())).isNotEqualTo(before);
        write("demo/a/b/__pycache__/c.cpython-311.pyc", "");
        write("demo/a/b/__pycache__/c.cpython-311.opt-1.pyc", "");
        write("demo-1.0.dist-info/added-later", "");
        uninstall("Demo");
        assertThat(tree(environment.root())).isEqualTo(before);
        uninstall("demo");
        assertThat(tree(environment.root())).isEqualTo(before);
    }

    @Test
    void nothingOutsideOfTheEnvironmentIsRemoved() throws IOException {
        Path mine = Files.writeString(directory.resolve("mine.txt"), "mine");
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.writeString(tree.resolve("linked.py"), "mine");
        Files.createSymbolicLink(site.resolve("linked"), tree);
        write("demo-1.0.dist-info/METADATA", "");
        write(
                "demo-1.0.dist-info/RECORD",
                "demo.py,,\n../../../../mine.txt,,\n" + mine + ",,\nlinked/linked.py,,\n.,,\n../../..,,\n");
        write("demo.py", "");
        uninstall("demo");
        assertThat(mine).hasContent("mine");
        assertThat(tree.resolve("linked.py")).hasContent("mine");
        assertThat(site.resolve("demo.py")).doesNotExist();
        assertThat(site.resolve("demo-1.0.dist-info")).doesNotExist();
    }

    @Test
    void whatKeptNoListOfItsFilesIsNotRemoved() throws IOException {
        write("one-1.0.egg-info", "");
        write("two-1.0.dist-info/METADATA", "");
        write("three-1.0.dist-info/RECORD", "\"");
        write("four-1.0-py3.11.egg-info/PKG-INFO", "");
        Map<String, String> before = tree(environment.root());
        assertThat(obstacle("one")).isEqualTo(Obstacle.DISTUTILS);
        assertThat(obstacle("two")).isEqualTo(Obstacle.NO_RECORD);
        assertThat(obstacle("three")).isEqualTo(Obstacle.BAD_RECORD);
        assertThat(obstacle("four")).isEqualTo(Obstacle.NO_RECORD);
        assertThat(tree(environment.root())).isEqualTo(before);
    }

    @Test
    void anEmptyMetadataDirectoryIsALeftover() throws IOException {
        Files.createDirectories(site.resolve("demo-0.9.dist-info"));
        Path wheel = new TestWheel("demo", "1.0").file("demo.py", "").write(directory);
        new WheelInstaller(Events.ignored()).install(wheel, environment);
        assertThat(site.resolve("demo-0.9.dist-info")).doesNotExist();
        assertThat(site.resolve("demo.py")).exists();
    }

    @Test
    void developmentLinksOfSetuptoolsAreRemoved() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/demo.egg-info"))
                .getParent();
        Files.writeString(source.resolve("demo.egg-info/entry_points.txt"), "[console_scripts]\ndemo = demo:main\n");
        Files.writeString(environment.root().resolve("bin/demo"), "");
        write("easy-install.pth", "/elsewhere\n" + source + "\n");
        write("demo.egg-link", source + "\n../\n");
        uninstall("demo");
        assertThat(site.resolve("easy-install.pth")).hasContent("/elsewhere\n");
        assertThat(site.resolve("demo.egg-link")).doesNotExist();
        assertThat(environment.root().resolve("bin/demo")).doesNotExist();
        assertThat(source.resolve("demo.egg-info")).exists();
    }

    @Test
    void eggsAreRemoved() throws IOException {
        write("demo-1.0-py3.11.egg/demo.py", "");
        write("easy-install.pth", "./demo-1.0-py3.11.egg\n./other.egg\n");
        write("flat-1.0-py3.11.egg-info/installed-files.txt", "../flat/__init__.py\n../../../../bin/flat\nPKG-INFO\n");
        write("flat/__init__.py", "");
        write("top-1.0-py3.11.egg-info/top_level.txt", "top\nspace\n../..\n");
        write("top-1.0-py3.11.egg-info/namespace_packages.txt", "space\n");
        write("top/x.txt", "");
        write("space/x.txt", "");
        uninstall("demo");
        uninstall("flat");
        uninstall("top");
        assertThat(tree(site).keySet()).containsExactly("/", "easy-install.pth", "space/", "space/x.txt");
        assertThat(site.resolve("easy-install.pth")).hasContent("./other.egg\n");
    }
}
