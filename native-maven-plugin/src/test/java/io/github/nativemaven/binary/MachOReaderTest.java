package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.binary.MachOFile.Dependency;
import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachOReaderTest {
    static Stream<Arguments> machines() {
        return Stream.of(
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, MachOImage.ARM64, Architecture.AARCH64),
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64, Architecture.X86_64),
                Arguments.of(false, ByteOrder.LITTLE_ENDIAN, MachOImage.I386, Architecture.I686),
                Arguments.of(true, ByteOrder.BIG_ENDIAN, MachOImage.ARM64, Architecture.AARCH64),
                // 32-bit PowerPC, which no wheel is for.
                Arguments.of(false, ByteOrder.BIG_ENDIAN, 18, null));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void readsBothWidthsAndByteOrders(boolean wide, ByteOrder order, int cpu, Architecture expected)
            throws IOException {
        MachOFile file = (MachOFile) Images.read(new MachOImage(wide, order, cpu)
                .library(0xd, "@rpath/libx.dylib")
                .library(0xc, "/usr/lib/libSystem.B.dylib")
                .library(0x80000018, "@rpath/libweak.dylib")
                .library(0x8000001f, "@rpath/libagain.dylib")
                .named(0x8000001c, 12, "@loader_path/../lib")
                .symbol(MachOImage.EXPORTED, "_PyInit_x")
                .symbol(MachOImage.LOCAL, "_local")
                .symbol(MachOImage.PRIVATE, "_private")
                .symbol(MachOImage.DEBUG, "_debug")
                .symbol(MachOImage.IMPORTED, "_memcpy")
                .symbol(MachOImage.EXPORTED, "_Java_a")
                .bytes());

        assertThat(file.architectures()).isEqualTo(Stream.ofNullable(expected).toList());
        assertThat(file.isShared()).isTrue();
        assertThat(file.installName()).contains("@rpath/libx.dylib");
        assertThat(file.dependencies())
                .containsExactly(
                        new Dependency("/usr/lib/libSystem.B.dylib", Dependency.Kind.REQUIRED),
                        new Dependency("@rpath/libweak.dylib", Dependency.Kind.WEAK),
                        new Dependency("@rpath/libagain.dylib", Dependency.Kind.REEXPORTED));
        assertThat(file.needed())
                .containsExactly("/usr/lib/libSystem.B.dylib", "@rpath/libweak.dylib", "@rpath/libagain.dylib");
        assertThat(file.rpaths()).containsExactly("@loader_path/../lib");
        assertThat(file.exports("")).containsExactly("PyInit_x", "Java_a");
        assertThat(file.exports("PyInit_")).containsExactly("PyInit_x");
        assertThat(file.imports()).containsExactly("memcpy");
        assertThat(file.minimumOs()).isEmpty();
        assertThat(file.signed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x32, 1, 0x000b0000, 11.0",
        "0x32, 1, 0x000a0d04, 10.13.4",
        "0x24, 0x000a0c00, 0, 10.12",
        "0x32, 6, 0x000d0000,",
        "0x32, 2, 0x000d0000,"
    })
    void readsTheOldestSystem(String command, String first, String second, String expected) throws IOException {
        MachOFile file = (MachOFile) Images.read(MachOImage.arm64()
                .command(Integer.decode(command), Integer.decode(first), Integer.decode(second), 0, 0)
                .bytes());

        assertThat(file.minimumOs().map(Object::toString).orElse(null)).isEqualTo(expected);
    }

    @Test
    void seesASignature() throws IOException {
        assertThat(((MachOFile) Images.read(
                                MachOImage.arm64().command(0x1d, 0, 0).bytes()))
                        .signed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsUniversalFiles(boolean wide) throws IOException {
        byte[] image = MachOImage.universal(
                wide,
                new MachOImage(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64)
                        .library(0xc, "a.dylib")
                        .symbol(MachOImage.EXPORTED, "_PyInit_x")
                        .symbol(MachOImage.EXPORTED, "_only_here")
                        .bytes(),
                MachOImage.arm64()
                        .library(0xc, "a.dylib")
                        .library(0xc, "b.dylib")
                        .symbol(MachOImage.EXPORTED, "_PyInit_x")
                        .symbol(MachOImage.IMPORTED, "_f")
                        .bytes());
        MachOUniversal file = (MachOUniversal) Images.read(image);

        assertThat(file.architectures()).containsExactly(Architecture.X86_64, Architecture.AARCH64);
        assertThat(file.slices()).hasSize(2);
        assertThat(file.needed()).containsExactly("a.dylib", "b.dylib");
        assertThat(file.exports("")).containsExactly("PyInit_x");
        assertThat(file.imports()).containsExactly("f");
    }

    @Test
    void slicesMustNotOverlap() {
        byte[] slice = MachOImage.arm64().bytes();
        byte[] image = MachOImage.universal(false, slice, slice, slice);
        // All three begin where the first does, and are as long as the file.
        for (int i = 0; i < 3; i++) {
            System.arraycopy(image, 8 + 8, image, 8 + 20 * i + 8, 4);
            image[8 + 20 * i + 15] = (byte) (slice.length * 2);
            image[8 + 20 * i + 14] = (byte) (slice.length * 2 >> 8);
        }

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("into another");
    }

    @Test
    void aCommandMustGoOn() {
        byte[] image = MachOImage.arm64().command(0x1b, 0).bytes();
        image[36] = 0;

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("a load command of 0 bytes");
    }
}
