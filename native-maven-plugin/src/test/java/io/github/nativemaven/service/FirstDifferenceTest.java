package io.github.nativemaven.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstDifferenceTest {
    private static Optional<FirstDifference> find(String one, String other) throws IOException {
        return FirstDifference.find(
                new ByteArrayInputStream(one.getBytes(StandardCharsets.ISO_8859_1)),
                new ByteArrayInputStream(other.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Also where what is read at once ends. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 65_500, 65_536 - 8, 65_536 - 7, 65_536, 65_536 + 60, 131_072, 200_000})
    void tellsTheTextsAroundThePlace(int before) throws IOException {
        String zeros = "\0".repeat(before);
        assertThat(find(zeros + "built 17:15\0rest", zeros + "built 18:16\0rest"))
                .contains(new FirstDifference(before + 7, "built 17:15", "built 18:16"));
    }

    @Test
    void whatIsTheSameDiffersNowhere() throws IOException {
        String long1 = "x".repeat(300_000);
        assertThat(find(long1, long1)).isEmpty();
        assertThat(find("", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_536, 65_600, 131_072})
    void oneMayGoOnWhereTheOtherEnds(int length) throws IOException {
        String text = "\0".repeat(length);
        assertThat(find(text, text + "tail")).contains(new FirstDifference(length, "", "tail"));
        assertThat(find(text + "tail", text)).contains(new FirstDifference(length, "tail", ""));
    }

    @Test
    void aBuildIdComesLast() throws IOException {
        String mark = "\u0014\0\0\0\3\0\0\0GNU\0";
        String one = "\0\0" + mark + "a".repeat(20) + "\0same\0";
        String other = "\0\0" + mark + "a".repeat(9) + "b".repeat(11) + "\0same\0";
        assertThat(find(one, other))
                .hasValueSatisfying(found -> assertThat(found.offset()).isEqualTo(2 + 12 + 9));
        assertThat(find(one + "time 1\0", other + "time 2\0"))
                .contains(new FirstDifference(one.length() + 5, "time 1", "time 2"));
    }

    @Test
    void shortScrapsAreNoText() throws IOException {
        assertThat(find("\0ab\0", "\0ac\0")).contains(new FirstDifference(2, "", ""));
    }
}
