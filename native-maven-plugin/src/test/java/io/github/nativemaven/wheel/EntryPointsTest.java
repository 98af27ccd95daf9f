package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.wheel.EntryPoints.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryPointsTest {

    @Test
    void writesSortedGroups() {
        EntryPoints points = EntryPoints.of(Map.of(
                "gui_scripts", Map.of("win", "pkg.gui:App.main"),
                "console_scripts", Map.of("b-tool", "pkg:b", "a.tool", "pkg.cli : main [X_y, a]"),
                "empty", Map.of(),
                "pytest11", Map.of("my plugin", "pkg._plugin")));

        assertThat(points.write()).isEqualTo("""
                        [console_scripts]
                        a.tool = pkg.cli:main [a,x-y]
                        b-tool = pkg:b

                        [gui_scripts]
                        win = pkg.gui:App.main

                        [pytest11]
                        my plugin = pkg._plugin
                        """);
        assertThat(EntryPoints.parse(points.write())).isEqualTo(points);
    }

    @Test
    void readsWhatOthersWrite() {
        EntryPoints points = EntryPoints.parse("""
                # a comment
                [console_scripts]
                  foo=foomod:main
                ; another
                Foo = foomod : main_bar  [ bar , baz ]\r

                [empty]
                [x.y_z]
                größe = modül
                """);

        assertThat(points.groups()).containsOnlyKeys("console_scripts", "x.y_z");
        assertThat(points.groups().get("console_scripts"))
                .containsEntry("foo", new Reference("foomod", "main", List.of()))
                .containsEntry("Foo", new Reference("foomod", "main_bar", List.of("bar", "baz")));
        assertThat(points.groups().get("x.y_z")).containsEntry("größe", Reference.parse("modül"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "console_scripts | x     | pkg          | expected a function: module:function",
                "gui_scripts     | x     | pkg.mod      | expected a function: module:function",
                "console_scripts | a/b   | pkg:main     | or a slash",
                "console_scripts | a\\b  | pkg:main     | or a slash",
                "console_scripts | ''    | pkg:main     | it must not be empty",
                "group           | a=b   | pkg          | have '=' or a line break in it",
                "group           | [a    | pkg          | begin with '['",
                "group           | #a    | pkg          | begin with '['",
                "group           | ' a'  | pkg          | space around it",
                "group           | a     | pkg:         | expected package.module",
                "group           | a     | pkg.         | expected package.module",
                "group           | a     | my-pkg:main  | object reference 'my-pkg:main': expected package.module",
                "group           | a     | pkg:main()   | expected package.module",
                "group           | a     | pkg:a:b      | expected package.module",
                "group           | a     | pkg:1        | expected package.module",
                "group           | a     | pkg:main [x  | expected package.module",
                "group           | a     | pkg:main [-] | expected package.module",
                "group           | a     | ''           | expected package.module",
                "my group        | a     | pkg          | entry point group 'my group': expected letters",
                "a..b            | a     | pkg          | entry point group 'a..b': expected letters",
            })
    void refuses(String group, String name, String object, String reason) {
        assertThatThrownBy(() -> EntryPoints.of(Map.of(group, Map.of(name, object))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = y                    | line of entry_points.txt 'x = y': expected name = module:object, below a [group]",
                "[a]\\nx                  | line of entry_points.txt 'x': expected name = module:object",
                "[a]\\n[a]                | line of entry_points.txt '[a]': expected [group], each group once",
                "[a                       | line of entry_points.txt '[a': expected [group], each group once",
                "[a]\\nx = y\\nx = z      | line of entry_points.txt 'x = z': expected each name once in a group",
            })
    void refusesLines(String text, String reason) {
        assertThatThrownBy(() -> EntryPoints.parse(text.replace("\\n", "\n")))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(reason);
    }
}
