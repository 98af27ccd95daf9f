package io.github.nativemaven.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.PlatformTag.LegacyManylinux.Edition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTagTest {
    static Stream<Arguments> tags() {
        return Stream.of(
                Arguments.of("manylinux_2_17_x86_64", new PlatformTag.Manylinux(2, 17, Architecture.X86_64)),
                Arguments.of("manylinux_2_39_loongarch64", new PlatformTag.Manylinux(2, 39, Architecture.LOONGARCH64)),
                Arguments.of(
                        "manylinux2014_aarch64",
                        new PlatformTag.LegacyManylinux(Edition.MANYLINUX2014, Architecture.AARCH64)),
                Arguments.of("manylinux1_i686", new PlatformTag.LegacyManylinux(Edition.MANYLINUX1, Architecture.I686)),
                Arguments.of("musllinux_1_2_armv7l", new PlatformTag.Musllinux(1, 2, Architecture.ARMV7L)),
                Arguments.of("linux_x86_64", new PlatformTag.Linux(Architecture.X86_64)),
                Arguments.of("linux_armv6l", new PlatformTag.Linux(Architecture.ARMV6L)),
                Arguments.of("macosx_11_0_arm64", new PlatformTag.Macos(11, 0, "arm64")),
                Arguments.of("macosx_10_12_x86_64", new PlatformTag.Macos(10, 12, "x86_64")),
                Arguments.of("macosx_10_9_universal2", new PlatformTag.Macos(10, 9, "universal2")),
                Arguments.of("win_amd64", new PlatformTag.Windows(Architecture.X86_64)),
                Arguments.of("win_arm64", new PlatformTag.Windows(Architecture.AARCH64)),
                Arguments.of("win32", new PlatformTag.Windows(Architecture.I686)),
                Arguments.of("any", new PlatformTag.Any()),
                Arguments.of("emscripten_4_0_9_wasm32", new PlatformTag.Other("emscripten_4_0_9_wasm32")),
                Arguments.of("freebsd_14_1_release_amd64", new PlatformTag.Other("freebsd_14_1_release_amd64")));
    }

    @ParameterizedTest
    @MethodSource("tags")
    void printingIsTheInverseOfParsing(String text, PlatformTag tag) {
        assertThat(PlatformTag.parse(text)).isEqualTo(tag);
        assertThat(tag).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "manylinux",
                "manylinux_2_17",
                "manylinux_2_17_",
                "manylinux_2_x86_64",
                "manylinux_02_17_x86_64",
                "manylinux_2_17_x86-64",
                "manylinux_2_17_X86_64",
                "manylinux_2_99999_x86_64",
                "manylinux2015_x86_64",
                "manylinux2014_amd64",
                "manylinux1_",
                "musllinux_1_x86_64",
                "linux_mips",
                "linux_wasm32",
                "macosx_11_arm64",
                "macosx_11_0_aarch64",
                "win64",
                "win_x86_64",
                "Any",
                "any ",
                "manylinux_2_17_x86_64.manylinux2014_x86_64",
                "x-y_z"
            })
    void whatIsNoTagIsRefused(String text) {
        assertThatThrownBy(() -> PlatformTag.parse(text)).isInstanceOfSatisfying(MalformedException.class, e -> {
            assertThat(e.kind()).isEqualTo("platform tag");
            assertThat(e.input()).isEqualTo(text);
        });
    }

    /** WHEEL may have tags of any length in it. */
    @Test
    void aTagMayHaveManyParts() {
        assertThat(PlatformTag.parse("a" + "_b".repeat(100_000))).isInstanceOf(PlatformTag.Other.class);
    }

    @ParameterizedTest
    @CsvSource({"manylinux1, 5", "manylinux2010, 12", "manylinux2014, 17"})
    void olderNamesMeanAVersionOfGlibc(String prefix, int minor) {
        PlatformTag.LegacyManylinux tag = (PlatformTag.LegacyManylinux) PlatformTag.parse(prefix + "_i686");

        assertThat(tag.modern()).isEqualTo(new PlatformTag.Manylinux(2, minor, Architecture.I686));
    }

    @Test
    void aSetHasADotBetweenItsTags() {
        assertThat(PlatformTag.parseSet("manylinux_2_17_x86_64.manylinux2014_x86_64"))
                .extracting(PlatformTag::toString)
                .containsExactly("manylinux_2_17_x86_64", "manylinux2014_x86_64");
        assertThatThrownBy(() -> PlatformTag.parseSet("any.")).isInstanceOf(MalformedException.class);
    }
}
