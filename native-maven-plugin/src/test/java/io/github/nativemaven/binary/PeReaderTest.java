package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.binary.PeFile.Import;
import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeReaderTest {
    static Stream<Arguments> machines() {
        return Stream.of(
                Arguments.of(true, PeImage.AMD64, Architecture.X86_64),
                Arguments.of(true, PeImage.ARM64, Architecture.AARCH64),
                Arguments.of(false, PeImage.I386, Architecture.I686),
                Arguments.of(false, 0x1c4, Architecture.ARMV7L),
                Arguments.of(true, 0x200, null));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void readsBothWidths(boolean wide, int machine, Architecture expected) throws IOException {
        PeFile file = (PeFile) Images.read(new PeImage(wide, machine)
                .imports("python3.dll", "PyLong_FromLong", "7", "PyErr_Occurred")
                .imports("KERNEL32.dll", "Sleep")
                .delayed("late.dll", "f", "9")
                .exports("PyInit_x", "other")
                .bytes());

        assertThat(file.architectures()).isEqualTo(Stream.ofNullable(expected).toList());
        assertThat(file.isShared()).isTrue();
        assertThat(file.needed()).containsExactly("python3.dll", "KERNEL32.dll", "late.dll");
        assertThat(file.libraries())
                .containsExactly(
                        new Import("python3.dll", false, List.of("PyLong_FromLong", "PyErr_Occurred")),
                        new Import("KERNEL32.dll", false, List.of("Sleep")),
                        new Import("late.dll", true, List.of("f")));
        assertThat(file.imports()).containsExactly("PyLong_FromLong", "PyErr_Occurred", "Sleep", "f");
        assertThat(file.exports("")).containsExactly("PyInit_x", "other");
        assertThat(file.exports("PyInit_")).containsExactly("PyInit_x");
    }

    @Test
    void readsDelayedImportsOfOldLinkers() throws IOException {
        PeFile file = (PeFile) Images.read(new PeImage(false, PeImage.I386)
                .delayedAbsolute("late.dll", "f")
                .bytes());

        assertThat(file.libraries()).containsExactly(new Import("late.dll", true, List.of("f")));
    }

    @Test
    void aLibraryMayNeedAndExportNothing() throws IOException {
        PeFile file = (PeFile) Images.read(new PeImage(true, PeImage.AMD64).bytes());

        assertThat(file.needed()).isEmpty();
        assertThat(file.exports("")).isEmpty();
    }

    @Test
    void aDosProgramIsNoPeFile() {
        byte[] image = new PeImage(true, PeImage.AMD64).bytes();
        image[64] = 'N';

        assertThatThrownBy(() -> Images.read(image))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessage("image: a DOS program, not a PE file (at byte 64)");
    }
}
