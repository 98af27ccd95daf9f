package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsWhatIsThere() throws IOException {
        Json json = Json.read("""
                {"text": "ü\\n\\u00fc", "number": 12345678901234567890.50, "yes": true, "no": false, "nothing": null,
                 "list": ["a", 1, null, {"b": "c"}], "object": {"z": "1", "a": "2"}}""");
        assertThat(json.get("text").text()).contains("ü\nü");
        assertThat(json.get("number").string()).isEqualTo("12345678901234567890.50");
        assertThat(json.get("yes").isTrue()).isTrue();
        assertThat(json.get("no").isTrue()).isFalse();
        assertThat(json.get("nothing").text()).isEmpty();
        assertThat(json.get("list").strings()).containsExactly("a", "1", "", "");
        assertThat(json.get("list").items().get(3).get("b").string()).isEqualTo("c");
        assertThat(json.get("object").members().keySet()).containsExactly("z", "a");
    }

    @Test
    void whatIsNotThereIsEmptyAllTheWayDown() throws IOException {
        Json json = Json.read("{\"a\": 1}");
        assertThat(json.get("b").get("c").items()).isEmpty();
        assertThat(json.get("a").get("c").members()).isEmpty();
        assertThat(json.get("a").items()).isEmpty();
        assertThat(json.get("b").string()).isEmpty();
        assertThat(json.isTrue()).isFalse();
        assertThat(json.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"}",
                "[1,]",
                "[1",
                "nonsense",
                "{\"a\": 1} x",
                "{} {}",
                "{'a': 1}",
                "{\"a\": NaN}",
                "{a: 1}",
                "// comment\n1"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(IOException.class);
    }
}
