package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.binary.ElfFile.VersionNeed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfPatcherTest {
    private static final ElfPatch EVERYTHING = ElfPatch.NOTHING
            .soname("libx-1a2b3c4d.so.1")
            .replaceNeeded("libm.so.6", "libm-5e6f7a8b.so.6")
            .replaceNeeded("libnot.so", "libneeded.so")
            .addNeeded("libmore.so")
            .runpath("$ORIGIN", "$ORIGIN/../x.libs");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.github.nativemaven.binary.ElfReaderTest#machines")
    void changesWhatIsAskedAndNothingElse(boolean wide, ByteOrder order, int machine) throws IOException {
        ElfFile before = new ElfImage(wide, order, machine)
                .needed("libc.so.6", "libm.so.6", "libz.so.1")
                .rpath("/old")
                .imports("libc.so.6", "memcpy@GLIBC_2.14")
                .imports("libm.so.6", "exp@GLIBC_2.29")
                .exports("PyInit_x", "other")
                .read(directory.resolve("libx.so"));

        ElfFile after = patch(before.path(), EVERYTHING);

        assertThat(after.soname()).contains("libx-1a2b3c4d.so.1");
        assertThat(after.needed()).containsExactly("libc.so.6", "libm-5e6f7a8b.so.6", "libz.so.1", "libmore.so");
        assertThat(after.rpath()).isEmpty();
        assertThat(after.runpath()).containsExactly("$ORIGIN", "$ORIGIN/../x.libs");
        assertThat(after.versionNeeds())
                .containsExactly(
                        before.versionNeeds().get(0),
                        new VersionNeed(
                                "libm-5e6f7a8b.so.6",
                                "GLIBC_2.29",
                                false,
                                before.versionNeeds().get(1).symbol()));
        assertThat(after.exports("")).isEqualTo(before.exports(""));
        assertThat(after.imports()).isEqualTo(before.imports());
        assertThat(after.architecture()).isEqualTo(before.architecture());
        assertThatSegmentsFitTheirPages(after.path());
    }

    @Test
    void aPatchedFileCanBePatchedAgain() throws IOException {
        ElfFile first = ElfImage.x86().needed("libc.so.6").exports("f").read(directory.resolve("libx.so"));

        ElfFile second = patch(first.path(), ElfPatch.NOTHING.soname("a.so").addNeeded("b.so"));
        ElfFile third = patch(second.path(), ElfPatch.NOTHING.soname("c.so").addNeeded("d.so"));

        assertThat(third.soname()).contains("c.so");
        assertThat(third.needed()).containsExactly("libc.so.6", "b.so", "d.so");
        assertThat(third.exports("")).containsExactly("f");
        assertThatSegmentsFitTheirPages(third.path());
    }

    @Test
    void aLibraryIsNeededOnce() throws IOException {
        Path file = ElfImage.x86().needed("a.so", "b.so", "a.so").write(directory.resolve("libx.so"));
        ElfPatch patch = ElfPatch.NOTHING
                .addNeeded("b.so")
                .addNeeded("c.so")
                .addNeeded("d.so")
                .addNeeded("d.so");

        assertThat(patch(file, patch.replaceNeeded("a.so", "c.so")).needed())
                .containsExactly("c.so", "b.so", "c.so", "d.so");
    }

    @Test
    void whatNeedsNoRoomIsChangedInPlace() throws IOException {
        Path file = ElfImage.x86()
                .soname("libx.so")
                .needed("libc.so.6")
                .rpath("/a")
                .runpath("/b")
                .write(directory.resolve("libx.so"));

        ElfFile removed = patch(file, ElfPatch.NOTHING.withoutSearchPath());
        assertThat(removed.rpath()).isEmpty();
        assertThat(removed.runpath()).isEmpty();
        assertThat(Files.size(removed.path())).isEqualTo(Files.size(file));

        ElfFile known = patch(file, ElfPatch.NOTHING.rpath("/b").soname("libc.so.6"));
        assertThat(known.rpath()).containsExactly("/b");
        assertThat(known.runpath()).isEmpty();
        assertThat(known.soname()).contains("libc.so.6");
        assertThat(Files.size(known.path())).isEqualTo(Files.size(file));

        ElfFile same = patch(file, ElfPatch.NOTHING);
        assertThat(same.path()).hasSameBinaryContentAs(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-shared -lm",
                "-shared -lm -s",
                "-shared -lm -Wl,--hash-style=sysv",
                "-shared -lm -Wl,-z,max-page-size=65536",
                "-shared -lm -Wl,-z,max-page-size=2097152",
                "-shared -lm -Wl,-z,now,-z,relro",
                "-shared -lm -Wl,-rpath,/old -Wl,--disable-new-dtags",
                "-shared -lm -fuse-ld=gold",
                "-shared -lm -fuse-ld=lld",
                "-shared -lm -fuse-ld=lld -Wl,-z,max-page-size=65536",
                "-shared -lm -Wl,-z,noseparate-code"
            })
    void readelfAgrees(String options) throws Exception {
        Path library = Tools.compile(
                directory,
                "#include <math.h>\n#include <string.h>\nint y[1000000];\n"
                        + "double f(double x, char *a) { y[1] = 2; return exp(x) + strlen(a); }",
                options);
        Readelf before = Readelf.of(library);

        Path patched = patch(library, EVERYTHING).path();
        Readelf after = Readelf.of(patched);

        assertThat(after.soname()).contains("libx-1a2b3c4d.so.1");
        assertThat(after.needed()).containsExactly("libm-5e6f7a8b.so.6", "libc.so.6", "libmore.so");
        assertThat(after.rpath()).isEmpty();
        assertThat(after.runpath()).isEqualTo("$ORIGIN:$ORIGIN/../x.libs");
        assertThat(after.exports()).isEqualTo(before.exports());
        assertThat(after.imports()).isEqualTo(before.imports());
        assertThat(String.join(" ", after.versionNeeds()))
                .isEqualTo(String.join(" ", before.versionNeeds()).replace("libm.so.6", "libm-5e6f7a8b.so.6"));
        assertThat(Tools.output("readelf", "-aW", patched.toString()))
                .doesNotContainIgnoringCase("warning")
                .doesNotContainIgnoringCase("error:");
        assertThatSegmentsFitTheirPages(patched);
    }

    /** What repairing a wheel does: a library under a new name, beside the one that needs it, which finds it there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-Wl,-z,max-page-size=65536",
                "-Wl,-z,now",
                "-s",
                "-Wl,-z,norelro",
                "-Wl,--hash-style=sysv",
                "-fuse-ld=gold",
                "-fuse-ld=lld",
                "-Wl,-z,noseparate-code"
            })
    void patchedLibrariesRun(String options) throws Exception {
        Path map = Files.writeString(directory.resolve("dep.map"), "DEP_1.0 { global: dep; local: *; };\n");
        Path dep = library(
                "libdep.so",
                "int big[300000]; int dep(void) { return 40 + big[7]; }",
                "-shared -Wl,-soname,libdep.so.1 -Wl,--version-script=" + map + " " + options);
        Path use = library(
                "libuse.so",
                "int dep(void); static __thread int t = 1; int use(void) { return dep() + ++t; }",
                "-shared -Wl,-soname,libuse.so " + dep + " " + options);
        Path main = library(
                "main",
                "int use(void); int main(void) { return use(); }",
                use + " -Wl,--allow-shlib-undefined -Wl,-rpath,$ORIGIN/lib -pie " + options);
        Path libs = Files.createDirectories(directory.resolve("bin/lib/x.libs"));
        Path moved = Files.move(main, directory.resolve("bin/main"));
        Path patched = directory.resolve("bin/lib/libuse.so");
        ElfPatch renamed = ElfPatch.NOTHING.replaceNeeded("libdep.so.1", "libdep-1a2b3c4d.so.1");
        ElfPatcher.patch(use, patched, renamed.runpath("$ORIGIN/x.libs"));
        ElfPatcher.patch(dep, libs.resolve("libdep-1a2b3c4d.so.1"), ElfPatch.NOTHING.soname("libdep-1a2b3c4d.so.1"));

        Tools.Outcome run = Tools.run(Map.of(), moved.toString());

        assertThat(run.output()).isEmpty();
        assertThat(run.status()).isEqualTo(42);
        assertThat(Tools.output("ldd", patched.toString()))
                .contains("libdep-1a2b3c4d.so.1 => ", "/x.libs/libdep-1a2b3c4d.so.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-pie", "-no-pie", "-pie -s", "-no-pie -Wl,-z,max-page-size=65536", "-pie -fuse-ld=gold"})
    void patchedProgramsRun(String options) throws Exception {
        Path lib = library("libfar.so", "int far(void) { return 7; }", "-shared -Wl,-soname,libfar.so");
        Path main = library(
                "main",
                "int far(void); int big[500000]; int main(void) { return far() + big[3] + 1; }",
                lib + " " + options);
        Files.move(lib, Files.createDirectory(directory.resolve("far")).resolve("libfar.so"));
        assertThat(Tools.run(Map.of(), main.toString()).status()).isEqualTo(127);

        ElfFile patched = patch(main, ElfPatch.NOTHING.rpath("$ORIGIN/far").addNeeded("libm.so.6"));

        assertThat(patched.interpreter()).isPresent();
        assertThatOldKernelsFindTheProgramHeaders(patched.path());
        Tools.Outcome run = Tools.run(Map.of(), patched.path().toString());
        assertThat(run.output()).isEmpty();
        assertThat(run.status()).isEqualTo(8);
    }

    @Test
    void theCopyMustBeNew() throws IOException {
        Path file = ElfImage.x86().write(directory.resolve("libx.so"));
        Path there = Files.writeString(directory.resolve("there"), "kept");

        assertThatThrownBy(() -> ElfPatcher.patch(file, there, EVERYTHING))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("kept");
    }

    @Test
    void whatHasNoDynamicSectionIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "GROUP ( a )");
        Path pe = Files.write(directory.resolve("a.dll"), new PeImage(true, PeImage.AMD64).bytes());
        byte[] image = ElfImage.x86().bytes();
        image[64 + 56] = 9;
        Path bare = Files.write(directory.resolve("bare"), image);

        for (Path file : List.of(text, pe, bare)) {
            Path to = directory.resolve("to");
            assertThatThrownBy(() -> ElfPatcher.patch(file, to, EVERYTHING))
                    .isInstanceOf(MalformedBinaryException.class);
            assertThat(to).doesNotExist();
        }
    }

    /** The versions of the symbols are where the dynamic section is: whoever changes one changes the other. */
    @Test
    void tablesThatLieOverEachOtherAreRefused() throws IOException {
        byte[] image =
                ElfImage.x86().needed("libc.so.6").rpath("/a").exports("f", "g").bytes();
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int dynamic = (int) bytes.getLong(64 + 56 + 8);
        long loadedAt = bytes.getLong(64 + 16);
        for (int at = dynamic; at < image.length; at += 16) {
            if (bytes.getLong(at) == ElfDynamic.SYMBOL_VERSIONS) {
                bytes.putLong(at + 8, loadedAt + dynamic + 16);
            }
        }
        Path file = Files.write(directory.resolve("liba.so"), image);
        Path to = directory.resolve("to");

        assertThatThrownBy(() -> ElfPatcher.patch(file, to, ElfPatch.NOTHING.withoutSearchPath()))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("liba.so")
                .hasMessageContaining("lie over each other");
        assertThat(to).doesNotExist();
    }

    /** As often as a damaged file asks for a text, it is added once. */
    @Test
    void aTextIsAddedOnce() throws IOException {
        Path file =
                ElfImage.x86().needed("a.so", "a.so").imports("a.so", "f@A_1").write(directory.resolve("libx.so"));

        ElfFile patched = patch(file, ElfPatch.NOTHING.soname("libnew.so").replaceNeeded("a.so", "libnew.so"));

        String text = Files.readString(patched.path(), StandardCharsets.ISO_8859_1);
        assertThat(text.split("libnew.so", -1)).hasSize(2);
        assertThat(patched.needed()).containsExactly("libnew.so", "libnew.so");
    }

    /** Damage gives a copy that reads, or a fault; the same damage at each run. */
    @Test
    void damagedFilesArePatchedOrRefused() throws IOException {
        byte[] good = ElfImage.x86()
                .soname("libx.so")
                .needed("libc.so.6", "libm.so.6")
                .imports("libm.so.6", "exp@GLIBC_2.29")
                .exports("f")
                .bytes();
        Random random = new Random(1);
        int[] numbers = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1, 3, 6, good.length, 0x400000};
        int patched = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] image = good.clone();
            ByteBuffer words = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
            for (int wrongs = 1 + random.nextInt(2); wrongs > 0; wrongs--) {
                words.putInt(random.nextInt(image.length / 4) * 4, numbers[random.nextInt(numbers.length)]);
            }
            Path from = Files.write(directory.resolve("from"), image);
            Path to = directory.resolve("to");
            try {
                ElfPatcher.patch(from, to, EVERYTHING);
                patched++;
                Files.delete(to);
            } catch (MalformedBinaryException e) {
                assertThat(to).doesNotExist();
            }
        }
        assertThat(patched).isBetween(100, 1400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void aNameIsSomething(String name) {
        assertThatThrownBy(() -> ElfPatch.NOTHING.soname(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ElfPatch.NOTHING.addNeeded(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ElfPatch.NOTHING.replaceNeeded("a", name))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ElfPatch.NOTHING.runpath(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDirectoryHasNoColon() {
        assertThatThrownBy(() -> ElfPatch.NOTHING.rpath("a:b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a:b");
    }

    private int copies;

    private ElfFile patch(Path file, ElfPatch patch) throws IOException {
        Path to = directory.resolve("patched" + copies++);
        ElfPatcher.patch(file, to, patch);
        return (ElfFile) BinaryFile.read(to);
    }

    private Path library(String name, String source, String options) throws Exception {
        Path made = Tools.compile(directory, source, options.strip());
        return Files.move(made, directory.resolve(name));
    }

    private static void assertThatOldKernelsFindTheProgramHeaders(Path path) throws IOException {
        try (BoundedFile file = BoundedFile.open(path)) {
            ElfHeader header = ElfHeader.read(file);
            ElfSegments segments = ElfSegments.read(file, header);
            ElfSegments.Segment first = segments.first(ElfSegments.LOAD).orElseThrow();
            assertThat(segments.first(ElfSegments.HEADERS).orElseThrow().address())
                    .isEqualTo(first.address() - first.offset() + header.segmentsAt());
        }
    }

    /** As a loader maps them: in order, none on a page of another, each at the same place of a page as in the file. */
    private static void assertThatSegmentsFitTheirPages(Path path) throws IOException {
        try (BoundedFile file = BoundedFile.open(path)) {
            ElfHeader header = ElfHeader.read(file);
            long page = header.machine() == ElfImage.AARCH64 ? 0x10000 : 0x1000;
            List<ElfSegments.Segment> loaded = ElfSegments.read(file, header).all().stream()
                    .filter(segment -> segment.type() == ElfSegments.LOAD)
                    .toList();
            ElfSegments.Segment added = loaded.get(loaded.size() - 1);
            assertThat(added.alignment()).isGreaterThanOrEqualTo(page);
            long end = 0;
            for (ElfSegments.Segment segment : loaded) {
                assertThat((segment.address() - segment.offset()) % page).isZero();
                assertThat(segment.address()).isGreaterThanOrEqualTo(end);
                end = segment.address() + segment.memorySize();
            }
            assertThat(added.address() % page).isZero();
            assertThat(added.offset() <= header.segmentsAt()
                            && header.segmentsAt() + header.segments() * header.segmentSize()
                                    <= added.offset() + added.fileSize())
                    .as("the program headers are in the added segment")
                    .isTrue();
        }
    }
}
