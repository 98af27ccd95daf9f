package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain-1.2_3,a=b:/c@d%e+ | plain-1.2_3,a=b:/c@d%e+",
                "two words               | 'two words'",
                "it's                    | 'it'\\''s'",
                "$HOME                   | '$HOME'",
                "*                       | '*'",
                "~                       | '~'",
                "ü                       | 'ü'",
                "``                      | ''",
            })
    void quotesWhatAShellWouldRead(String word, String shown) {
        assertThat(Command.of(Path.of("."), word)).hasToString(shown);
    }

    @Test
    void aShellReadsTheLineAsItWasMeant(@TempDir Path directory) {
        List<String> words = List.of("a b", "it's", "", "\"", "$HOME", "`id`", "\\", "*", "~", "#", "ü", "a\nb", "!x");
        List<String> arguments = new ArrayList<>(List.of("printf", "%s|"));
        arguments.addAll(words);
        String line = new Command(arguments, directory, Map.of()).toString();
        assertThat(run(directory, line)).isEqualTo(String.join("|", words) + "|\n");
    }

    @Test
    void aShellMakesTheSameEnvironment(@TempDir Path directory) {
        Map<String, String> changes = new HashMap<>();
        changes.put("AAA", "x y");
        changes.put("HOME", null);
        changes.put("ZZZ", "it's");
        Command command =
                new Command(List.of("sh", "-c", "echo $AAA ${HOME-none} $ZZZ ${PATH:+path}"), directory, changes);
        assertThat(command.toString()).startsWith("env -u HOME 'AAA=x y' ");
        assertThat(run(directory, command.toString())).isEqualTo("x y none it's path\n");
    }

    @Test
    void whatIsSecretIsShownToNobody() {
        Map<String, String> environment = Map.of("SCCACHE_REDIS_PASSWORD", "hush", "AWS_SECRET_ACCESS_KEY", "hush");
        assertThat(new Command(List.of("x"), Path.of("."), environment).toString())
                .contains("SCCACHE_REDIS_PASSWORD=***")
                .doesNotContain("hush");
    }

    private static String run(Path directory, String line) {
        return new ProcessRunner(Events.ignored())
                .capture(Command.of(directory, "sh", "-c", line), Duration.ofSeconds(20))
                .output();
    }

    @Test
    void aCommandIsNotChangedFromOutside() {
        String[] arguments = {"a", "b"};
        List<String> list = new ArrayList<>(Arrays.asList(arguments));
        Command command = new Command(list, Path.of("."), Map.of());
        list.clear();
        assertThat(command.arguments()).containsExactly("a", "b");
    }
}
