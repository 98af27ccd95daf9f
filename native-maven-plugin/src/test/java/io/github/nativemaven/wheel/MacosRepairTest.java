package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.CodeSignature;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.MachOLink;
import io.github.nativemaven.binary.UniversalWriter;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries that were really linked for macOS, in wheels that nobody here can load, but look at. */
class MacosRepairTest {
    private static final TargetTriple ARM = TargetTriple.parse("aarch64-apple-darwin");
    private static final WheelName NAME = WheelName.parse("my_pkg-1.0-py3-none-macosx_11_0_arm64.whl");
    private static final Setting<AuditMode> REPAIR = new Setting<>(AuditMode.REPAIR, "-Drust.audit");

    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private Path vendor;
    private Path extension;

    /** An extension needs a library through its run path, which needs another that was somewhere else when it was linked. */
    @BeforeEach
    void link() throws Exception {
        root = root.toRealPath();
        vendor = root.resolve("vendor");
        extension = linkAll("arm64", "11.0");
    }

    private Path linkAll(String machine, String oldest) throws Exception {
        Path lib = vendor.resolve(machine);
        Path deep = MachOLink.link(
                lib.resolve("elsewhere/libdeep.1.dylib"),
                machine,
                oldest,
                MachOLink.defines("deep", 40),
                "-install_name",
                "/gone/lib/libdeep.1.dylib");
        Path mid = MachOLink.link(
                lib.resolve("libmid.2.1.dylib"),
                machine,
                "10.15",
                MachOLink.calls("mid", "deep"),
                deep.toString(),
                "-install_name",
                "@rpath/libmid.2.dylib",
                "-rpath",
                "/nowhere");
        Files.createSymbolicLink(lib.resolve("libmid.2.dylib"), mid.getFileName());
        return MachOLink.link(
                root.resolve("cargo/" + machine + "/libext.dylib"),
                machine,
                "11.0",
                MachOLink.calls("ext", "mid"),
                mid.toString(),
                "-install_name",
                "@rpath/ext.abi3.so",
                "-rpath",
                "@loader_path/../../vendor/" + machine,
                "-rpath",
                "/build/machine");
    }

    private PlatformChooser.Choice choose(Setting<AuditMode> audit, Path... build) throws IOException {
        WheelSettings settings =
                new WheelSettings(Optional.empty(), audit, 6, Instant.EPOCH, List.of(), Setting.byDefault(true));
        return new PlatformChooser(settings, events).choose(ARM, List.of(BinaryFile.read(extension)), List.of(build));
    }

    private Path elsewhere() {
        return vendor.resolve("arm64/elsewhere");
    }

    private Path unpacked(ForeignLibraries foreign) throws IOException {
        Entries entries = new Entries();
        entries.add("my_pkg/sub/ext.abi3.so", Content.of(extension), true, extension.toString());
        if (!foreign.isEmpty()) {
            new Repair(foreign, NAME, root.resolve("work")).apply(entries, List.of(extension));
        }
        new Finish(root.resolve("finished")).apply(entries, List.of(extension));
        Path site = root.resolve("site");
        for (Entry entry : entries.sorted()) {
            Path file = site.resolve(entry.path());
            Files.createDirectories(file.getParent());
            try (InputStream in = entry.content().open()) {
                Files.copy(in, file);
            }
        }
        return site;
    }

    private static Path only(Path directory, String start) throws IOException {
        try (var files = Files.list(directory)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(start))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void librariesComeAlongUnderNamesOfTheirOwnAndAreSigned() throws Exception {
        byte[] before = Files.readAllBytes(extension);
        PlatformChooser.Choice choice = choose(REPAIR, elsewhere());
        assertThat(choice.tags()).containsExactly("macosx_11_0_arm64");
        Path site = unpacked(choice.foreign());
        Path mid = only(site.resolve("my_pkg.dylibs"), "libmid-");
        Path deep = only(site.resolve("my_pkg.dylibs"), "libdeep-");
        assertThat(mid.getFileName().toString()).matches("libmid-[0-9a-f]{8}\\.2\\.1\\.dylib");
        assertThat(deep.getFileName().toString()).matches("libdeep-[0-9a-f]{8}\\.1\\.dylib");

        MachOFile ours = (MachOFile) BinaryFile.read(site.resolve("my_pkg/sub/ext.abi3.so"));
        assertThat(ours.needed()).containsExactly("@loader_path/../../my_pkg.dylibs/" + mid.getFileName());
        assertThat(ours.rpaths()).containsExactly("@loader_path/../../vendor/arm64");
        assertThat(ours.installName()).contains("@rpath/ext.abi3.so");
        MachOFile copy = (MachOFile) BinaryFile.read(mid);
        assertThat(copy.installName()).contains("@rpath/" + mid.getFileName());
        assertThat(copy.needed()).containsExactly("@loader_path/" + deep.getFileName());
        assertThat(copy.rpaths()).isEmpty();
        assertThat(CodeSignature.of(ours.path()))
                .extracting(CodeSignature::identifier)
                .containsExactly("ext.abi3.so");
        assertThat(CodeSignature.of(mid)).extracting(CodeSignature::identifier).containsExactly("" + mid.getFileName());
        assertThat(CodeSignature.of(deep)).hasSize(1);
        assertThat(extension).hasBinaryContent(before);
        assertThat(events.of(PlatformChooser.RaisedBy.class)).isEmpty();
    }

    /** A universal extension takes in universal libraries only. */
    @Test
    void everyMachineMustBeThere() throws Exception {
        Path intel = linkAll("x86_64", "10.12");
        Path both = root.resolve("cargo/both/libext.dylib");
        Files.createDirectories(both.getParent());
        UniversalWriter.write(List.of(intel, extension), both);
        extension = both;
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class,
                () -> choose(REPAIR, elsewhere(), vendor.resolve("arm64"), vendor.resolve("x86_64")));
        assertThat(failure.problem()).isInstanceOfSatisfying(PlatformChooser.LibrariesMissing.class, problem -> {
            ForeignLibraries.Missing missing = problem.missing().get(0);
            assertThat(missing.library()).isEqualTo("@rpath/libmid.2.dylib");
            assertThat(missing.outcome().passedOver())
                    .contains(new LibrarySearch.PassedOver(vendor.resolve("arm64/libmid.2.dylib"), Optional.empty()));
        });

        Path fat = Files.createDirectories(root.resolve("fat"));
        for (String name : List.of("libmid.2.1.dylib", "elsewhere/libdeep.1.dylib")) {
            Path file = fat.resolve(Path.of(name).getFileName().toString().replace("2.1", "2"));
            UniversalWriter.write(
                    List.of(
                            vendor.resolve("x86_64").resolve(name),
                            vendor.resolve("arm64").resolve(name)),
                    file);
        }
        PlatformChooser.Choice choice = choose(REPAIR, fat);
        assertThat(choice.tags()).containsExactly("macosx_11_0_universal2");
        Path site = unpacked(choice.foreign());
        for (String name : List.of("libmid-", "libdeep-")) {
            Path copy = only(site.resolve("my_pkg.dylibs"), name);
            assertThat(BinaryFile.read(copy).architectures()).hasSize(2);
        }
        assertThat(BinaryFile.read(site.resolve("my_pkg/sub/ext.abi3.so")).needed())
                .allMatch(needed -> needed.startsWith("@loader_path/../../my_pkg.dylibs/libmid-"));
    }

    @Test
    void theNewestOfAllDecidesOnTheTag() throws Exception {
        Path deep = elsewhere().resolve("libdeep.1.dylib");
        MachOLink.link(deep, "arm64", "13.1", MachOLink.defines("deep", 40), "-install_name", deep.toString());
        assertThat(choose(REPAIR, elsewhere()).tags()).containsExactly("macosx_13_0_arm64");
        assertThat(events.of(PlatformChooser.RaisedBy.class))
                .containsExactly(
                        new PlatformChooser.RaisedBy(elsewhere().resolve("libdeep.1.dylib"), "macosx_13_0_arm64"));
    }

    @Test
    void whatIsNotThereIsNamedWithWhoNeedsItAndWhereItWasSought() throws Exception {
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> choose(REPAIR, root.resolve("build")));
        assertThat(failure.problem()).isInstanceOfSatisfying(PlatformChooser.LibrariesMissing.class, problem -> {
            ForeignLibraries.Missing missing = problem.missing().get(0);
            assertThat(problem.missing()).hasSize(1);
            assertThat(missing.library()).isEqualTo("/gone/lib/libdeep.1.dylib");
            assertThat(missing.needer().path()).isEqualTo(vendor.resolve("arm64/libmid.2.1.dylib"));
            assertThat(missing.outcome().searched())
                    .containsExactly(Path.of("/gone/lib"), root.resolve("build"), Path.of("/usr/local/lib"));
        });
    }

    @Test
    void whatMayBeMissingMay() throws Exception {
        Path gone = elsewhere().resolve("libdeep.1.dylib");
        extension = MachOLink.arm64(
                root.resolve("cargo/libweak.dylib"), MachOLink.calls("ext", "deep"), "-weak_library", gone.toString());
        Files.delete(gone);
        PlatformChooser.Choice choice = choose(REPAIR);
        assertThat(choice.foreign().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"REPAIR, default, 1", "WARN, -Drust.audit, 1", "SKIP, -Drust.audit, 0", "CHECK, -Drust.audit, 0"})
    void otherModesTakeNothingIn(AuditMode mode, String origin, int warnings) throws Exception {
        Setting<AuditMode> audit = origin.equals("default") ? Setting.byDefault(mode) : new Setting<>(mode, origin);
        if (mode == AuditMode.CHECK) {
            BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> choose(audit));
            assertThat(failure.problem())
                    .isEqualTo(new PlatformChooser.RepairNeeded(audit, List.of("@rpath/libmid.2.dylib")));
            return;
        }
        PlatformChooser.Choice choice = choose(audit);
        assertThat(choice.foreign().isEmpty()).isTrue();
        assertThat(choice.tags()).containsExactly("macosx_11_0_arm64");
        assertThat(events.of(PlatformChooser.LeftOut.class)).hasSize(warnings);
    }

    /** What the linker called by a path of this machine, and signed or not, is packed as what macOS loads. */
    @Test
    void whatTakesNothingInIsFinishedOnce() throws Exception {
        extension = MachOLink.arm64(
                root.resolve("cargo/libplain.dylib"),
                MachOLink.defines("f", 1),
                "-no_adhoc_codesign",
                "-install_name",
                "/build/machine/plain.so");
        Path site = unpacked(ForeignLibraries.NONE);
        Path packed = site.resolve("my_pkg/sub/ext.abi3.so");
        assertThat(((MachOFile) BinaryFile.read(packed)).installName()).contains("@rpath/plain.so");
        assertThat(CodeSignature.of(packed))
                .extracting(CodeSignature::identifier)
                .containsExactly("plain.so");
        Path copy = root.resolve("finished/my_pkg/sub/ext.abi3.so");
        FileTime time = Files.getLastModifiedTime(copy);
        Entries again = new Entries();
        again.add("my_pkg/sub/ext.abi3.so", Content.of(extension), true, extension.toString());
        new Finish(root.resolve("finished")).apply(again, List.of(extension));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
    }

    @Test
    void inDevelopmentLibrariesAreFoundWhereTheyLie() throws Exception {
        Path place = vendor.resolve("arm64");
        Path moved = Files.createDirectories(root.resolve("other")).resolve("libext.dylib");
        Files.copy(extension, moved);
        Unit unit = new Unit(ARM, new Abi.AnyPython(), Optional.empty(), root.resolve("cargo"));
        UnitResult compiled = new UnitResult(
                unit,
                Optional.of(moved),
                List.of(),
                List.of(),
                Map.of(),
                List.of(place, elsewhere()),
                Set.of(),
                1,
                0,
                Duration.ZERO);
        Path found =
                LocalLibraries.found(compiled, root.resolve("local")).library().orElseThrow();
        MachOFile copy = (MachOFile) BinaryFile.read(found);
        assertThat(copy.needed())
                .containsExactly(place.resolve("libmid.2.1.dylib").toString());
        assertThat(copy.rpaths()).contains(place.toString(), elsewhere().toString());
        assertThat(CodeSignature.of(found)).hasSize(1);
        UnitResult without =
                compiled.withBinaries(file -> place.resolve("elsewhere").resolve("libdeep.1.dylib"));
        assertThat(LocalLibraries.found(without, root.resolve("local"))).isSameAs(without);
    }
}
