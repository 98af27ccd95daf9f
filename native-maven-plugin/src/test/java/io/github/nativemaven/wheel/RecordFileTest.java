package io.github.nativemaven.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.wheel.RecordFile.Hash;
import io.github.nativemaven.wheel.RecordFile.Row;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFileTest {
    private static final String EMPTY_HASH = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    @Test
    void writesWhatItReads() {
        RecordFile record = new RecordFile(List.of(
                Row.of("pkg/__init__.py", new byte[0]),
                Row.of("pkg/a,b \"c\".txt", "x".getBytes(UTF_8)),
                Row.bare("pkg-1.dist-info/RECORD")));

        assertThat(record.write()).isEqualTo("""
                        pkg/__init__.py,%s,0
                        "pkg/a,b ""c"".txt",sha256=LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE,1
                        pkg-1.dist-info/RECORD,,
                        """.formatted(EMPTY_HASH));
        assertThat(RecordFile.parse(record.write())).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a b",
                "ä/ü.py",
                "a,b",
                "\"",
                "\"\"",
                "a\nb",
                "a\r\nb",
                "\r",
                " ",
                "a\"b",
                "../../bin/x",
                "C:\\x"
            })
    void quotesWhereNeeded(String path) {
        RecordFile record = new RecordFile(List.of(Row.bare(path), Row.bare("last")));

        assertThat(RecordFile.parse(record.write())).isEqualTo(record);
    }

    @Test
    void readsAllLineEndsAndFieldsLeftOut() {
        RecordFile record = RecordFile.parse("a,,\r\n\nb,md5=x,3\r\"c\",sha384=y-_,\n\"d\",,5");

        assertThat(record.rows()).extracting(Row::path).containsExactly("a", "b", "c", "d");
        assertThat(record.rows())
                .extracting(Row::size)
                .containsExactly(OptionalLong.empty(), OptionalLong.of(3), OptionalLong.empty(), OptionalLong.of(5));
        assertThat(record.rows().get(2).hash()).contains(new Hash("sha384", "y-_"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a                  | row 1 of RECORD 'a': expected a path, a hash and a size",
                "a,,1,2             | row 1 of RECORD 'a,,1,2': expected a path, a hash and a size",
                ",,                 | path in RECORD '': expected at least one character",
                "a,,-1              | size '-1': expected a number of bytes",
                "a,,99999999999999999999 | expected a number of bytes",
                "a,sha256,1         | hash '=sha256': expected an algorithm",
                "a,sha256=x,1       | hash 'sha256=x': expected an algorithm",
                "a,md5=x/y,1        | hash 'md5=x/y': expected an algorithm",
                "a,=x,1             | hash '=x': expected an algorithm",
                "\"a,,              | expected a closing quote",
                "\"a\"b,,           | expected a comma or the end of the line after a quote",
            })
    void refuses(String text, String reason) {
        assertThatThrownBy(() -> RecordFile.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void hashesAsPythonDoes() {
        assertThat(Hash.sha256(new byte[0])).hasToString(EMPTY_HASH);
    }
}
