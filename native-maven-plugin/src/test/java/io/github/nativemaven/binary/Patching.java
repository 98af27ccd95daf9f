package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Patches files of which nobody knows whether they are right. */
final class Patching {
    private static final String NAME = "@rpath/a-name-that-is-longer-than-most.dylib";

    private Patching() {}

    /** The copy can be read, has what was asked for, and all else as it was; or what is wrong is said, and no copy is left. */
    static void survives(Path directory, byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("hostile"), bytes);
        Path copy = directory.resolve("copy");
        try {
            MachOPatch patch = MachOPatch.of("hostile")
                    .installName(NAME)
                    .addRpath("@loader_path/x")
                    .sign();
            MachOPatcher.patch(file, copy, patch);
        } catch (MalformedBinaryException | HeaderFullException e) {
            assertThat(copy).doesNotExist();
            return;
        }
        List<MachOFile> before = slices(file);
        List<MachOFile> after = slices(copy);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < after.size(); i++) {
            MachOFile old = before.get(i);
            MachOFile made = after.get(i);
            assertThat(made.dependencies()).isEqualTo(old.dependencies());
            assertThat(made.minimumOs()).isEqualTo(old.minimumOs());
            assertThat(made.installName()).isEqualTo(old.installName().map(name -> NAME));
            assertThat(made.rpaths()).containsAll(old.rpaths()).contains("@loader_path/x");
        }
        Files.delete(copy);
    }

    private static List<MachOFile> slices(Path file) throws IOException {
        BinaryFile read = BinaryFile.read(file);
        return read instanceof MachOUniversal universal ? universal.slices() : List.of((MachOFile) read);
    }
}
