package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniversalWriterTest {
    @TempDir
    Path directory;

    @Test
    void eachSliceIsInItAsItWasAndBeginsOnAPage() throws IOException {
        byte[] intel = new MachOImage(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64)
                .symbol(MachOImage.EXPORTED, "_PyInit_m")
                .bytes();
        byte[] arm = MachOImage.arm64()
                .symbol(MachOImage.EXPORTED, "_PyInit_m")
                .symbol(MachOImage.EXPORTED, "_only_here")
                .bytes();
        Path file = directory.resolve("m.so");
        UniversalWriter.write(List.of(write("intel", intel), write("arm", arm)), file);
        BinaryFile read = BinaryFile.read(file);
        assertThat(read).isInstanceOf(MachOUniversal.class);
        assertThat(read.architectures()).containsExactly(Architecture.X86_64, Architecture.AARCH64);
        assertThat(read.exports("")).containsExactly("PyInit_m");
        byte[] all = Files.readAllBytes(file);
        assertThat(Arrays.copyOfRange(all, 0x4000, 0x4000 + intel.length)).isEqualTo(intel);
        assertThat(Arrays.copyOfRange(all, 0x8000, all.length)).isEqualTo(arm);
    }

    @Test
    void whatIsNoMachOIsRefused() throws IOException {
        Path text = write("text", new byte[100]);
        assertThatThrownBy(() -> UniversalWriter.write(List.of(text), directory.resolve("x")))
                .isInstanceOf(MalformedBinaryException.class);
        assertThat(directory.resolve("x")).doesNotExist();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }
}
