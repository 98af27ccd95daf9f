package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.TomlTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tomlj.TomlParseResult;

/** What cargo and whoever it calls print, and TOML files that are changed, whatever is in them. */
class CargoTextsFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void messages(FuzzedDataProvider data) {
        List<String> printed = new ArrayList<>();
        RecordedEvents events = new RecordedEvents();
        CargoMessages messages = new CargoMessages("label", events, printed::add);
        List<String> lines = data.consumeRemainingAsString().lines().toList();
        for (String line : lines) {
            messages.output(line);
            messages.error(line);
        }
        CargoOutcome outcome = messages.outcome(0, Duration.ZERO);
        assertThat(outcome.lastWords()).hasSizeLessThanOrEqualTo(20);
        assertThat(lines).containsAll(printed);
    }

    @FuzzTest(maxDuration = "10m")
    void metadata(FuzzedDataProvider data) {
        try {
            CargoMetadata.parse(data.consumeRemainingAsString());
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void depInfo(FuzzedDataProvider data) {
        DepInfo.parse(data.consumeRemainingAsString(), Path.of("/x")).inputs().forEach(path -> assertThat(path)
                .isAbsolute());
    }

    @FuzzTest(maxDuration = "10m")
    void tomlString(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            TomlEdit edit = TomlEdit.of(text);
            List<String> path = List.of("package", "version");
            boolean replaced = edit.replace(path, "1.2.3");
            assertThat(replaced ? edit.string(path).orElse("") : "1.2.3").isEqualTo("1.2.3");
            assertThatOneStringChanged(text, edit.text(), replaced);
        } catch (MalformedException e) {
            assertThat(TomlTexts.parse(text).filter(it -> !it.hasErrors())).isEmpty();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void lockedVersion(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            TomlEdit edit = TomlEdit.of(text);
            boolean replaced = edit.replaceLocked("a", "0.1.0", "1.2.3");
            assertThatOneStringChanged(text, edit.text(), replaced);
        } catch (MalformedException e) {
            assertThat(TomlTexts.parse(text).filter(it -> !it.hasErrors())).isEmpty();
        }
    }

    private static TomlParseResult parse(String text) {
        return TomlTexts.parse(text).orElseThrow();
    }

    /** All that is before a string and behind it is as it was, and so is what it says but for that string. */
    private static void assertThatOneStringChanged(String before, String after, boolean replaced) {
        if (!replaced) {
            assertThat(after).isEqualTo(before);
            return;
        }
        int start = 0;
        while (start < before.length() && start < after.length() && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < before.length() - start
                && end < after.length() - start
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        String old = before.substring(start, before.length() - end);
        assertThat(old).as("what was replaced").doesNotContain("\n");
        assertThat(parse(after).errors()).isEmpty();
        assertThat(parse(after).dottedKeySet(true)).isEqualTo(parse(before).dottedKeySet(true));
    }
}
