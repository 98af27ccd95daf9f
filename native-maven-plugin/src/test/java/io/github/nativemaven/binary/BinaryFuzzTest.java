package io.github.nativemaven.binary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes give a value or a {@link MalformedBinaryException}. {@code junit-platform.properties} says how to search for more. */
class BinaryFuzzTest {
    static Stream<Arguments> elfFiles() {
        return Stream.of(
                        ElfImage.x86().gnuHash(),
                        new ElfImage(true, ByteOrder.BIG_ENDIAN, ElfImage.S390),
                        new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM).gnuHash())
                .map(image -> image.soname("libx.so")
                        .needed("libc.so.6")
                        .imports("libc.so.6", "memcpy@GLIBC_2.14")
                        .exports("PyInit_x")
                        .bytes())
                .map(Arguments::of);
    }

    @MethodSource("elfFiles")
    @FuzzTest
    void elf(byte[] bytes) throws IOException {
        Images.readsWhole(startingWith(bytes, 0x7f, 'E', 'L', 'F'));
    }

    static Stream<Arguments> machOFiles() {
        byte[] image = MachOImage.arm64()
                .library(0xc, "a.dylib")
                .named(0x8000001c, 12, "@loader_path/a/longer/place")
                .symbol(MachOImage.EXPORTED, "_PyInit_x")
                .bytes();
        return Stream.of(Arguments.of(image), Arguments.of(MachOImage.universal(true, image, image)));
    }

    @MethodSource("machOFiles")
    @FuzzTest
    void machO(byte[] bytes) throws IOException {
        Images.readsWhole(bytes);
        Images.readsWhole(startingWith(bytes, 0xcf, 0xfa, 0xed, 0xfe));
        Images.readsWhole(startingWith(bytes, 0xca, 0xfe, 0xba, 0xbe));
    }

    static Stream<Arguments> peFiles() {
        return Stream.of(
                Arguments.of(new PeImage(true, PeImage.AMD64)
                        .imports("a.dll", "f", "1")
                        .exports("PyInit_x")
                        .bytes()),
                Arguments.of(
                        new PeImage(false, PeImage.I386).delayed("b.dll", "g").bytes()));
    }

    @MethodSource("peFiles")
    @FuzzTest
    void pe(byte[] bytes) throws IOException {
        Images.readsWhole(startingWith(bytes, 'M', 'Z'));
    }

    private static byte[] startingWith(byte[] bytes, int... magic) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < Math.min(copy.length, magic.length); i++) {
            copy[i] = (byte) magic[i];
        }
        return copy;
    }
}
