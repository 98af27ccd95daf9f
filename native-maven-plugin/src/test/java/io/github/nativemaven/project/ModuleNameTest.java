package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleNameTest {
    @ParameterizedTest
    @CsvSource({
        "my_fast_lib, my_fast_lib, my_fast_lib, '',    false",
        "_x,          _x,          _x,          '',    false",
        "a.b._c,      a,           _c,          a/b,   true",
        "größe.x1,    größe,       x1,          größe, true",
        "print,       print,       print,       '',    false",
        "match.type,  match,       type,        match, true",
    })
    void readsNames(String text, String first, String last, String path, boolean dotted) {
        ModuleName name = ModuleName.parse(text);
        assertThat(name).hasToString(text);
        assertThat(name.first()).isEqualTo(first);
        assertThat(name.last()).isEqualTo(last);
        assertThat(name.packagePath()).isEqualTo(path);
        assertThat(name.isDotted()).isEqualTo(dotted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "1a",
                "a-b",
                "a b",
                "a/b",
                "a\n",
                "$a",
                "a$",
                "a\u00adb",
                "a\u200bb",
                "a\u0000",
                "class",
                "pkg.None",
                "import.x",
                "a.async",
                "lambda"
            })
    void refusesWhatPythonCouldNotImport(String text) {
        assertThatThrownBy(() -> ModuleName.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
