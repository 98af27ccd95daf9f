package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged file gives a value or a {@link MalformedBinaryException}, soon, and nothing else. */
@Timeout(30)
class HostileFilesTest {
    private static final Map<String, byte[]> IMAGES = new TreeMap<>(Map.of(
            "elf 64", elf(true, ByteOrder.LITTLE_ENDIAN, ElfImage.X86_64, false),
            "elf 64 gnu", elf(true, ByteOrder.LITTLE_ENDIAN, ElfImage.X86_64, true),
            "elf 32 gnu", elf(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM, true),
            "elf 64 big", elf(true, ByteOrder.BIG_ENDIAN, ElfImage.S390, false),
            "mach-o 64", machO(),
            "mach-o universal", MachOImage.universal(false, machO(), machO()),
            "pe 32+", pe(true),
            "pe 32", pe(false)));

    private static byte[] elf(boolean wide, ByteOrder order, int machine, boolean gnuHash) {
        ElfImage image = new ElfImage(wide, order, machine)
                .soname("libx.so")
                .needed("libc.so.6", "libm.so.6")
                .runpath("$ORIGIN:/a")
                .imports("libc.so.6", "memcpy@GLIBC_2.14")
                .imports("libc.so.6", "stat@GLIBC_2.33")
                .imports("libm.so.6", "exp@GLIBC_2.29")
                .exports("PyInit_x", "PyInit_y");
        return (gnuHash ? image.gnuHash() : image).bytes();
    }

    private static byte[] machO() {
        return MachOImage.arm64()
                .library(0xc, "/usr/lib/libSystem.B.dylib")
                .named(0x8000001c, 12, "@loader_path")
                .command(0x32, 1, 0xb0000, 0, 0)
                .symbol(MachOImage.EXPORTED, "_PyInit_x")
                .symbol(MachOImage.IMPORTED, "_f")
                .bytes();
    }

    private static byte[] pe(boolean wide) {
        return new PeImage(wide, wide ? PeImage.AMD64 : PeImage.I386)
                .imports("python3.dll", "PyLong_FromLong", "7")
                .delayed("late.dll", "f")
                .exports("PyInit_x")
                .bytes();
    }

    static Stream<String> images() {
        return IMAGES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("images")
    void cutOffAnywhere(String name) throws IOException {
        byte[] image = IMAGES.get(name);
        assertThat(Images.readsWhole(image)).isTrue();
        int whole = 0;
        for (int length = 0; length < image.length; length++) {
            whole += Images.readsWhole(Arrays.copyOf(image, length)) ? 1 : 0;
        }
        // Nothing of importance is in what can be cut off: padding, or the end of a list.
        assertThat(whole).isLessThan(64);
    }

    @ParameterizedTest
    @MethodSource("images")
    void anyByteWrong(String name) throws IOException {
        byte[] image = IMAGES.get(name);
        int damaged = 0;
        for (int at = 0; at < image.length; at++) {
            byte good = image[at];
            for (int bad : new int[] {0, 1, 0x7f, 0x80, 0xff, good ^ 0x10}) {
                image[at] = (byte) bad;
                damaged += Images.readsWhole(image) ? 0 : 1;
            }
            image[at] = good;
        }
        assertThat(damaged).isPositive();
    }

    /** The same damage at each run. */
    @ParameterizedTest
    @MethodSource("images")
    void anyNumbersWrong(String name) throws IOException {
        byte[] good = IMAGES.get(name);
        Random random = new Random(1);
        int[] numbers = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1, 8, good.length, good.length - 1, 0x400000};
        for (int round = 0; round < 5000; round++) {
            byte[] image = good.clone();
            ByteBuffer words = ByteBuffer.wrap(image);
            for (int wrongs = 1 + random.nextInt(4); wrongs > 0; wrongs--) {
                words.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                words.putInt(random.nextInt(image.length / 4) * 4, numbers[random.nextInt(numbers.length)]);
            }
            Images.readsWhole(image);
        }
    }

    @Test
    void aHugeCountAllocatesNothing() {
        byte[] image = elf(true, ByteOrder.LITTLE_ENDIAN, ElfImage.X86_64, false);
        patchHash(image, Integer.MAX_VALUE);

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("the dynamic symbol table");
    }

    private static void patchHash(byte[] image, int count) {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        // The only place with one bucket, then the count of symbols: 6.
        for (int at = 176; at < image.length - 8; at++) {
            if (bytes.getInt(at) == 1 && bytes.getInt(at + 4) == 6) {
                bytes.putInt(at + 4, count);
                return;
            }
        }
        throw new AssertionError("no hash table");
    }

    /** A long name that every symbol has would need more memory than the file has bytes, many times over. */
    @Test
    void oneLongNameForManySymbolsIsNoName() {
        String[] names = new String[2000];
        Arrays.fill(names, "x");
        byte[] image = ElfImage.x86().exports(names).exports("y".repeat(20_000)).bytes();
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int symbols = 64 + 2 * 56;
        int longName = bytes.getInt(symbols + 24 * 2001);
        for (int i = 1; i <= 2000; i++) {
            bytes.putInt(symbols + 24 * i, longName + i);
        }

        assertThatThrownBy(() -> Images.read(image).exports(""))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("the names are longer than the file");
    }

    /** Numbers of one byte order under a header that promises the other. */
    @ParameterizedTest
    @MethodSource("images")
    void theOtherByteOrder(String name) throws IOException {
        byte[] image = IMAGES.get(name).clone();
        if (name.startsWith("elf")) {
            image[5] ^= 3;
        } else if (name.startsWith("mach-o")) {
            ByteBuffer magic = ByteBuffer.wrap(image);
            magic.putInt(0, Integer.reverseBytes(magic.getInt(0)));
        } else {
            // There is one order only: the place of the header, turned round.
            ByteBuffer start = ByteBuffer.wrap(image);
            start.putInt(60, Integer.reverseBytes(start.getInt(60)));
        }
        assertThat(Images.readsWhole(image)).isFalse();
    }

    @Test
    void aChainOfHashesThatNothingEndsEndsWithItsSegment() {
        byte[] image = ElfImage.x86().gnuHash().exports("f", "g").bytes();
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 176; at < image.length - 24; at++) {
            // One bucket, the first symbol, and a filter that lets everything through.
            if (bytes.getInt(at) == 1 && bytes.getInt(at + 4) == 1 && bytes.getLong(at + 16) == -1) {
                int chains = at + 28;
                // Zeros, up to the file's end: the end of the dynamic section.
                bytes.putInt(at + 24, 1 + (image.length - 12 - chains) / 4);
            }
        }

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("the GNU hash table's chains");
    }

    /** A list of symbols for each library is one list for all of them. */
    @Test
    void importsThatShareTheirSymbolsAreNoMoreThanFit() {
        String[] symbols = new String[500];
        Arrays.fill(symbols, "1");
        PeImage pe = new PeImage(false, PeImage.I386).imports("a.dll", symbols);
        for (int i = 0; i < 500; i++) {
            pe.imports("b.dll", "2");
        }
        byte[] image = pe.bytes();
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int table = bytes.getInt(64 + 24 + 92 + 4 + 8) - 0x1000 + 0x200;
        for (int i = 1; i <= 500; i++) {
            bytes.putInt(table + 20 * i + 16, bytes.getInt(table + 16));
        }

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("there are more imports than fit");
    }

    @Test
    void moreProgramHeadersThanAnyLoaderTakes() {
        byte[] image = Arrays.copyOf(elf(true, ByteOrder.LITTLE_ENDIAN, ElfImage.X86_64, true), 100_000);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putShort(56, (short) 1500);

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("1500 program headers");
    }

    @Test
    void versionNeedsThatLeadToThemselvesEnd() {
        byte[] image = ElfImage.x86()
                .imports("libc.so.6", "a@GLIBC_2.1")
                .imports("libm.so.6", "b@GLIBC_2.2")
                .bytes();
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 176; at < image.length - 16; at++) {
            // A library of one version, 16 bytes on, with a next library 32 bytes on.
            if (bytes.getShort(at) == 1 && bytes.getInt(at + 8) == 16 && bytes.getInt(at + 12) == 32) {
                bytes.putInt(at + 12, 0);
            }
        }

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("does not go on");
    }
}
