package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.binary.Tools;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Libraries that were really linked, and that a real loader finds in what was packed. */
class RepairTest {
    private static final TargetTriple LINUX = TargetTriple.parse("x86_64-unknown-linux-gnu");
    private static final WheelName NAME = WheelName.parse("my_pkg-1.0-py3-none-linux_x86_64.whl");

    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private Path libraries;
    private Path extension;
    private Path program;

    /** An extension needs a library, under a name that is a link, which needs another; so does a program. */
    @BeforeEach
    void link() throws Exception {
        libraries = Files.createDirectories(root.resolve("vendor/lib"));
        library("libdeep.so.1", "int deep(void) { return 40; }", "-shared -Wl,-soname,libdeep.so.1");
        library(
                "libmid.so.2.1",
                "int deep(void); int mid(void) { return deep() + 1; }",
                "-shared -Wl,-soname,libmid.so.2 " + libraries.resolve("libdeep.so.1") + " -Wl,-rpath,/nowhere");
        Files.createSymbolicLink(libraries.resolve("libmid.so.2"), Path.of("libmid.so.2.1"));
        Path mid = libraries.resolve("libmid.so.2");
        extension = Files.createDirectories(root.resolve("cargo")).resolve("libext.so");
        move(
                Tools.compile(
                        root,
                        "int mid(void); int ext(void) { return mid() + 1; }",
                        "-shared " + mid + " -Wl,--allow-shlib-undefined -Wl,-rpath,$ORIGIN/more:/gone"),
                extension);
        program = root.resolve("cargo/prog");
        move(
                Tools.compile(
                        root,
                        "#include <stdio.h>\nint mid(void);"
                                + "int main(int n, char **a) { printf(\"%d %s\", mid(), a[1]); return 3; }",
                        "-pie " + mid + " -Wl,--allow-shlib-undefined"),
                program);
    }

    private void library(String name, String source, String options) throws Exception {
        move(Tools.compile(root, source, options), libraries.resolve(name));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private PlatformChooser.Choice choose(AuditMode mode, Path... build) throws IOException {
        Setting<AuditMode> audit = new Setting<>(mode, "-Drust.audit");
        WheelSettings settings =
                new WheelSettings(Optional.empty(), audit, 6, Instant.EPOCH, List.of(), Setting.byDefault(true));
        List<BinaryFile> files = List.of(BinaryFile.read(extension), BinaryFile.read(program));
        return new PlatformChooser(settings, events).choose(LINUX, files, List.of(build));
    }

    private Entries repaired(ForeignLibraries foreign) throws IOException {
        Entries entries = new Entries();
        entries.add("my_pkg/sub/ext.abi3.so", Content.of(extension), true, extension.toString());
        entries.add("my_pkg-1.0.data/scripts/prog", Content.of(program), true, program.toString());
        entries.add("my_pkg/data.bin", "text");
        new Repair(foreign, NAME, root.resolve("work")).apply(entries, List.of(extension, program));
        return entries;
    }

    private Path unpacked(Entries entries) throws IOException {
        Path site = root.resolve("site");
        for (Entry entry : entries.sorted()) {
            Path file = site.resolve(entry.path());
            Files.createDirectories(file.getParent());
            try (InputStream in = entry.content().open()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            assertThat(file.toFile().setExecutable(entry.executable())).isTrue();
        }
        return site;
    }

    private static String only(Entries entries, String start) {
        List<String> found = entries.sorted().stream()
                .map(Entry::path)
                .filter(path -> path.startsWith(start))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void librariesComeAlongUnderNamesOfTheirOwn() throws Exception {
        byte[] before = Files.readAllBytes(extension);
        PlatformChooser.Choice choice = choose(AuditMode.REPAIR, libraries);
        assertThat(choice.tags().get(0)).startsWith("manylinux_2_");
        assertThat(choice.audit().orElseThrow().externalLibraries()).isEmpty();

        Entries entries = repaired(choice.foreign());
        String mid = only(entries, "my_pkg.libs/libmid-");
        String deep = only(entries, "my_pkg.libs/libdeep-");
        assertThat(mid).matches("my_pkg\\.libs/libmid-[0-9a-f]{8}\\.so\\.2\\.1");
        assertThat(deep).matches("my_pkg\\.libs/libdeep-[0-9a-f]{8}\\.so\\.1");
        Path site = unpacked(entries);
        ElfFile ours = (ElfFile) BinaryFile.read(site.resolve("my_pkg/sub/ext.abi3.so"));
        assertThat(ours.needed()).contains(fileName(mid)).doesNotContain("libmid.so.2");
        assertThat(ours.runpath()).containsExactly("$ORIGIN/../../my_pkg.libs", "$ORIGIN/more");
        ElfFile copy = (ElfFile) BinaryFile.read(site.resolve(mid));
        assertThat(copy.soname()).contains(fileName(mid));
        assertThat(copy.needed()).contains(fileName(deep));
        assertThat(copy.runpath()).containsExactly("$ORIGIN");
        assertThat(extension).hasBinaryContent(before);

        Files.move(libraries, root.resolve("vendor/gone"));
        assertThat(python(
                        site,
                        "import ctypes; print(ctypes.CDLL('" + site.resolve("my_pkg/sub/ext.abi3.so") + "').ext())"))
                .isEqualTo("42\n");
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String python(Path site, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of(RealPythons.newest().executable().toString()));
        if (arguments.length == 1) {
            command.add("-c");
        }
        command.addAll(List.of(arguments));
        return Tools.run(Map.of("PYTHONPATH", site.toString()), command.toArray(String[]::new))
                .output();
    }

    @Test
    void aProgramIsStartedFromWhereItsLibrariesAre() throws Exception {
        Path site = unpacked(repaired(choose(AuditMode.REPAIR, libraries).foreign()));
        Files.move(libraries, root.resolve("vendor/gone"));
        Path script = site.resolve("my_pkg-1.0.data/scripts/prog");
        assertThat(script).content().startsWith("#!python\n");
        assertThat(python(site, script.toString(), "a b")).isEqualTo("41 a b");
        assertThat(python(root.resolve("vendor"), script.toString(), "a"))
                .contains("my_pkg.scripts/prog is in no directory of sys.path");
    }

    @Test
    void copiesAreMadeOnceAndOldOnesGo() throws Exception {
        ForeignLibraries foreign = choose(AuditMode.REPAIR, libraries).foreign();
        Entries first = repaired(foreign);
        Path copy = root.resolve("work").resolve(only(first, "my_pkg.libs/libmid-"));
        FileTime time = Files.getLastModifiedTime(copy);
        repaired(foreign);
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);

        library("libdeep.so.1", "int deep(void) { return 50; }", "-shared -Wl,-soname,libdeep.so.1");
        Entries second = repaired(choose(AuditMode.REPAIR, libraries).foreign());
        Path deep = root.resolve("work").resolve(only(first, "my_pkg.libs/libdeep-"));
        assertThat(deep).doesNotExist();
        assertThat(only(second, "my_pkg.libs/libdeep-")).isNotEqualTo(only(first, "my_pkg.libs/libdeep-"));
    }

    @Test
    void whatIsNotThereIsNamedWithWhoNeedsItAndWhereItWasSought() throws Exception {
        Files.delete(libraries.resolve("libdeep.so.1"));
        Files.writeString(libraries.resolve("libdeep.so.1"), "INPUT ( -ldeep )");
        Path mid = libraries.toRealPath().resolve("libmid.so.2.1");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> choose(AuditMode.REPAIR, libraries));
        assertThat(failure.problem()).isInstanceOfSatisfying(PlatformChooser.LibrariesMissing.class, problem -> {
            ForeignLibraries.Missing missing = problem.missing().get(0);
            assertThat(problem.missing()).hasSize(1);
            assertThat(missing.library()).isEqualTo("libdeep.so.1");
            assertThat(missing.needer().path()).isEqualTo(mid);
            assertThat(missing.outcome().searched()).contains(Path.of("/nowhere"), libraries);
            LibrarySearch.PassedOver script = missing.outcome().passedOver().get(0);
            assertThat(script.damage())
                    .hasValueSatisfying(damage -> assertThat(damage).contains("linker script"));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECK", "WARN", "SKIP"})
    void otherModesTakeNothingIn(AuditMode mode) throws Exception {
        if (mode == AuditMode.CHECK) {
            BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> choose(mode, libraries));
            assertThat(failure.problem())
                    .isEqualTo(new PlatformChooser.RepairNeeded(
                            new Setting<>(mode, "-Drust.audit"), List.of("libmid.so.2")));
            return;
        }
        PlatformChooser.Choice choice = choose(mode, libraries);
        assertThat(choice.foreign().isEmpty()).isTrue();
        assertThat(choice.tags()).containsExactly("linux_x86_64");
        assertThat(events.of(PlatformChooser.LeftOut.class)).hasSize(mode == AuditMode.WARN ? 1 : 0);
    }

    @Test
    void twoVersionsOfOneLibraryAreSaid() throws Exception {
        library("libdeep.so.9", "int deeper(void) { return 9; }", "-shared -Wl,-soname,libdeep.so.9");
        move(
                Tools.compile(
                        root,
                        "int mid(void), deeper(void); int ext(void) { return mid() + deeper(); }",
                        "-shared " + libraries.resolve("libmid.so.2") + " " + libraries.resolve("libdeep.so.9")
                                + " -Wl,--allow-shlib-undefined"),
                extension);
        assertThat(choose(AuditMode.REPAIR, libraries).foreign().files()).hasSize(3);
        assertThat(events.of(PlatformChooser.SeveralVersions.class))
                .containsExactly(new PlatformChooser.SeveralVersions(List.of("libdeep.so.9", "libdeep.so.1")));
    }

    /** The extension needs a library, and that needs another, of which it knows nothing. */
    @Test
    void inDevelopmentLibrariesAreFoundWhereTheyLie() throws Exception {
        Unit unit = new Unit(LINUX, new Abi.AnyPython(), Optional.empty(), root.resolve("cargo"));
        UnitResult compiled = new UnitResult(
                unit,
                Optional.of(extension),
                List.of(),
                List.of(),
                Map.of(),
                List.of(libraries),
                Set.of(),
                1,
                0,
                Duration.ZERO);
        Path found =
                LocalLibraries.found(compiled, root.resolve("local")).library().orElseThrow();
        assertThat(found).isEqualTo(root.resolve("local/libext.so"));
        assertThat(python(root, "import ctypes; print(ctypes.CDLL('" + found + "').ext())"))
                .isEqualTo("42\n");
        UnitResult without = compiled.withBinaries(file -> libraries.resolve("libdeep.so.1"));
        assertThat(LocalLibraries.found(without, root.resolve("local"))).isSameAs(without);
    }
}
