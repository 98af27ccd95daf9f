package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.binary.MachOFile.Dependency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries that were really linked, changed, and looked at by others than their writer. */
class MachOPatcherTest {
    private static final int AD_HOC = 2;
    private static final String LONG = "@loader_path/../../my_pkg.dylibs/libdeep-1a2b3c4d.1.dylib";

    @TempDir
    Path root;

    private Path deep(String machine) throws Exception {
        Path file = root.resolve(machine).resolve("libdeep.dylib");
        return MachOLink.link(
                file, machine, "11.0", MachOLink.defines("deep", 40), "-install_name", "/opt/libdeep.1.dylib");
    }

    /** Needs another, in one of the ways there are. */
    private Path mid(String machine, String... options) throws Exception {
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "-install_name";
        all[options.length + 1] = "@rpath/libmid.dylib";
        return MachOLink.link(
                root.resolve(machine).resolve("libmid.dylib"), machine, "11.0", MachOLink.calls("mid", "deep"), all);
    }

    private Path patched(Path from, MachOPatch patch) throws IOException {
        Path to = root.resolve("patched.dylib");
        Files.deleteIfExists(to);
        MachOPatcher.patch(from, to, patch);
        return to;
    }

    private static MachOFile read(Path file) throws IOException {
        return (MachOFile) BinaryFile.read(file);
    }

    @ParameterizedTest
    @CsvSource({
        "arm64, -needed_library, REQUIRED",
        "x86_64, -weak_library, WEAK",
        "arm64, -reexport_library, REEXPORTED"
    })
    void namesAreChangedAndAllElseStays(String machine, String how, Dependency.Kind kind) throws Exception {
        Path original = mid(machine, how, deep(machine).toString(), "-rpath", "/nowhere", "-rpath", "@loader_path/lib");
        byte[] before = Files.readAllBytes(original);
        Path copy = patched(
                original,
                MachOPatch.of("libmid-1.dylib")
                        .installName("@rpath/libmid-1a2b3c4d.dylib")
                        .replaceNeeded("/opt/libdeep.1.dylib", LONG)
                        .replaceNeeded("/opt/other.dylib", "unused")
                        .removeRpath("/nowhere")
                        .addRpath("@loader_path/lib")
                        .addRpath("@loader_path/more"));
        MachOFile changed = read(copy);
        assertThat(changed.installName()).contains("@rpath/libmid-1a2b3c4d.dylib");
        assertThat(changed.needed()).containsOnly(LONG);
        assertThat(changed.dependencies()).contains(new Dependency(LONG, kind));
        assertThat(changed.rpaths()).containsExactly("@loader_path/lib", "@loader_path/more");
        assertThat(changed.exports("")).isEqualTo(read(original).exports(""));
        assertThat(Tools.output("llvm-objdump", "--macho", "--private-headers", copy.toString()))
                .contains("name " + LONG + " (offset 24)", "path @loader_path/more (offset 12)")
                .doesNotContain("/nowhere");

        assertThat(original).hasBinaryContent(before);
        byte[] after = Files.readAllBytes(copy);
        int firstSection = firstSection(before);
        int end = machine.equals("arm64") ? signature(before) : before.length;
        assertThat(Arrays.mismatch(before, firstSection, end, after, firstSection, end))
                .isEqualTo(-1);
        if (machine.equals("arm64")) {
            assertThat(CodeSignature.of(copy)).singleElement().satisfies(signed -> {
                assertThat(signed.identifier()).isEqualTo("libmid-1.dylib");
                assertThat(signed.flags()).isEqualTo(AD_HOC);
                assertThat(signed.execFlags()).isZero();
            });
        } else {
            assertThat(after).hasSameSizeAs(before);
            assertThat(changed.signed()).isFalse();
        }
    }

    private static int firstSection(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.getInt(32 + 72 + 48);
    }

    private static int signature(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 32;
        while (bytes.getInt(at) != 0x1d) {
            at += bytes.getInt(at + 4);
        }
        return bytes.getInt(at + 8);
    }

    @Test
    void whatIsNotChangedStaysToTheByteAndKeepsItsSignature() throws Exception {
        Path arm = deep("arm64");
        Path intel = deep("x86_64");
        Path both = root.resolve("both.dylib");
        UniversalWriter.write(List.of(intel, arm), both);
        for (Path file : List.of(arm, intel, both)) {
            MachOPatch patch =
                    MachOPatch.of("x").installName("/opt/libdeep.1.dylib").removeRpath("/none");
            assertThat(patched(file, patch)).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void aSignatureDependsOnTheFileAndItsNameAlone() throws Exception {
        Path arm = deep("arm64");
        Path signed = patched(arm, MachOPatch.of("libdeep.dylib").sign());
        byte[] first = Files.readAllBytes(signed);
        assertThat(CodeSignature.of(signed).get(0).flags()).isEqualTo(AD_HOC);
        Path again = root.resolve("again.dylib");
        MachOPatcher.patch(signed, again, MachOPatch.of("libdeep.dylib").sign());
        assertThat(again).hasBinaryContent(first);
        assertThat(patched(arm, MachOPatch.of("other.dylib").sign()))
                .binaryContent()
                .isNotEqualTo(first);
    }

    /** A machine that wants a signature gets one, with room for its load command; Intel's only what they had. */
    @Test
    void onlyWhatMustBeOrWasIsSigned() throws Exception {
        Path arm = mid("arm64", "-no_adhoc_codesign", deep("arm64").toString());
        assertThat(read(arm).signed()).isFalse();
        assertThat(CodeSignature.of(patched(arm, MachOPatch.of("libmid.dylib"))))
                .hasSize(1);

        Path intel = mid("x86_64", "-adhoc_codesign", deep("x86_64").toString());
        Path changed = patched(intel, MachOPatch.of("libmid.dylib").installName("@rpath/libmid-1a2b3c4d.dylib"));
        assertThat(CodeSignature.of(changed).get(0).flags()).isEqualTo(AD_HOC);
        assertThat(patched(deep("x86_64"), MachOPatch.of("x").sign())).hasSameBinaryContentAs(deep("x86_64"));
    }

    @Test
    void aProgramIsSignedAsOne() throws Exception {
        Path program = MachOLink.arm64(
                root.resolve("prog"),
                MachOLink.defines("main", 3),
                "-execute",
                "-e",
                "_main",
                "-U",
                "dyld_stub_binder");
        Path copy = patched(program, MachOPatch.of("prog").addRpath("@executable_path/../lib"));
        assertThat(CodeSignature.of(copy).get(0).execFlags()).isEqualTo(1);
    }

    @Test
    void everySliceIsChangedAndTheirPlacesFollow() throws Exception {
        Path arm = mid("arm64", deep("arm64").toString());
        Path intel = mid("x86_64", "-adhoc_codesign", deep("x86_64").toString());
        Path both = root.resolve("both.dylib");
        UniversalWriter.write(List.of(intel, arm), both);
        Path copy = patched(both, MachOPatch.of("libmid.dylib").replaceNeeded("/opt/libdeep.1.dylib", LONG));
        MachOUniversal read = (MachOUniversal) BinaryFile.read(copy);
        for (MachOFile slice : read.slices()) {
            assertThat(slice.needed()).containsExactly(LONG);
        }
        assertThat(CodeSignature.of(copy)).extracting(CodeSignature::identifier).containsOnly("libmid.dylib");
        assertThat(Tools.output("llvm-objdump", "--macho", "--universal-headers", copy.toString()))
                .contains("x86_64", "arm64");
    }

    @Test
    void whereThereIsNoRoomThatIsSaid() throws Exception {
        Path tight = mid("x86_64", "-headerpad", "0", deep("x86_64").toString());
        MachOPatch patch = MachOPatch.of("x").replaceNeeded("/opt/libdeep.1.dylib", LONG + "x".repeat(200));
        HeaderFullException full = catchThrowableOfType(HeaderFullException.class, () -> patched(tight, patch));
        assertThat(full.path()).isEqualTo(tight);
        assertThat(full.wanted()).isGreaterThan(full.room());
        assertThat(root.resolve("patched.dylib")).doesNotExist();
        Path padded =
                mid("x86_64", "-headerpad_max_install_names", deep("x86_64").toString());
        assertThat(read(patched(padded, patch)).needed()).containsExactly(LONG + "x".repeat(200));
    }

    /** What nobody accounts for isn't written over. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fewBitsAndManyOfEitherOrder(boolean little) throws Exception {
        MachOImage image =
                new MachOImage(false, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, MachOImage.I386);
        Path file = Files.write(
                root.resolve("old.dylib"),
                image.library(0xd, "/opt/long/libx.dylib")
                        .library(0xc, "/opt/long/liby.dylib")
                        .symbol(MachOImage.EXPORTED, "_f")
                        .bytes());
        MachOFile read = read(patched(
                file, MachOPatch.of("x").installName("libx").replaceNeeded("/opt/long/liby.dylib", "@rpath/y")));
        assertThat(read.installName()).contains("libx");
        assertThat(read.needed()).containsExactly("@rpath/y");
        assertThat(read.exports("")).containsExactly("f");
        assertThatThrownBy(() -> patched(file, MachOPatch.of("x").addRpath("/" + "x".repeat(80))))
                .isInstanceOf(HeaderFullException.class);
    }

    @Test
    void aCopyThatIsThereStays() throws Exception {
        Path there = Files.writeString(root.resolve("there"), "mine");
        Path file = deep("x86_64");
        assertThatThrownBy(() -> MachOPatcher.patch(file, there, MachOPatch.of("x")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
        assertThatThrownBy(() -> MachOPatcher.patch(there, root.resolve("new"), MachOPatch.of("x")))
                .isInstanceOf(MalformedBinaryException.class);
        assertThat(root.resolve("new")).doesNotExist();
    }

    @Test
    void theModeIsKept() throws Exception {
        Path file = deep("arm64");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path copy = patched(file, MachOPatch.of("x").sign());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwxr-xr-x");
    }

    /** The same damage at each run: of a file that was linked, in its header and load commands. */
    @Test
    void damageGivesACopyOrSaysWhatIsWrong() throws Exception {
        byte[] good = Files.readAllBytes(mid("arm64", deep("arm64").toString()));
        Path both = root.resolve("both");
        UniversalWriter.write(List.of(deep("x86_64"), mid("arm64", deep("arm64").toString())), both);
        byte[] universal = Files.readAllBytes(both);
        Random random = new Random(1);
        for (int round = 0; round < 400; round++) {
            byte[] image = (round % 2 == 0 ? good : universal).clone();
            ByteBuffer words = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
            int head = round % 4 == 3 ? 48 : firstSection(good);
            int from = round % 4 == 1 ? 0x8000 : 0;
            int[] numbers = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1, 8, image.length, 0x4000, random.nextInt()};
            for (int wrongs = 1 + random.nextInt(3); wrongs > 0; wrongs--) {
                words.putInt(from + random.nextInt(head / 4) * 4, numbers[random.nextInt(numbers.length)]);
            }
            Patching.survives(root, image);
        }
    }

    @Test
    void cutOffAnywhere() throws Exception {
        byte[] good = Files.readAllBytes(mid("arm64", deep("arm64").toString()));
        for (int length = 0; length < good.length; length += length < 2000 ? 7 : 311) {
            Patching.survives(root, Arrays.copyOf(good, length));
        }
    }
}
