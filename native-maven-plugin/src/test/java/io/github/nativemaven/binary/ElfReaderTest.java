package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.binary.ElfFile.FloatAbi;
import io.github.nativemaven.binary.ElfFile.VersionNeed;
import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElfReaderTest {
    @TempDir
    Path directory;

    static Stream<Arguments> machines() {
        return Stream.of(
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, ElfImage.X86_64, Architecture.X86_64),
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, ElfImage.AARCH64, Architecture.AARCH64),
                Arguments.of(false, ByteOrder.LITTLE_ENDIAN, ElfImage.I386, Architecture.I686),
                Arguments.of(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM, Architecture.ARMV7L),
                Arguments.of(true, ByteOrder.BIG_ENDIAN, ElfImage.S390, Architecture.S390X),
                Arguments.of(true, ByteOrder.BIG_ENDIAN, ElfImage.PPC64, Architecture.PPC64),
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, ElfImage.PPC64, Architecture.PPC64LE),
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, 243, Architecture.RISCV64),
                Arguments.of(true, ByteOrder.LITTLE_ENDIAN, 258, Architecture.LOONGARCH64),
                // x32, armeb and riscv32 are no platforms of wheels.
                Arguments.of(false, ByteOrder.LITTLE_ENDIAN, ElfImage.X86_64, null),
                Arguments.of(false, ByteOrder.BIG_ENDIAN, ElfImage.ARM, null),
                Arguments.of(false, ByteOrder.LITTLE_ENDIAN, 243, null),
                Arguments.of(true, ByteOrder.BIG_ENDIAN, 8, null));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void readsBothWidthsAndByteOrders(boolean wide, ByteOrder order, int machine, Architecture expected)
            throws IOException {
        for (boolean gnuHash : List.of(true, false)) {
            ElfImage image = new ElfImage(wide, order, machine)
                    .soname("libx.so.1")
                    .needed("libc.so.6", "libm.so.6")
                    .rpath("/a:/b")
                    .runpath("$ORIGIN/../x.libs")
                    .imports("libc.so.6", "memcpy@GLIBC_2.14")
                    .imports("libc.so.6", "stat@GLIBC_2.33")
                    .imports("libm.so.6", "exp@GLIBC_2.29")
                    .imports("", "PyLong_FromLong")
                    .exports("PyInit_x", "PyInit_y", "other");
            ElfFile file = (gnuHash ? image.gnuHash() : image).read(directory.resolve("libx.so"));

            assertThat(file.architecture()).isEqualTo(Optional.ofNullable(expected));
            assertThat(file.pointerWidth()).isEqualTo(wide ? 64 : 32);
            assertThat(file.soname()).contains("libx.so.1");
            assertThat(file.needed()).containsExactly("libc.so.6", "libm.so.6");
            assertThat(file.rpath()).containsExactly("/a", "/b");
            assertThat(file.runpath()).containsExactly("$ORIGIN/../x.libs");
            assertThat(file.interpreter()).isEmpty();
            assertThat(file.isShared()).isTrue();
            assertThat(file.versionNeeds())
                    .containsExactly(
                            new VersionNeed("libc.so.6", "GLIBC_2.14", false, Optional.of("memcpy")),
                            new VersionNeed("libc.so.6", "GLIBC_2.33", false, Optional.of("stat")),
                            new VersionNeed("libm.so.6", "GLIBC_2.29", false, Optional.of("exp")));
            assertThat(file.versionsNeededOf("libc.so.6")).containsExactly("GLIBC_2.14", "GLIBC_2.33");
            assertThat(file.versionNeeds().get(0)).hasToString("memcpy@GLIBC_2.14");
            assertThat(file.exports("PyInit_")).containsExactly("PyInit_x", "PyInit_y");
            assertThat(file.exports("")).containsExactly("PyInit_x", "PyInit_y", "other");
            assertThat(file.imports()).containsExactly("memcpy", "stat", "exp", "PyLong_FromLong");
        }
    }

    /** GNU ld then writes a hash table that leads to no symbol at all. */
    @Test
    void findsImportsWhereNothingIsExported() throws IOException {
        ElfFile file = ElfImage.x86()
                .gnuHash()
                .needed("libc.so.6")
                .imports("libc.so.6", "memcpy@GLIBC_2.14")
                .read(directory.resolve("libx.so"));

        assertThat(file.imports()).containsExactly("memcpy");
        assertThat(file.exports("")).isEmpty();
    }

    @Test
    void tellsWeakNeedsFromStrongOnes() throws IOException {
        ElfFile file = ElfImage.x86()
                .importsWeak("libc.so.6", "statx@GLIBC_2.28")
                .imports("libc.so.6", "memcpy@GLIBC_2.14")
                .read(directory.resolve("libx.so"));

        assertThat(file.versionNeeds()).extracting(VersionNeed::weak).containsExactly(true, false);
        assertThat(file.imports()).containsExactly("statx", "memcpy");
        assertThat(file.requiredImports()).containsExactly("memcpy");
    }

    @ParameterizedTest
    @CsvSource({"0x05000400, HARD", "0x05000200, SOFT", "0x05000000, UNSTATED"})
    void tellsHowArmPassesFloatingPointNumbers(String flags, FloatAbi expected) throws IOException {
        ElfFile file = new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM)
                .flags(Long.decode(flags))
                .read(directory.resolve("libx.so"));

        assertThat(file.floatAbi()).isEqualTo(expected);
    }

    @Test
    void floatAbiIsOfArmAlone() throws IOException {
        assertThat(ElfImage.x86().flags(0x400).read(directory.resolve("x")).floatAbi())
                .isEqualTo(FloatAbi.UNSTATED);
    }

    @Test
    void aFaultNamesFilePlaceAndReason() throws IOException {
        byte[] bytes = ElfImage.x86().needed("libc.so.6").bytes();
        bytes[4] = 7;

        assertThatThrownBy(() -> Images.read(bytes))
                .isInstanceOfSatisfying(MalformedBinaryException.class, e -> {
                    assertThat(e.path()).isEqualTo(Path.of("image"));
                    assertThat(e.offset()).isEqualTo(4);
                    assertThat(e.reason()).isEqualTo("ELF class 7 is neither 32 nor 64 bit");
                })
                .hasMessage("image: ELF class 7 is neither 32 nor 64 bit (at byte 4)");
    }
}
