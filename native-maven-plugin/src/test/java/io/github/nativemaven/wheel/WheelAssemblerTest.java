package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.build.Builder;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wheels of a library that was really compiled, and that a real Python imports. */
class WheelAssemblerTest {
    private static final TimeZone HOME = TimeZone.getDefault();

    private static Interpreter python;
    private static UnitResult built;

    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    @BeforeAll
    static void build(@TempDir Path place) {
        python = RealPythons.newest();
        Project project =
                TestProject.at(place.resolve("project")).withExtension("mod").resolve();
        built = new Builder(
                        Cargo.find(RealPythons.host(), project.cargo(), Events.ignored()),
                        new JobBudget(1),
                        Events.ignored())
                .build(Planner.plan(
                        new PlanRequest(project, Setting.byDefault("dev"), List.of(python), Optional.empty())))
                .results()
                .get(0);
        // The other temporary directory is gone when the tests run.
        built = new UnitResult(
                built.unit(),
                Optional.of(copied(built.library().orElseThrow())),
                List.of(),
                List.of(),
                List.of(),
                built.outDirectories(),
                List.of(),
                built.packages(),
                1,
                0,
                Duration.ZERO);
    }

    private static Path copied(Path library) {
        try {
            Path kept = Path.of("target", "assembler", library.getFileName().toString())
                    .toAbsolutePath();
            Files.createDirectories(kept.getParent());
            Files.deleteIfExists(kept);
            return Files.copy(library, kept);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void goHome() {
        TimeZone.setDefault(HOME);
    }

    private TestProject project() {
        return TestProject.at(root.resolve("project")).withExtension("mod");
    }

    private static WheelSettings settings(String compatibility) {
        return new WheelSettings(
                Optional.of(new Setting<>(compatibility, "test")),
                Setting.byDefault(AuditMode.REPAIR),
                6,
                Instant.parse("2026-01-31T12:00:00Z"),
                List.of(),
                new Setting<>(false, "test"));
    }

    private PackedWheel pack(Project project) throws IOException {
        return new WheelAssembler(project, settings("linux"), events).write(built, root.resolve("wheels"));
    }

    private static List<String> names(PackedWheel wheel) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(wheel.file()).get()) {
            return Collections.list(zip.getEntriesInPhysicalOrder()).stream()
                    .map(ZipArchiveEntry::getName)
                    .toList();
        }
    }

    private static byte[] bytes(PackedWheel wheel, String name) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(wheel.file()).get();
                InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static String text(PackedWheel wheel, String name) throws IOException {
        return new String(bytes(wheel, name), StandardCharsets.UTF_8);
    }

    private String python(PackedWheel wheel, String script) throws IOException {
        Path unpacked = root.resolve("unpacked");
        for (String name : names(wheel)) {
            Path file = unpacked.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(wheel, name));
        }
        ProcessRunner.Result result = new ProcessRunner(Events.ignored())
                .capture(
                        Command.of(unpacked, python.executable().toString(), "-B", "-c", script),
                        Duration.ofSeconds(30));
        assertThat(result.error()).isEmpty();
        return result.output().strip();
    }

    private static String extension(String path) {
        return path + python.extensionSuffix();
    }

    @Test
    void aModuleOfRustAloneIsAPackageThatShowsItAll() throws IOException {
        PackedWheel wheel = pack(project().resolve());
        String tag = python.pythonTag() + "-" + python.abiTag() + "-linux_x86_64";
        assertThat(wheel.file().getFileName()).hasToString("mod-0.1.0-" + tag + ".whl");
        assertThat(wheel.classifier()).isEqualTo(tag);
        assertThat(wheel.size()).isEqualTo(Files.size(wheel.file()));
        assertThat(names(wheel))
                .containsExactly(
                        "mod/__init__.py",
                        extension("mod/mod"),
                        "mod-0.1.0.dist-info/METADATA",
                        "mod-0.1.0.dist-info/WHEEL",
                        "mod-0.1.0.dist-info/RECORD");
        assertThat(text(wheel, "mod-0.1.0.dist-info/METADATA"))
                .isEqualTo("Metadata-Version: 2.4\nName: mod\nVersion: 0.1.0\n");
        assertThat(text(wheel, "mod-0.1.0.dist-info/WHEEL"))
                .matches("Wheel-Version: 1\\.0\nGenerator: native-maven-plugin \\S+\nRoot-Is-Purelib: false\nTag: "
                        + tag + "\n");
        assertThat(python(
                        wheel,
                        "import mod; print(mod.answer(), mod.__doc__, 'mod' in dir(mod), '_extension' in dir(mod))"))
                .isEqualTo("42 Says it. True False");
    }

    @Test
    void recordNamesEveryFileAndItsDigest() throws Exception {
        PackedWheel wheel = pack(project().write("LICENSE, \"a\"", "x").resolve());
        RecordFile record = RecordFile.parse(text(wheel, "mod-0.1.0.dist-info/RECORD"));
        assertThat(record.rows()).extracting(RecordFile.Row::path).containsExactlyElementsOf(names(wheel));
        for (RecordFile.Row row : record.rows().subList(0, record.rows().size() - 1)) {
            byte[] bytes = bytes(wheel, row.path());
            assertThat(row.size()).hasValue(bytes.length);
            assertThat(row.hash().orElseThrow().digest())
                    .isEqualTo(Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        assertThat(record.rows().get(record.rows().size() - 1).hash()).isEmpty();
        assertThat(names(wheel)).contains("mod-0.1.0.dist-info/licenses/LICENSE, \"a\"");
    }

    @Test
    void pythonSourceIsPackedButNotWhatPythonAndDevelopmentLeave() throws IOException {
        TestProject written = project()
                .write(
                        "pyproject.toml",
                        "[project]\nname = 'My.Pkg'\nversion = '0.1.0'\nscripts = { run = 'pkg:main' }\n[tool.maturin]\nmodule-name = 'pkg.sub.mod'\n");
        Trees.write(
                written.directory(),
                "pkg/__init__.py",
                "from .sub import mod\n",
                "pkg/sub/__init__.py",
                "",
                "pkg/sub/mod.pyi",
                "",
                "pkg/data/ü.json",
                "{}",
                "pkg/target/__init__.py",
                "",
                "pkg/other.so",
                "",
                "pkg/__pycache__/__init__.cpython-311.pyc",
                "",
                "pkg/sub/mod.abi3.so",
                "",
                "pkg/sub/mod.cpython-39-x86_64-linux-gnu.so",
                "",
                "pkg/sub/.rust-123.tmp",
                "");
        Project project = written.resolve();
        Files.setPosixFilePermissions(
                project.directory().resolve("pkg/__init__.py"), PosixFilePermissions.fromString("rwxrwxrwx"));
        PackedWheel wheel = pack(project);
        assertThat(wheel.file().getFileName().toString()).startsWith("my_pkg-0.1.0-");
        assertThat(names(wheel))
                .containsExactly(
                        "pkg/__init__.py",
                        "pkg/data/ü.json",
                        "pkg/other.so",
                        "pkg/sub/__init__.py",
                        extension("pkg/sub/mod"),
                        "pkg/sub/mod.pyi",
                        "pkg/target/__init__.py",
                        "my_pkg-0.1.0.dist-info/METADATA",
                        "my_pkg-0.1.0.dist-info/WHEEL",
                        "my_pkg-0.1.0.dist-info/entry_points.txt",
                        "my_pkg-0.1.0.dist-info/RECORD");
        assertThat(text(wheel, "my_pkg-0.1.0.dist-info/entry_points.txt"))
                .isEqualTo("[console_scripts]\nrun = pkg:main\n");
        assertThat(modes(wheel))
                .allMatch(mode -> mode.equals("100644") || mode.equals("100755"))
                .filteredOn("100755"::equals)
                .hasSize(1);
        assertThat(python(wheel, "import pkg; print(pkg.mod.answer(), pkg.mod.__name__)"))
                .isEqualTo("42 pkg.sub.mod");
    }

    private static List<String> modes(PackedWheel wheel) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(wheel.file()).get()) {
            return Collections.list(zip.getEntries()).stream()
                    .map(entry -> Integer.toOctalString(entry.getUnixMode()))
                    .toList();
        }
    }

    @Test
    void aModuleInAPackageWithoutSourceIsInANamespace() throws IOException {
        PackedWheel wheel = pack(project().set("moduleName", "a.b.mod").resolve());
        assertThat(names(wheel).get(0)).isEqualTo(extension("a/b/mod"));
        assertThat(python(wheel, "from a.b import mod; print(mod.answer())")).isEqualTo("42");
    }

    @Test
    void stubsOfAModuleOfRustAloneBecomeThePackages() throws IOException {
        PackedWheel wheel =
                pack(project().write("mod.pyi", "def answer() -> int: ...").resolve());
        assertThat(names(wheel).subList(0, 4))
                .containsExactly("mod/__init__.py", "mod/__init__.pyi", extension("mod/mod"), "mod/py.typed");
        assertThat(text(wheel, "mod/__init__.pyi")).isEqualTo("def answer() -> int: ...");
    }

    @Test
    void dataGoesWhereItsDirectorySays() throws IOException {
        Project project = project()
                .write("mod.data/scripts/run me", "#!/bin/sh", "mod.data/data/share/x", "", "mod.data/headers/x.h", "")
                .resolve();
        Path script = project.directory().resolve("mod.data/scripts/run me");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        PackedWheel wheel = pack(project);
        assertThat(names(wheel))
                .contains("mod-0.1.0.data/scripts/run me", "mod-0.1.0.data/data/share/x", "mod-0.1.0.data/headers/x.h");
        try (ZipFile zip = ZipFile.builder().setPath(wheel.file()).get()) {
            assertThat(zip.getEntry("mod-0.1.0.data/scripts/run me").getUnixMode() & 0777)
                    .isEqualTo(0755);
            assertThat(zip.getEntry("mod-0.1.0.data/headers/x.h").getUnixMode() & 0777)
                    .isEqualTo(0644);
        }
    }

    @ParameterizedTest
    @CsvSource({"mod.data/bin/x, bin", "mod.data/x, x"})
    void dataWithoutAPlaceIsNamed(String file, String part) {
        Project project = project().write(file, "").resolve();
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> pack(project));
        assertThat(failure.problem())
                .isEqualTo(new DataDirectory.UnknownData(project.directory().resolve(file), part));
    }

    @Test
    void twoFilesForOnePlaceAreNamed() {
        Project project = project()
                .write("mod/__init__.py", "", "mod/Core.py", "", "mod/core.py", "")
                .resolve();
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> pack(project));
        assertThat(failure.problem()).isInstanceOfSatisfying(Entries.Clash.class, clash -> {
            assertThat(clash.first().path()).isEqualTo("mod/Core.py");
            assertThat(clash.second().path()).isEqualTo("mod/core.py");
        });
    }

    @Test
    void theSameFilesAreTheSameWheelWhereverAndHoweverTheyLie() throws IOException {
        List<String> files = List.of("mod/__init__.py", "mod/z.py", "mod/a.py", "mod.data/scripts/s", "LICENSE");
        byte[] first = null;
        for (String zone : List.of("Europe/Berlin", "Pacific/Auckland")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            boolean again = first != null;
            TestProject project =
                    TestProject.at(root.resolve(zone).resolve("project")).withExtension("mod");
            List<String> order = new java.util.ArrayList<>(files);
            if (again) {
                Collections.reverse(order);
            }
            for (String file : order) {
                Trees.touch(project.directory(), file);
                Path path = project.directory().resolve(file);
                boolean script = file.endsWith("/s");
                Files.setPosixFilePermissions(
                        path,
                        PosixFilePermissions.fromString(
                                script ? again ? "rwxrwxrwx" : "rwx------" : again ? "rw-rw-rw-" : "rw-------"));
                Files.setLastModifiedTime(path, FileTime.fromMillis(again ? 1_000_000_000_000L : 2_000_000_000_000L));
            }
            PackedWheel wheel = new WheelAssembler(project.resolve(), settings("linux"), events)
                    .write(built, root.resolve("wheels of " + zone.replace('/', ' ')));
            byte[] bytes = Files.readAllBytes(wheel.file());
            first = again ? first : bytes;
            assertThat(Arrays.equals(bytes, first)).as(zone).isTrue();
        }
    }

    @Test
    void anUnchangedWheelStaysAndAChangedOneIsWrittenAnew() throws IOException {
        TestProject project = project().write("mod/__init__.py", "one");
        PackedWheel wheel = pack(project.resolve());
        FileTime long_ago = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(wheel.file(), long_ago);
        // Whoever touches the wheel gets a new one: nobody knows what was done to it.
        pack(project.resolve());
        FileTime written = Files.getLastModifiedTime(wheel.file());
        assertThat(written).isGreaterThan(long_ago);
        pack(project.resolve());
        assertThat(Files.getLastModifiedTime(wheel.file())).isEqualTo(written);
        project.write("mod/__init__.py", "two");
        assertThat(text(pack(project.resolve()), "mod/__init__.py")).isEqualTo("two");
        Files.delete(project.directory().resolve("mod/__init__.py"));
        project.write("mod/other.py", "");
        assertThat(names(pack(project.resolve())))
                .doesNotContain("mod/__init__.py")
                .contains("mod/other.py");
    }

    @Test
    void whatFailsLeavesTheLastGoodWheel() throws IOException {
        TestProject project = project();
        PackedWheel good = pack(project.resolve());
        byte[] bytes = Files.readAllBytes(good.file());
        project.write("mod.data/bin/x", "");
        catchThrowableOfType(BuildFailure.class, () -> pack(project.resolve()));
        assertThat(good.file()).hasBinaryContent(bytes);
    }

    @Test
    void theMetadataAloneIsWhatADevelopmentInstallNeeds() throws IOException {
        Entries entries = new WheelAssembler(project().resolve(), settings("linux"), events).distInfo(built);
        assertThat(entries.sorted())
                .extracting(Entry::path)
                .containsExactly("mod-0.1.0.dist-info/METADATA", "mod-0.1.0.dist-info/WHEEL");
    }

    @Test
    void everyTagOfASetGetsALine() throws IOException {
        assertThat(WheelFile.write(WheelTag.parse("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64")))
                .endsWith("\nTag: cp311-cp311-manylinux2014_x86_64\nTag: cp311-cp311-manylinux_2_17_x86_64\n");
    }

    @Test
    void aWheelThatIsPublishedAppearsWholeAndOnlyWhenItIsNew() throws IOException {
        PackedWheel staged = pack(project().resolve());
        PackedWheel published = staged.publishedTo(root.resolve("published"));
        assertThat(published.file()).hasSameBinaryContentAs(staged.file());
        FileTime long_ago = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(published.file(), long_ago);
        staged.publishedTo(root.resolve("published"));
        assertThat(Files.getLastModifiedTime(published.file())).isEqualTo(long_ago);
    }
}
