package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WheelNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_fast_lib-0.1.0-cp38-abi3-manylinux_2_17_x86_64.whl",
                "my_fast_lib-0.1.0-cp313-cp313t-win_amd64.whl",
                "a-1!2rc1.post1.dev0+local.1-1_build.2-py2.py3-none-any.whl",
                "a-1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
                "a-1-cp315-abi3.abi3t-macosx_11_0_arm64.whl",
                "a-1-pp311-pypy311_pp73-musllinux_1_2_aarch64.whl"
            })
    void printsWhatItReads(String fileName) {
        assertThat(WheelName.parse(fileName)).hasToString(fileName);
    }

    @ParameterizedTest
    @CsvSource({
        "Foo.Bar-1.0-py3-none-any.whl, foo_bar-1.0-py3-none-any.whl",
        "a-1.0.0RC1-PY3-NONE-any.whl, a-1.0.0rc1-py3-none-any.whl",
        "a-1.0_1-py3-none-any.whl,",
    })
    void readsWhatOlderToolsWrote(String fileName, String printed) {
        if (printed == null) {
            assertThatThrownBy(() -> WheelName.parse(fileName)).isInstanceOf(MalformedException.class);
        } else {
            assertThat(WheelName.parse(fileName)).hasToString(printed).isEqualTo(WheelName.parse(printed));
        }
    }

    @Test
    void hasParts() {
        WheelName name = WheelName.parse("My.Lib-1.0-2x-cp39-abi3-win32.whl");

        assertThat(name.name()).hasToString("My.Lib");
        assertThat(name.version()).hasToString("1.0");
        assertThat(name.build()).contains("2x");
        assertThat(name.tag()).isEqualTo(new WheelTag(List.of("cp39"), List.of("abi3"), List.of("win32")));
        assertThat(name.distInfo()).isEqualTo("my_lib-1.0.dist-info");
        assertThat(name.data()).isEqualTo("my_lib-1.0.data");
    }

    @Test
    void isMadeOfParts() {
        WheelTag tag = WheelTag.parse("py3-none-any");

        assertThat(WheelName.of(new DistributionName("My-Lib"), Pep440Version.parse("1.0-rc.1"), tag))
                .hasToString("my_lib-1.0rc1-py3-none-any.whl");
        assertThatThrownBy(() ->
                        new WheelName(new DistributionName("a"), Pep440Version.parse("1"), Optional.of("x1"), tag))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("build of a wheel 'x1': expected a digit");
    }

    @ParameterizedTest
    @CsvSource({
        "'', expected name-version[-build]-interpreter-abi-platform.whl",
        "a-1-py3-none-any.zip, expected name-version[-build]-interpreter-abi-platform.whl",
        "a-1-py3-none.whl, expected name-version[-build]-interpreter-abi-platform.whl",
        "a-1-2-3-py3-none-any.whl, expected name-version[-build]-interpreter-abi-platform.whl",
        "a__b-1-py3-none-any.whl, expected no '__' in the name",
        "_a-1-py3-none-any.whl, distribution name '_a'",
        "a-1_1-py3-none-any.whl, version '1_1': expected numbers with dots",
        "a-1-x1-py3-none-any.whl, build of a wheel 'x1': expected a digit",
        "a-1--none-any.whl, wheel tag '-none-any': expected interpreter-abi-platform",
        "a-1-py3..py2-none-any.whl, wheel tag 'py3..py2-none-any'",
        "a-1-py3-none-an!.whl, wheel tag 'py3-none-an!'",
    })
    void namesTheWholeInput(String fileName, String reason) {
        assertThatThrownBy(() -> WheelName.parse(fileName))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("wheel name '" + fileName + "': ")
                .hasMessageContaining(reason);
    }

    @Test
    void expandsTags() {
        assertThat(WheelTag.parse("py3.py2-none-win32.any.any").expand())
                .map(WheelTag::toString)
                .containsExactly("py2-none-any", "py2-none-win32", "py3-none-any", "py3-none-win32");
        assertThat(WheelTag.parse("cp39-abi3-any").expand()).containsExactly(WheelTag.parse("cp39-abi3-any"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "py3", "py3-none", "py3-none-any-any", "py3--any", ".py3-none-any", "py3-no ne-any"})
    void refusesTags(String text) {
        assertThatThrownBy(() -> WheelTag.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("wheel tag '" + text + "': expected interpreter-abi-platform");
    }
}
