package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionNameTest {

    @ParameterizedTest
    @CsvSource({
        "a, a, a",
        "my_fast_lib, my-fast-lib, my_fast_lib",
        "My.Fast-Lib, my-fast-lib, my_fast_lib",
        "FrIeNdLy-._.-bArD, friendly-bard, friendly_bard",
        "0x, 0x, 0x",
    })
    void normalizes(String text, String normalized, String escaped) {
        DistributionName name = DistributionName.parse(text);

        assertThat(name).hasToString(text);
        assertThat(name.normalized()).isEqualTo(normalized);
        assertThat(name.escaped()).isEqualTo(escaped);
        assertThat(name)
                .isEqualTo(DistributionName.parse(normalized))
                .hasSameHashCodeAs(DistributionName.parse(escaped));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "_a", "a.", "a b", "a/b", "naïve", "a\n", "a[b]"})
    void refuses(String text) {
        assertThatThrownBy(() -> DistributionName.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("distribution name '" + text + "'")
                .hasMessageContaining("letter or digit first and last");
    }
}
