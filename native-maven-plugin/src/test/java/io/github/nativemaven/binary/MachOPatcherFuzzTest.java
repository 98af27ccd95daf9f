package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A patched file is refused, or is what was asked for and else what it was. An input is a file and behind it {@link
 * #CHOICES} bytes that choose the patch.
 */
class MachOPatcherFuzzTest {
    private static final int CHOICES = 4;
    private static final List<String> NAMES =
            List.of("@rpath/a.dylib", "a", "@loader_path/x.dylibs/liba-1a2b3c4d.dylib", "b".repeat(200));

    static Stream<Arguments> files() {
        byte[] thin = new MachOImage(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64)
                .library(0xd, "@rpath/x.dylib")
                .library(0xc, "/opt/a.dylib")
                .named(0x8000001c, 12, "/old")
                .symbol(MachOImage.EXPORTED, "_PyInit_x")
                .bytes();
        return Stream.of(thin, MachOImage.universal(true, thin, thin))
                .map(bytes -> Arguments.of((Object) ByteBuffer.allocate(bytes.length + CHOICES)
                        .put(bytes)
                        .putInt(0x14010000)
                        .array()));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "1h")
    void patch(byte[] input) throws IOException {
        byte[] image = Arrays.copyOf(input, Math.max(0, input.length - CHOICES));
        byte[] choices = Arrays.copyOfRange(input, image.length, image.length + CHOICES);
        if ((choices[3] & 1) != 0 && image.length > 8) {
            // What must be signed.
            ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(4, MachOImage.ARM64);
        }
        Path directory = Files.createTempDirectory("mach-o");
        List<Path> files = new ArrayList<>();
        try {
            Path from = add(files, directory.resolve("from"));
            Files.write(from, image);
            patch(files, from, choices);
        } catch (MalformedBinaryException | HeaderFullException e) {
            assertThat(e).hasMessageContaining(directory.toString());
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            // What is refused leaves nothing.
            Files.delete(directory);
        }
    }

    private static Path add(List<Path> files, Path file) {
        files.add(file);
        return file;
    }

    private static void patch(List<Path> files, Path from, byte[] choices) throws IOException {
        BinaryFile before = BinaryFile.read(from);
        List<Object> rest = rest(before);
        MachOPatch patch = patch(before, choices);
        Path to = from.resolveSibling("to");
        MachOPatcher.patch(from, to, patch);
        add(files, to);

        BinaryFile after = BinaryFile.read(to);
        List<String> needed = new ArrayList<>();
        before.needed().forEach(name -> needed.add(patch.replaced().getOrDefault(name, name)));
        assertThat(after.needed()).isEqualTo(needed.stream().distinct().toList());
        assertThat(rest(after)).isEqualTo(rest);
        assertThat(Files.size(to)).isLessThan(2L * Files.size(from) + (1 << 20));
        if (before instanceof MachOFile old && after instanceof MachOFile made) {
            assertThat(made.installName())
                    .isEqualTo(
                            old.installName().isPresent()
                                    ? patch.installName().or(old::installName)
                                    : old.installName());
            assertThat(made.rpaths()).containsAll(patch.addedRpaths());
            patch.removedRpaths().forEach(path -> assertThat(made.rpaths()).doesNotContain(path));
            assertThat(made.minimumOs()).isEqualTo(old.minimumOs());
        }
        Path again = from.resolveSibling("again");
        MachOPatcher.patch(to, again, patch);
        add(files, again);
        assertThat(Files.mismatch(to, again)).as("patched again").isEqualTo(-1);
    }

    private static List<Object> rest(BinaryFile file) {
        return List.of(file.exports(""), file.imports(), file.architectures(), file.format());
    }

    /** No name that is asked for is one to be replaced or removed, so that patching again changes nothing. */
    private static MachOPatch patch(BinaryFile file, byte[] choices) {
        MachOPatch patch = MachOPatch.of("x");
        for (int i = 0; i < Math.min(2, file.needed().size()); i++) {
            String library = file.needed().get(i);
            int choice = choices[0] >> 4 * i & 7;
            if (choice > 0 && !NAMES.contains(library)) {
                patch = patch.replaceNeeded(library, NAMES.get(choice % NAMES.size()));
            }
        }
        patch = (choices[1] & 3) > 0 ? patch.installName(NAMES.get(choices[1] >> 2 & 3)) : patch;
        patch = (choices[1] & 0x10) > 0 ? patch.removeRpath("/old") : patch;
        patch = (choices[1] & 0x20) > 0 ? patch.addRpath("/new") : patch;
        return (choices[2] & 1) > 0 ? patch.sign() : patch;
    }
}
