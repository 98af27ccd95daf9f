package io.github.nativemaven.install;

import static io.github.nativemaven.install.TestEnvironment.python;
import static io.github.nativemaven.install.TestEnvironment.run;
import static io.github.nativemaven.install.TestEnvironment.site;
import static io.github.nativemaven.install.TestEnvironment.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.install.InstallProblem.BadWheel;
import io.github.nativemaven.install.InstallProblem.Fault;
import io.github.nativemaven.install.InstalledDistribution.Kind;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class WheelInstallerTest {
    private static final DistributionName DEMO = DistributionName.parse("demo");

    @TempDir
    Path directory;

    private final List<Event> events = new ArrayList<>();
    private VirtualEnvironment environment;
    private Path site;

    @BeforeEach
    void environment() throws IOException {
        environment = TestEnvironment.create(directory.resolve("environment"));
        site = site(environment);
    }

    private Installation install(Path wheel) {
        return new WheelInstaller(events::add).install(wheel, environment);
    }

    private Installation install(TestWheel wheel) throws IOException {
        return install(wheel.write(directory.resolve("wheels")));
    }

    private Problem problem(Path wheel) {
        return catchThrowableOfType(BuildFailure.class, () -> install(wheel)).problem();
    }

    private static TestWheel demo(String version) {
        return new TestWheel("demo", version)
                .file("demo/__init__.py", "VERSION = '" + version + "'\n")
                .file("demo/_core.so", "library " + version);
    }

    @Test
    void everyPartOfAWheelGoesToItsPlace() throws IOException {
        Installation installation = install(demo("1.0")
                .program("demo/tool.sh", "#!/bin/sh\n")
                .data("scripts/hello", "#!python\nimport demo\nprint('hello', demo.VERSION)\n")
                .data("scripts/shell", "#!/bin/sh\necho shell\n")
                .data("data/share/demo/data.txt", "data")
                .data("headers/demo.h", "#define DEMO\n")
                .data("purelib/pure.py", "X = 1\n")
                .data("platlib/plat.py", "X = 2\n")
                .entryPoints(
                        "[console_scripts]\ndemo-cli = demo.cli:app.main\n[gui_scripts]\ndemo-gui = demo.cli:run\n")
                .file("demo/cli.py", "class app:\n    main = lambda: print('cli')\n\ndef run():\n    return 3\n"));
        assertThat(installation).isEqualTo(new Installation(DEMO, "1.0", false, List.of()));
        Path root = environment.root();
        assertThat(run(directory, root.resolve("bin/hello"))).isEqualTo("hello 1.0\n");
        assertThat(run(directory, root.resolve("bin/shell"))).isEqualTo("shell\n");
        assertThat(run(directory, root.resolve("bin/demo-cli"))).isEqualTo("cli\n");
        assertThat(TestEnvironment.tryRun(
                                directory, List.of(root.resolve("bin/demo-gui").toString()))
                        .exitCode())
                .isEqualTo(3);
        assertThat(root.resolve("share/demo/data.txt")).hasContent("data");
        assertThat(environment.interpreter().scheme().headers().resolve("demo/demo.h"))
                .hasContent("#define DEMO");
        assertThat(python(environment, "import pure, plat; print(pure.X, plat.X)"))
                .isEqualTo("1 2");
        assertThat(site.resolve("demo/tool.sh")).isExecutable();
        assertThat(site.resolve("demo/__init__.py").toFile().canExecute()).isFalse();
        assertThat(site.resolve("demo-1.0.dist-info/INSTALLER")).hasContent("native-maven-plugin");
        assertThat(site.resolve("demo-1.0.dist-info/REQUESTED")).isEmptyFile();
        assertThat(site.resolve("demo-1.0.data")).doesNotExist();
    }

    @Test
    void recordIsWhatIsThere() throws IOException {
        install(demo("1.0").data("scripts/hello", "#!python\n").file("demo/a,\"b\".txt", ""));
        String check = """
                import base64, hashlib, importlib.metadata as m
                files = m.distribution('demo').files
                for f in files:
                    b = f.locate().read_bytes()
                    if f.name == 'RECORD':
                        assert f.hash is None and f.size is None
                    else:
                        d = base64.urlsafe_b64encode(hashlib.sha256(b).digest()).rstrip(b'=').decode()
                        assert (f.hash.mode, f.hash.value, f.size) == ('sha256', d, len(b)), f
                print(*sorted(map(str, files)), sep='\\n')
                """;
        assertThat(python(environment, check).lines())
                .containsExactly(
                        "../../../bin/hello",
                        "demo-1.0.dist-info/INSTALLER",
                        "demo-1.0.dist-info/METADATA",
                        "demo-1.0.dist-info/RECORD",
                        "demo-1.0.dist-info/REQUESTED",
                        "demo-1.0.dist-info/WHEEL",
                        "demo-1.0.dist-info/direct_url.json",
                        "demo/__init__.py",
                        "demo/_core.so",
                        "demo/a,\"b\".txt");
    }

    @Test
    void whereTheWheelCameFromIsWritten() throws IOException {
        Path wheel = demo("1.0").write(directory.resolve("ä b"));
        install(wheel);
        String json = Files.readString(site.resolve("demo-1.0.dist-info/direct_url.json"));
        assertThat(json)
                .contains("\"url\":\"file:///")
                .contains("/%C3%A4%20b/demo-1.0-py3-none-any.whl\"")
                .contains("\"hash\":\"sha256=" + Digests.hexSha256(wheel) + "\"");
        assertThat(json).contains("\"hashes\":{\"sha256\":\"" + Digests.hexSha256(wheel) + "\"}");
    }

    @Test
    void theSameWheelIsInstalledOnce() throws IOException {
        Path wheel = demo("1.0").write(directory);
        install(wheel);
        Map<String, String> before = tree(environment.root());
        Object time = Files.getLastModifiedTime(site.resolve("demo/_core.so"));
        assertThat(install(wheel)).isEqualTo(new Installation(DEMO, "1.0", true, List.of()));
        assertThat(tree(environment.root())).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(site.resolve("demo/_core.so"))).isEqualTo(time);
    }

    @Test
    void aWheelThatIsOtherInAnythingIsInstalled() throws IOException {
        String cli = "[console_scripts]\ndemo-cli = demo:x\n";
        List<TestWheel> wheels = List.of(
                demo("1.0").file("demo/more.py", ""),
                demo("1.0"),
                demo("1.0").file("demo/_core.so", "LIBRARY 1.0"),
                demo("1.0").data("scripts/tool", "#!python\n1\n"),
                demo("1.0").data("scripts/tool", "#!python\n2\n"),
                demo("1.0").data("scripts/tool", "binary"),
                demo("1.0").entryPoints(cli),
                demo("1.0").entryPoints(cli.replace("demo:x", "demo:y")),
                demo("1.0").requires("numpy"),
                demo("1.0+local"));
        for (TestWheel wheel : wheels) {
            assertThat(install(wheel).unchanged()).isFalse();
            assertThat(install(wheel).unchanged()).isTrue();
        }
    }

    @Test
    void aDamagedInstallationIsMended() throws IOException {
        Path wheel = demo("1.0").write(directory);
        install(wheel);
        Map<String, String> before = tree(environment.root());
        Files.delete(site.resolve("demo/_core.so"));
        assertThat(install(wheel).unchanged()).isFalse();
        assertThat(tree(environment.root())).isEqualTo(before);
        Files.writeString(site.resolve("demo/_core.so"), "cut off");
        assertThat(install(wheel).unchanged()).isFalse();
        Files.writeString(site.resolve("demo-1.0.dist-info/RECORD"), "demo/_core.so");
        assertThat(problem(wheel)).isInstanceOf(InstallProblem.NotRemovable.class);
    }

    @Test
    void anotherVersionReplacesTheFirstWhole() throws IOException {
        install(demo("1.0").file("demo/old/only.py", "").data("scripts/old", "#!python\n"));
        python(environment, "import compileall; compileall.compile_dir('" + site + "', quiet=2)");
        assertThat(site.resolve("demo/old/__pycache__")).exists();
        Installation second = install(demo("2.0").file("demo/new.py", ""));
        assertThat(second.replaced()).singleElement().satisfies(old -> {
            assertThat(old.version()).isEqualTo("1.0");
            assertThat(old.kind()).isEqualTo(Kind.DIST_INFO);
        });
        assertThat(tree(environment.root()).keySet())
                .contains(path("demo/new.py"), path("demo/_core.so"), path("demo-2.0.dist-info/RECORD"))
                .doesNotContain(path("demo/old/"), path("demo-1.0.dist-info/"), path("demo/__pycache__/"), "bin/old");
        assertThat(site.resolve("demo/_core.so")).hasContent("library 2.0");
        assertThat(new InstalledDistributions(environment).list()).hasSize(1);
    }

    private String path(String inSite) {
        return environment.root().relativize(site).resolve(inSite) + (inSite.endsWith("/") ? "/" : "");
    }

    @Test
    void whoeverHasAFileOpenKeepsItWhole() throws IOException {
        install(demo("1.0"));
        try (InputStream open = Files.newInputStream(site.resolve("demo/_core.so"))) {
            install(demo("2.0"));
            assertThat(new String(open.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("library 1.0");
        }
    }

    @Test
    void aFailureLeavesEverythingAsItWas() throws IOException {
        install(demo("1.0").file("demo/old.py", "").data("scripts/tool", "#!python\n"));
        Files.writeString(site.resolve("zzz"), "a file where the wheel has a directory");
        Map<String, String> before = tree(environment.root());
        Path wheel = demo("2.0").file("aaa/new.py", "").file("zzz/x.py", "").write(directory);
        assertThat(problem(wheel)).isInstanceOf(InstallProblem.Failed.class);
        assertThat(tree(environment.root())).isEqualTo(before);
        Path lost = demo("2.0").file("lost.py", "").write(directory);
        byte[] bytes = Files.readAllBytes(lost);
        Files.write(lost, Arrays.copyOf(bytes, bytes.length - 100));
        assertThat(problem(lost)).isInstanceOf(BadWheel.class);
        assertThat(tree(environment.root())).isEqualTo(before);
    }

    @Test
    void anEnvironmentThatCannotBeWrittenIsSaidSo() throws IOException {
        Path wheel = demo("1.0").write(directory);
        Assumptions.assumeTrue(
                site.toFile().setWritable(false) && !Files.isWritable(site), "the user may write anywhere");
        try {
            assertThat(problem(wheel)).isInstanceOf(InstallProblem.NotWritable.class);
        } finally {
            assertThat(site.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void aForeignFileIsReplacedAndItsOwnerNamed() throws IOException {
        install(new TestWheel("other", "3.0").file("demo/__init__.py", "other").file("other.py", ""));
        Files.writeString(site.resolve("demo/_core.so"), "nobody's");
        install(demo("1.0"));
        assertThat(events)
                .containsExactly(new InstallEvent.TakenOver(
                        site.toRealPath().resolve("demo/__init__.py"), DistributionName.parse("other"), DEMO));
        assertThat(site.resolve("demo/_core.so")).hasContent("library 1.0");
    }

    @Test
    void aLinkToASourceTreeIsNotWrittenThrough() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("__init__.py"), "my work");
        Files.createSymbolicLink(site.resolve("demo"), source);
        assertThat(problem(demo("1.0").write(directory))).isInstanceOf(InstallProblem.Failed.class);
        assertThat(source.resolve("__init__.py")).hasContent("my work");
        assertThat(source.resolve("_core.so")).doesNotExist();
    }

    @Test
    void whatACutOffInstallationLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(site.resolve(".rust-1234"));
        Files.writeString(left.resolve("0"), "");
        install(demo("1.0"));
        assertThat(left).doesNotExist();
    }

    @Test
    void longAndOddPathsRunScripts() throws IOException {
        for (String name : List.of("a b", "it's \"odd\" $HOME ü", "x".repeat(140))) {
            environment = TestEnvironment.create(directory.resolve(name));
            site = site(environment);
            install(demo("1.0")
                    .entryPoints("[console_scripts]\ndemo-cli = demo.cli:main\n")
                    .file("demo/cli.py", "import sys\ndef main():\n    print(sys.prefix, sys.argv[1:])\n")
                    .data("scripts/hello", "#!python\nprint('hello')"));
            assertThat(run(directory, environment.root().resolve("bin/demo-cli"), "a  b", "$x"))
                    .isEqualTo(environment.root() + " ['a  b', '$x']\n");
            assertThat(run(directory, environment.root().resolve("bin/hello"))).isEqualTo("hello\n");
        }
    }

    @Test
    void theOldestPythonTakesWheelsToo() throws IOException {
        Interpreter oldest = RealPythons.all().get(0);
        environment = TestEnvironment.create(directory.resolve("oldest"), oldest);
        site = site(environment);
        install(demo("1.0").purelib());
        assertThat(python(environment, "import demo; print(demo.VERSION)")).isEqualTo("1.0");
    }

    @Test
    void badWheelsAreToldApart() throws IOException {
        Path missing = directory.resolve("demo-1.0-py3-none-any.whl");
        assertThat(problem(missing)).isEqualTo(new BadWheel(missing, Fault.NOT_THERE, ""));
        assertThat(fault(directory.resolve("demo.whl"))).isEqualTo(Fault.BAD_NAME);
        Path text = Files.writeString(directory.resolve("demo-2.0-py3-none-any.whl"), "not a zip");
        assertThat(fault(text)).isEqualTo(Fault.NOT_A_ZIP);
        assertThat(fault(demo("1.0").write(directory, "other-1.0-py3-none-any.whl")))
                .isEqualTo(Fault.WRONG_METADATA_DIRECTORY);
        assertThat(fault(demo("1.0").write(directory, "demo-1.1-py3-none-any.whl")))
                .isEqualTo(Fault.WRONG_METADATA_DIRECTORY);
        assertThat(fault(demo("1.0").file("demo-0.9.dist-info/METADATA", "")))
                .isEqualTo(Fault.WRONG_METADATA_DIRECTORY);
        assertThat(fault(demo("1.0").wheelVersion("2.0"))).isEqualTo(Fault.UNKNOWN_VERSION);
        assertThat(fault(demo("1.0").record("a,b"))).isEqualTo(Fault.BAD_RECORD);
        assertThat(fault(demo("1.0").record("gone.py,,1\n"))).isEqualTo(Fault.MISSING);
        assertThat(fault(demo("1.0").record(""))).isEqualTo(Fault.NOT_IN_RECORD);
        assertThat(fault(demo("1.0").record("demo/__init__.py,md5=abc,3\n"))).isEqualTo(Fault.NOT_IN_RECORD);
        for (String path : List.of("../evil", "/etc/evil", "a/../../evil", "C:/evil", "a//b", "./a")) {
            assertThat(fault(demo("1.0").file(path, ""))).as(path).isEqualTo(Fault.UNSAFE_PATH);
        }
        assertThat(fault(demo("1.0").data("purelib/demo/__init__.py", ""))).isEqualTo(Fault.DUPLICATE);
        assertThat(fault(demo("1.0").data("wherever/x", ""))).isEqualTo(Fault.UNKNOWN_DATA);
        assertThat(fault(demo("1.0").data("x", ""))).isEqualTo(Fault.UNKNOWN_DATA);
        assertThat(fault(demo("1.0").entryPoints("nonsense"))).isEqualTo(Fault.BAD_ENTRY_POINTS);
        assertThat(new InstalledDistributions(environment).list()).isEmpty();
        assertThat(site).isEmptyDirectory();
    }

    private Fault fault(TestWheel wheel) throws IOException {
        return fault(wheel.write(directory.resolve("wheels")));
    }

    private Fault fault(Path wheel) {
        return ((BadWheel) problem(wheel)).fault();
    }

    @Test
    void aFileThatIsNotWhatRecordSaysIsNotInstalled() throws IOException {
        String good = Digests.encoded(Digests.sha256().digest("right".getBytes(StandardCharsets.UTF_8)));
        for (String path : List.of("demo.py", "demo-1.0.data/scripts/demo")) {
            TestWheel wheel = new TestWheel("demo", "1.0").file(path, "wrong");
            String others = record(wheel.write(directory.resolve("wheels")))
                    .replaceFirst("(?m)^\\Q" + path + "\\E,.*$", path + ",sha256=" + good + ",5");
            assertThat(fault(wheel.record(others))).isEqualTo(Fault.WRONG_CONTENT);
        }
        assertThat(site).isEmptyDirectory();
    }

    private static String record(Path wheel) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            return new String(
                    zip.getInputStream(zip.getEntry("demo-1.0.dist-info/RECORD"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
