package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0B",
        "1234, 1234, 1234B",
        "500MB, 500000000, 500MB",
        "' 2 gib ', 2147483648, 2147483648B",
        "10GB, 10000000000, 10GB",
        "1TB, 1000000000000, 1TB",
        "3kB, 3000, 3kB",
    })
    void readsNumbersWithUnits(String text, long bytes, String shown) {
        ByteSize size = ByteSize.parse(text);
        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(shown);
        assertThat(ByteSize.parse(shown)).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1", "1.5GB", "10 gigabytes", "99999999999GB", "99999999999999999999", "1 0"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(MalformedException.class);
    }
}
