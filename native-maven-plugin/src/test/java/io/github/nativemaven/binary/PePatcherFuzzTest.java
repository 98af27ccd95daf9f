package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A patched file is refused, or is what was asked for and else what it was. An input is a file and behind it a byte that
 * chooses the patch.
 */
class PePatcherFuzzTest {
    private static final List<String> NAMES = List.of("a.dll", "liba-1a2b3c4d.dll", "b".repeat(200) + ".dll");

    static Stream<Arguments> files() {
        return Stream.of(
                        new PeImage(true, PeImage.AMD64).delayed("late.dll", "f", "9"),
                        new PeImage(false, PeImage.I386).delayedAbsolute("late.dll", "f", "9"))
                .map(image -> image.imports("libm.dll", "exp", "7")
                        .exports("PyInit_x")
                        .bytes())
                .map(bytes -> {
                    byte[] input = Arrays.copyOf(bytes, bytes.length + 1);
                    input[bytes.length] = 0x21;
                    return Arguments.of((Object) input);
                });
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "1h")
    void patch(byte[] input) throws IOException {
        byte[] image = Arrays.copyOf(input, Math.max(0, input.length - 1));
        int choice = input.length == 0 ? 0 : input[image.length];
        Path directory = Files.createTempDirectory("pe");
        List<Path> files = new ArrayList<>(List.of(directory.resolve("from")));
        try {
            patch(files, Files.write(files.get(0), image), choice);
        } catch (MalformedBinaryException | UnpatchableBinaryException e) {
            assertThat(e).hasMessageContaining(directory.toString());
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            // What is refused leaves nothing.
            Files.delete(directory);
        }
    }

    private static void patch(List<Path> files, Path from, int choice) throws IOException {
        if (!(BinaryFile.read(from) instanceof PeFile before)) {
            return;
        }
        PePatch patch = PePatch.NOTHING;
        for (int i = 0; i < Math.min(2, before.needed().size()); i++) {
            String library = before.needed().get(i);
            int by = choice >> 4 * i & 0xf;
            // No name that is asked for is one to be replaced, so that patching again changes nothing.
            if (by > 0 && !NAMES.contains(library.toLowerCase(Locale.ROOT))) {
                patch = patch.replaceNeeded(library, NAMES.get(by % NAMES.size()));
            }
        }
        Path to = from.resolveSibling("to");
        PePatcher.patch(from, to, patch);
        files.add(to);

        PeFile after = (PeFile) BinaryFile.read(to);
        List<String> needed = new ArrayList<>();
        for (String name : before.needed()) {
            needed.add(patch.by(name).orElse(name));
        }
        assertThat(after.needed()).isEqualTo(needed);
        assertThat(rest(after)).isEqualTo(rest(before));
        assertThat(Files.size(to)).isLessThan(Files.size(from) + 0x40000);
        Path again = from.resolveSibling("again");
        PePatcher.patch(to, again, patch);
        files.add(again);
        assertThat(Files.mismatch(to, again)).as("patched again").isEqualTo(-1);
    }

    private static List<Object> rest(PeFile file) {
        return List.of(file.exports(""), file.imports(), file.architectures());
    }
}
