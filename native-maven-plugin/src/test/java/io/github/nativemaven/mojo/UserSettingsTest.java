package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "'3.10,3.11',             3.10|3.11",
        "' 3.10 , ,3.11,',        3.10|3.11",
        "'>=3.9,<3.12',           '>=3.9,<3.12'",
        "'>=3.9, <3.12, !=3.10.1', '>=3.9,<3.12,!=3.10.1'",
        "'>=3.9,<3.12,pypy3.10',  '>=3.9,<3.12|pypy3.10'",
        "'pypy3.10,>=3.9,<3.12',  'pypy3.10|>=3.9,<3.12'",
        "'3.10,>=3.12',           '3.10|>=3.12'",
        "'numpy>=1.26,<3,pandas', 'numpy>=1.26,<3|pandas'",
        "'~=3.10',                '~=3.10'",
        "'',                      ''",
    })
    void aListIsPartedByCommasButNotWithinARange(String given, String parts) {
        Properties commandLine = new Properties();
        commandLine.setProperty("rust.x", given);
        List<String> list = new UserSettings(commandLine, new Properties(), Path.of("."))
                .list("rust.x", null, "<x>")
                .map(Setting::value)
                .orElseThrow();
        assertThat(list).isEqualTo(parts.isEmpty() ? List.of() : Arrays.asList(parts.split("\\|")));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "true, true", "TRUE, true", "false, false", "maybe,", "yes,"})
    void yesAndNoHaveOneSpelling(String given, Boolean expected) {
        Properties commandLine = new Properties();
        commandLine.setProperty("rust.x", given);
        UserSettings settings = new UserSettings(commandLine, new Properties(), Path.of("."));
        if (expected != null) {
            assertThat(settings.flag("rust.x", null, "<x>")).isEqualTo(expected);
        } else {
            assertThat(catchThrowableOfType(BuildFailure.class, () -> settings.flag("rust.x", null, "<x>"))
                            .problem())
                    .isInstanceOf(ProjectProblem.InvalidSetting.class);
        }
    }
}
