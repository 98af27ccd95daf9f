package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.binary.PeFile.Import;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PePatcherTest {
    private static final PePatch RENAME = PePatch.NOTHING
            .replaceNeeded("LIBM.dll", "libm-1a2b3c4d.dll")
            .replaceNeeded("late.DLL", "l.dll")
            .replaceNeeded("notneeded.dll", "x.dll");

    private static final int OPTIONAL = 64 + 24;

    @TempDir
    Path directory;

    static Stream<PeImage> images() {
        return Stream.of(
                new PeImage(true, PeImage.AMD64).delayed("late.dll", "f", "9"),
                new PeImage(true, PeImage.ARM64).delayed("late.dll", "f", "9"),
                new PeImage(false, PeImage.I386).delayed("late.dll", "f", "9"),
                new PeImage(false, PeImage.I386).delayedAbsolute("late.dll", "f", "9"));
    }

    private static PeImage filled(PeImage image) {
        return image.imports("libm.dll", "exp", "7")
                .imports("KERNEL32.dll", "Sleep")
                .exports("PyInit_x", "other");
    }

    private static byte[] image() {
        return filled(images().findFirst().orElseThrow()).bytes();
    }

    @ParameterizedTest
    @MethodSource("images")
    void renamesWhatIsAskedAndNothingElse(PeImage image) throws IOException {
        Path file = write(filled(image).bytes());
        PeFile before = (PeFile) BinaryFile.read(file);

        PeFile after = patch(file, RENAME);

        assertThat(after.libraries())
                .containsExactly(
                        new Import("libm-1a2b3c4d.dll", false, List.of("exp")),
                        new Import("KERNEL32.dll", false, List.of("Sleep")),
                        new Import("l.dll", true, List.of("f")));
        assertThat(after.exports("")).isEqualTo(before.exports(""));
        assertThat(after.architecture()).isEqualTo(before.architecture());
        assertThat(after.isShared()).isTrue();
        assertThatItIsWellMade(after.path(), 2);
    }

    @Test
    void aPatchedFileCanBePatchedAgain() throws IOException {
        PeFile first = patch(write(image()), RENAME);

        PeFile second = patch(first.path(), PePatch.NOTHING.replaceNeeded("libm-1a2b3c4d.dll", "libm-5e6f7a8b.dll"));

        assertThat(second.needed()).containsExactly("libm-5e6f7a8b.dll", "KERNEL32.dll", "l.dll");
        assertThatItIsWellMade(second.path(), 3);
    }

    @Test
    void whereNothingIsRenamedTheCopyIsTheSame() throws IOException {
        byte[] signed = signed(image());
        Path file = write(signed);

        assertThat(patch(file, PePatch.NOTHING).path()).hasBinaryContent(signed);
        assertThat(patch(file, PePatch.NOTHING.replaceNeeded("libm.dll", "libm.dll"))
                        .path())
                .hasBinaryContent(signed);
    }

    @Test
    void aSignatureIsDropped() throws IOException {
        Path plain = patch(write(image()), RENAME).path();

        PeFile after = patch(write(signed(image())), RENAME);

        assertThat(after.path()).hasSameBinaryContentAs(plain);
    }

    @Test
    void whatMustBeSignedIsRefused() throws IOException {
        byte[] image = signed(image());
        image[OPTIONAL + 70] = (byte) 0x80;

        assertThatItIsRefused(image, "Windows loads it only with its signature");
    }

    @Test
    void symbolsBehindTheSectionsStay() throws IOException {
        byte[] plain = image();
        byte[] image = Arrays.copyOf(plain, plain.length + 18 + 4 + 6);
        little(image).putInt(64 + 12, plain.length).putInt(64 + 16, 1).putInt(plain.length + 18, 10);
        byte[] text = "names".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, image, plain.length + 22, text.length);

        PeFile after = patch(write(image), RENAME);

        assertThat(Arrays.copyOfRange(Files.readAllBytes(after.path()), plain.length, image.length))
                .isEqualTo(Arrays.copyOfRange(image, plain.length, image.length));
        assertThatItIsWellMade(after.path(), 2);
    }

    @Test
    void whatFillsUpIsNoOverlay() throws IOException {
        byte[] image = image();

        assertThatItIsWellMade(
                patch(write(Arrays.copyOf(image, image.length + 511)), RENAME).path(), 2);
        assertThatItIsRefused(Arrays.copyOf(image, image.length + 512), "512 bytes behind its sections");
        byte[] more = Arrays.copyOf(image, image.length + 1);
        more[image.length] = 1;
        assertThatItIsRefused(more, "1 bytes behind its sections");
    }

    @Test
    void bindingsAreDropped() throws IOException {
        byte[] image = image();
        int behindSections = OPTIONAL + 240 + 40;
        ByteBuffer bytes = little(image);
        bytes.putInt(OPTIONAL + 112 + 11 * 8, behindSections).putInt(OPTIONAL + 112 + 11 * 8 + 4, 60);
        Arrays.fill(image, behindSections, behindSections + 60, (byte) 7);
        int table = tableOfImports(image);
        bytes.putLong(table + 4, -1);

        byte[] after = Files.readAllBytes(patch(write(image), RENAME).path());

        assertThat(little(after).getLong(OPTIONAL + 112 + 11 * 8)).isZero();
        assertThat(little(after).getLong(table + 4)).isZero();
    }

    @Test
    void withoutRoomForAHeaderItIsRefused() throws IOException {
        byte[] used = image();
        used[OPTIONAL + 240 + 40 + 39] = 1;
        assertThatItIsRefused(used, "there is no room for the header of one more section");

        byte[] small = image();
        little(small).putInt(OPTIONAL + 60, OPTIONAL + 240 + 40 + 39);
        assertThatItIsRefused(small, "there is no room for the header of one more section");
    }

    @Test
    void whatIsLaidOutAsADriverIsRefused() throws IOException {
        byte[] image = image();
        little(image).putInt(OPTIONAL + 32, 0x20).putInt(OPTIONAL + 36, 0x20);

        assertThatItIsRefused(image, "its sections are aligned to 32 bytes");
    }

    @Test
    void whatIsCutOffIsDamaged() throws IOException {
        byte[] image = image();
        Path file = write(Arrays.copyOf(image, image.length - 1));

        assertThatThrownBy(() -> PePatcher.patch(file, directory.resolve("to"), RENAME))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("beyond the file's end");
    }

    @Test
    void theCopyMustBeNew() throws IOException {
        Path file = write(image());
        Path there = Files.writeString(directory.resolve("there"), "kept");

        assertThatThrownBy(() -> PePatcher.patch(file, there, RENAME)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("kept");
    }

    @Test
    void otherFormatsAreRefused() throws IOException {
        Path elf = ElfImage.x86().write(directory.resolve("libx.so"));

        assertThatThrownBy(() -> PePatcher.patch(elf, directory.resolve("to"), RENAME))
                .isInstanceOf(MalformedBinaryException.class);
        assertThat(directory.resolve("to")).doesNotExist();
    }

    /** Damage gives a copy that reads, or a fault; the same damage at each run. */
    @Test
    void damagedFilesArePatchedOrRefused() throws IOException {
        byte[] good = signed(image());
        Random random = new Random(1);
        int[] numbers = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1, 3, 6, good.length, 0x400000, 0x1000};
        int patched = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] image = good.clone();
            for (int wrongs = 1 + random.nextInt(3); wrongs > 0; wrongs--) {
                little(image).putInt(random.nextInt(image.length / 2 - 2) * 2, numbers[random.nextInt(numbers.length)]);
            }
            Path from = Files.write(directory.resolve("from"), image);
            Path to = directory.resolve("to");
            try {
                PePatcher.patch(from, to, RENAME);
                patched++;
                assertThat(Files.size(to)).isLessThan(good.length + 0x20000L);
                assertThat(((PeFile) BinaryFile.read(to)).needed())
                        .hasSameSizeAs(BinaryFile.read(from).needed());
                Files.delete(to);
            } catch (MalformedBinaryException | UnpatchableBinaryException e) {
                assertThat(to).doesNotExist();
            }
        }
        assertThat(patched).isBetween(100, 1400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "\u00e4.dll"})
    void aNameIsSomethingOfAscii(String name) {
        assertThatThrownBy(() -> PePatch.NOTHING.replaceNeeded("a.dll", name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What MinGW links, with and without its symbols, as others read it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-s", "-g", "-Wl,--file-alignment=4096", "-Wl,--no-insert-timestamp -s"})
    void llvmAndGnuAgree(String options) throws Exception {
        Path dep = Tools.mingw(directory.resolve("dep.dll"), "int dep(void) { return 40; }", options);
        Path use = Tools.mingw(
                directory.resolve("use.dll"),
                "int dep(void); int use(void) { return dep() + 2; }",
                dep + " " + options);
        String before = llvm(use);
        assertThat(before).contains("Name: dep.dll\n", "Symbol: dep (");

        Path patched = patch(use, PePatch.NOTHING.replaceNeeded("dep.dll", "dep-1a2b3c4d.dll"))
                .path();

        assertThat(llvm(patched)).isEqualTo(before.replace("Name: dep.dll\n", "Name: dep-1a2b3c4d.dll\n"));
        assertThat(Tools.output("x86_64-w64-mingw32-objdump", "-h", patched.toString()))
                .containsPattern("\\.needed +0000001[0-9a-f]");
        assertThat(symbols(patched)).isEqualTo(symbols(use));
        assertThatItIsWellMade(patched, sections(use) + 1);
    }

    private static String llvm(Path file) throws Exception {
        String output = Tools.output("llvm-readobj", "--coff-imports", "--coff-exports", file.toString());
        return output.replaceFirst("File: .*\n", "");
    }

    private static String symbols(Path file) throws Exception {
        String output = Tools.output("x86_64-w64-mingw32-nm", file.toString());
        return output.replace(file.toString(), "");
    }

    private static int sections(Path file) throws IOException {
        ByteBuffer bytes = little(Files.readAllBytes(file));
        return bytes.getShort(bytes.getInt(60) + 6);
    }

    // What is written and looked at

    private int files;

    private Path write(byte[] image) throws IOException {
        return Files.write(directory.resolve("file" + files++ + ".dll"), image);
    }

    private PeFile patch(Path file, PePatch patch) throws IOException {
        Path to = directory.resolve("patched" + files++ + ".dll");
        PePatcher.patch(file, to, patch);
        return (PeFile) BinaryFile.read(to);
    }

    private void assertThatItIsRefused(byte[] image, String why) throws IOException {
        Path file = write(image);
        Path to = directory.resolve("refused");
        assertThatThrownBy(() -> PePatcher.patch(file, to, RENAME))
                .isInstanceOf(UnpatchableBinaryException.class)
                .hasMessageContaining(why);
        assertThat(to).doesNotExist();
    }

    private static byte[] signed(byte[] image) {
        byte[] signed = Arrays.copyOf(image, image.length + 64);
        Arrays.fill(signed, image.length, signed.length, (byte) 3);
        little(signed).putInt(OPTIONAL + 112 + 4 * 8, image.length).putInt(OPTIONAL + 112 + 4 * 8 + 4, 64);
        return signed;
    }

    private static int tableOfImports(byte[] image) {
        return little(image).getInt(OPTIONAL + 112 + 8) - 0x1000 + 0x200;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** As Windows maps it: sections in order and one behind the other, all within the image, and a checksum that is right. */
    private static void assertThatItIsWellMade(Path path, int sections) throws IOException {
        byte[] all = Files.readAllBytes(path);
        ByteBuffer bytes = little(all);
        int header = bytes.getInt(60);
        int optional = header + 24;
        int alignment = bytes.getInt(optional + 32);
        int inFile = bytes.getInt(optional + 36);
        int count = bytes.getShort(header + 6);
        assertThat(count).isEqualTo(sections);
        int at = optional + bytes.getShort(header + 20);
        long end = 0;
        for (int i = 0; i < count; i++, at += 40) {
            assertThat(bytes.getInt(at + 12) % alignment).isZero();
            assertThat((long) bytes.getInt(at + 12)).isGreaterThanOrEqualTo(end);
            end = bytes.getInt(at + 12) + Math.max(1, bytes.getInt(at + 8));
            assertThat(bytes.getInt(at + 20) + bytes.getInt(at + 16)).isLessThanOrEqualTo(all.length);
        }
        assertThat(at).isLessThanOrEqualTo(bytes.getInt(optional + 60));
        assertThat((long) bytes.getInt(optional + 56)).isEqualTo((end + alignment - 1) / alignment * alignment);
        int added = at - 40;
        assertThat(new String(all, added, 7, StandardCharsets.US_ASCII)).isEqualTo(".needed");
        assertThat(bytes.getInt(added + 16) % inFile).isZero();
        assertThat(bytes.getInt(added + 20) % inFile).isZero();
        assertThat(bytes.getInt(added + 20) + bytes.getInt(added + 16)).isEqualTo(all.length);
        int said = bytes.getInt(optional + 64);
        assertThat(said).isEqualTo(checksum(all, optional + 64));
    }

    private static int checksum(byte[] all, int at) {
        ByteBuffer bytes = little(Arrays.copyOf(all, all.length + all.length % 2));
        bytes.putInt(at, 0);
        int sum = 0;
        while (bytes.hasRemaining()) {
            sum += bytes.getShort() & 0xffff;
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum + all.length;
    }

    /** Without it, what is reckoned here would only be what is reckoned there. */
    @Test
    void theChecksumIsThatOfALinker() throws Exception {
        byte[] all = Files.readAllBytes(Tools.mingw(directory.resolve("a.dll"), "int a(void) { return 1; }", "-s"));
        int at = little(all).getInt(60) + 24 + 64;
        int said = little(all).getInt(at);

        assertThat(checksum(all, at)).isEqualTo(said).isNotZero();
    }
}
