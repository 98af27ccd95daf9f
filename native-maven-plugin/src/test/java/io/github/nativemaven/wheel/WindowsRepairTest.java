package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.Trees;
import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.binary.MingwDirectories;
import io.github.nativemaven.binary.Tools;
import io.github.nativemaven.binary.UnpatchableBinaryException;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DLLs that MinGW linked, in wheels that nobody here can load, but look at. */
class WindowsRepairTest {
    private static final TargetTriple WINDOWS = TargetTriple.parse("x86_64-pc-windows-gnu");
    private static final WheelName NAME = WheelName.parse("my_pkg-1.0-py3-none-win_amd64.whl");
    private static final Setting<AuditMode> REPAIR = new Setting<>(AuditMode.REPAIR, "-Drust.audit");

    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private Path vendor;
    private Path extension;

    /** An extension needs a DLL, whose name is spelt in another way, which needs another. */
    @BeforeEach
    void link() throws Exception {
        root = root.toRealPath();
        vendor = Files.createDirectories(root.resolve("vendor/bin"));
        Path deep = Tools.mingw(vendor.resolve("deep.dll"), "int deep(void) { return 40; }", "-s");
        Path mid = Tools.mingw(
                vendor.resolve("mid.dll"), "int deep(void); int mid(void) { return deep() + 1; }", deep + " -s");
        extension = Files.createDirectories(root.resolve("cargo")).resolve("ext.dll");
        Tools.mingw(extension, "int mid(void); int ext(void) { return mid() + 1; }", mid + " -s");
        Files.move(mid, vendor.resolve("Mid.DLL"));
    }

    private PlatformChooser.Choice choose(Setting<AuditMode> audit, Path... build) throws IOException {
        WheelSettings settings =
                new WheelSettings(Optional.empty(), audit, 6, Instant.EPOCH, List.of(), Setting.byDefault(true));
        return new PlatformChooser(settings, events)
                .choose(WINDOWS, List.of(BinaryFile.read(extension)), List.of(build));
    }

    private Path site(ForeignLibraries foreign, String path, String... files) throws IOException {
        Entries entries = new Entries();
        entries.add(path, Content.of(extension), true, extension.toString());
        for (int i = 0; i < files.length; i += 2) {
            Path file =
                    Trees.write(root.resolve("source"), files[i], files[i + 1]).resolve(files[i]);
            entries.add(files[i], Content.of(file), false, file.toString());
        }
        new Repair(foreign, NAME, root.resolve("work")).apply(entries, List.of(extension));
        Path site = Files.createDirectory(root.resolve("site"));
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
    void librariesComeAlongUnderNamesOfTheirOwn() throws Exception {
        byte[] before = Files.readAllBytes(extension);
        PlatformChooser.Choice choice = choose(REPAIR, root.resolve("vendor/lib"));
        assertThat(choice.tags()).containsExactly("win_amd64");

        Path site = site(
                choice.foreign(),
                "my_pkg/sub/ext.pyd",
                "my_pkg/__init__.py",
                "\"\"\"Mine.\"\"\"\nfrom __future__ import annotations\nfrom . import sub\n",
                "my_pkg/sub/__init__.py",
                "");

        Path mid = only(site.resolve("my_pkg.libs"), "Mid-");
        Path deep = only(site.resolve("my_pkg.libs"), "deep-");
        assertThat(mid.getFileName().toString()).matches("Mid-[0-9a-f]{8}\\.DLL");
        assertThat(BinaryFile.read(site.resolve("my_pkg/sub/ext.pyd")).needed())
                .contains(mid.getFileName().toString())
                .doesNotContain("mid.dll");
        assertThat(BinaryFile.read(mid).needed())
                .contains(deep.getFileName().toString())
                .doesNotContain("deep.dll");
        assertThat(BinaryFile.read(mid).exports("")).contains("mid");
        assertThat(deep).hasSameBinaryContentAs(vendor.resolve("deep.dll"));
        assertThat(extension).hasBinaryContent(before);
        assertThat(site.resolve("my_pkg/sub/__init__.py")).isEmptyFile();
        assertThat(root.resolve("source/my_pkg/__init__.py")).content().doesNotContain("dll");
    }

    /** Python is told of the directory before it sees the extension. */
    @Test
    void thePackageTellsOfTheDirectory() throws Exception {
        Path site = site(
                choose(REPAIR, vendor).foreign(),
                "my_pkg/ext.pyd",
                "my_pkg/__init__.py",
                "\"\"\"Mine.\"\"\"\nfrom __future__ import annotations\nimport os\nassert os.told\n");
        String code = "import os, sys; os.name = 'nt'; os.told = []; os.add_dll_directory = os.told.append;"
                + " sys.path.insert(0, sys.argv[1]); import my_pkg;"
                + " print(my_pkg.__doc__, os.told, [name for name in dir(my_pkg) if 'dll' in name])";

        assertThat(Tools.output("python3", "-c", code, site.toString()).strip())
                .isEqualTo("Mine. ['" + site.resolve("my_pkg.libs") + "'] []");
        String old = code.replace("os.add_dll_directory = os.told.append", "os.told = [1]")
                .replace("os.told,", "os.environ['PATH'].split(':')[0],");
        assertThat(Tools.output("python3", "-c", old, site.toString()).strip())
                .isEqualTo("Mine. " + site.resolve("my_pkg.libs") + " []");
    }

    @Test
    void whereNothingTellsOfTheDirectoryTheyLieBeside() throws Exception {
        Path site = site(choose(REPAIR, vendor).foreign(), "names/pkg/ext.pyd", "names/other.py", "");

        only(site.resolve("names/pkg"), "Mid-");
        only(site.resolve("names/pkg"), "deep-");
        assertThat(site.resolve("my_pkg.libs")).doesNotExist();
    }

    @Test
    void besideAProgramTheyAreFound() throws Exception {
        Path site = site(choose(REPAIR, vendor).foreign(), "my_pkg-1.0.data/scripts/ext.exe");

        Path scripts = site.resolve("my_pkg-1.0.data/scripts");
        Path mid = only(scripts, "Mid-");
        assertThat(BinaryFile.read(scripts.resolve("ext.exe")).needed())
                .contains(mid.getFileName().toString());
    }

    @Test
    void whatIsMissingIsNamedWithWhoNeedsItAndWhereItWasSought() throws Exception {
        Files.delete(vendor.resolve("deep.dll"));
        Path other = Files.createDirectories(root.resolve("other"));
        byte[] library = Files.readAllBytes(vendor.resolve("Mid.DLL"));
        int machine = (library[60] & 0xff | library[61] << 8) + 4;
        library[machine] = 0x4c;
        library[machine + 1] = 0x01;
        Path narrow = Files.write(other.resolve("deep.dll"), library);

        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> choose(REPAIR, vendor, other));

        assertThat(failure.problem()).isInstanceOf(PlatformChooser.LibrariesMissing.class);
        List<ForeignLibraries.Missing> missing = ((PlatformChooser.LibrariesMissing) failure.problem()).missing();
        assertThat(missing).hasSize(1);
        assertThat(missing.get(0).library()).isEqualTo("deep.dll");
        assertThat(missing.get(0).needer().path()).isEqualTo(vendor.resolve("Mid.DLL"));
        assertThat(missing.get(0).outcome().searched()).startsWith(vendor, other);
        assertThat(missing.get(0).outcome().passedOver())
                .containsExactly(new LibrarySearch.PassedOver(narrow, Optional.empty()));
    }

    @Test
    void unlessAskedForNothingIsTakenIn() throws Exception {
        Setting<AuditMode> byDefault = Setting.byDefault(AuditMode.REPAIR);
        assertThat(choose(byDefault, vendor).foreign().isEmpty()).isTrue();
        assertThat(events.of(PlatformChooser.LeftOut.class))
                .containsExactly(new PlatformChooser.LeftOut(Setting.byDefault(AuditMode.WARN), List.of("mid.dll")));

        Setting<AuditMode> check = new Setting<>(AuditMode.CHECK, "-Drust.audit");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> choose(check, vendor));
        assertThat(failure.problem()).isEqualTo(new PlatformChooser.RepairNeeded(check, List.of("mid.dll")));
    }

    @Test
    void whatWouldBeSpoiltIsRefused() throws Exception {
        Files.write(
                vendor.resolve("Mid.DLL"),
                "installer's data".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);
        ForeignLibraries foreign = choose(REPAIR, vendor).foreign();

        assertThatThrownBy(() -> site(foreign, "my_pkg/ext.pyd"))
                .isInstanceOf(UnpatchableBinaryException.class)
                .hasMessageContaining("Mid.DLL")
                .hasMessageContaining("16 bytes behind its sections");
    }

    @Test
    void theCompilersOwnLibrariesAreFound() throws Exception {
        for (String directory : List.of(
                "usr/x86_64-w64-mingw32/lib",
                "usr/lib/gcc/x86_64-w64-mingw32/12-posix",
                "usr/lib/gcc/x86_64-w64-mingw32/12-win32",
                "usr/i686-w64-mingw32/lib",
                "usr/x86_64-w64-mingw32/sys-root/mingw/bin")) {
            Files.createDirectories(root.resolve(directory));
        }

        assertThat(MingwDirectories.of(root, Architecture.X86_64))
                .containsExactly(
                        root.resolve("usr/x86_64-w64-mingw32/lib"),
                        root.resolve("usr/x86_64-w64-mingw32/sys-root/mingw/bin"),
                        root.resolve("usr/lib/gcc/x86_64-w64-mingw32/12-win32"),
                        root.resolve("usr/lib/gcc/x86_64-w64-mingw32/12-posix"));
        assertThat(MingwDirectories.of(root, Architecture.AARCH64)).isEmpty();
    }
}
