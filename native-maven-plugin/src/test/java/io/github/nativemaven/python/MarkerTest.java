package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
    private static final MarkerEnvironment MAC = new MarkerEnvironment(
            Map.of(
                    "os_name", "posix",
                    "sys_platform", "darwin",
                    "platform_release", "23.5.0",
                    "platform_version", "Darwin Kernel Version 23.5.0",
                    "python_version", "3.12",
                    "python_full_version", "3.12.1",
                    "implementation_version", "3.12.1"),
            Set.of("Fast_Path", "docs"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "os_name=='a'                                        | os_name == \"a\"",
                "os_name == 'say \"a\"'                              | os_name == 'say \"a\"'",
                "'a'!=os.name                                        | \"a\" != os_name",
                "python_implementation in 'x'                        | platform_python_implementation in \"x\"",
                "sys_platform not\tin 'x'                            | sys_platform not in \"x\"",
                "os_name=='a' and (os_name=='b' and os_name=='c')    | os_name == \"a\" and os_name == \"b\" and os_name == \"c\"",
                "(os_name=='a' or os_name=='b') or os_name=='c'      | os_name == \"a\" or os_name == \"b\" or os_name == \"c\"",
                "os_name=='a' and (os_name=='b' or os_name=='c')     | os_name == \"a\" and (os_name == \"b\" or os_name == \"c\")",
                "(os_name=='a' and os_name=='b') or (os_name=='c')   | os_name == \"a\" and os_name == \"b\" or os_name == \"c\"",
                "\"A.b_C\" == extra                                  | \"a-b-c\" == extra",
                "extra == 'not a name'                               | extra == \"not a name\"",
            })
    void printsInOneWay(String text, String printed) {
        Marker marker = Marker.parse(text);

        assertThat(marker).hasToString(printed);
        assertThat(Marker.parse(printed)).isEqualTo(marker);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python_version >= '3.9'                    | true",
                "python_version < '3.9'                     | false",
                "'3.9' < python_version                     | true",
                "python_version == '3.*'                    | true",
                "python_version ~= '3.9'                    | true",
                "python_full_version > '3.12'               | true",
                "python_version in '3.11 3.12'              | true",
                "python_version == 'x'                      | false",
                "python_version != 'x'                      | true",
                "python_version > 'x'                       | false",
                "sys_platform == 'darwin'                   | true",
                "sys_platform == 'Darwin'                   | false",
                "sys_platform >= 'darwin'                   | true",
                "sys_platform > 'a'                         | false",
                "sys_platform < 'z'                         | false",
                "'win' in sys_platform                      | true",
                "'win' not in sys_platform                  | false",
                "os_name in 'nt posix'                      | true",
                "platform_release >= '9'                    | true",
                "platform_version >= '9'                    | false",
                "'Kernel' in platform_version               | true",
                "platform_machine == ''                     | true",
                "implementation_name == ''                  | true",
                "extra == 'fast.path'                       | true",
                "extra == 'docs' and 'fast-path' == extra   | true",
                "extra != 'docs'                            | false",
                "extra == 'other'                           | false",
                "extra > 'a'                                | false",
                "os_name == 'x' and os_name == 'y' or os_name == 'posix'    | true",
                "os_name == 'posix' or os_name == 'x' and os_name == 'y'    | true",
                "(os_name == 'posix' or os_name == 'x') and os_name == 'y'  | false",
            })
    void evaluates(String text, boolean expected) {
        assertThat(Marker.parse(text).evaluate(MAC)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                          | expected a variable such as python_version, or a text in quotes at its end",
                "os_name                     | expected one of ==, !=, <, <=, >, >=, ~=, ===, in, not in at its end",
                "os_name = 'x'               | expected one of ==, !=, <, <=, >, >=, ~=, ===, in, not in at character 9",
                "os_name == 'x               | no closing quote for the text that begins at character 12",
                "os_name not 'x'             | expected 'in' after 'not' at character 13",
                "os_name inside 'x'          | expected one of ==, !=, <, <=, >, >=, ~=, ===, in, not in at character 9",
                "(os_name == 'x'             | expected 'and', 'or' or ')' at its end",
                "os_name == 'x')             | expected 'and', 'or' or nothing more at character 15",
                "os_name == 'x' and          | expected a variable such as python_version, or a text in quotes at its end",
                "os_name == 'a\\b'           | no reader takes them alike, at character 12",
                "'x' in extras               | variable extras, which only a lock file may use, at character 8",
                "sys_platform ~= 'x'         | ~= only goes with versions, after ~= at character 17",
                "python_version ~= '3'       | expected at least two numbers, such as 1.0, after ~= at character 19",
            })
    void refusesWithThePlace(String text, String reason) {
        assertThatThrownBy(() -> Marker.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("marker '" + text + "': ")
                .hasMessageEndingWith(reason);
    }

    @Test
    void namesTheVariablesThatItKnows() {
        assertThatThrownBy(() -> Marker.parse("os == 'x'"))
                .hasMessageContaining("unknown variable os; known are [os_name, ")
                .hasMessageEndingWith("extra], at character 1");
    }

    @Test
    void refusesParenthesesWithoutEnd() {
        String deep = "(".repeat(100_000);

        assertThatThrownBy(() -> Marker.parse(deep))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than 200 parentheses");
        assertThat(Marker.parse("(".repeat(200) + "os_name=='a'" + ")".repeat(200)))
                .hasToString("os_name == \"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u2028b", "a\u0000", "'\""})
    void refusesTextsThatCannotBeWritten(String value) {
        assertThatThrownBy(() -> new Marker.Literal(value)).isInstanceOf(MalformedException.class);
    }

    @Test
    void combinesWithParenthesesWhereNeeded() {
        Marker either = Marker.parse("os_name == 'a' or os_name == 'b'");

        assertThat(either.and(Marker.extra("X")))
                .hasToString("(os_name == \"a\" or os_name == \"b\") and extra == \"x\"");
        assertThat(Marker.extra("y").and(Marker.extra("X"))).hasToString("extra == \"y\" and extra == \"x\"");
    }

    @Test
    void environmentHasAllVariables() {
        MarkerEnvironment empty = MarkerEnvironment.of(Map.of());

        assertThat(empty.variables())
                .hasSize(11)
                .containsEntry("python_version", "0")
                .containsEntry("os_name", "");
        assertThatThrownBy(() -> MarkerEnvironment.of(Map.of("os", "x")))
                .hasMessageContaining("no marker variable: os");
    }

    @Test
    void aPythonFromAWorkingCopyHasAVersion() {
        MarkerEnvironment environment = MarkerEnvironment.of(Map.of("python_full_version", "3.15.0a1+"));

        assertThat(Marker.parse("python_full_version >= '3.15.0a1'").evaluate(environment))
                .isTrue();
    }
}
