package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A                                                      | A",
                " A.B-C_D                                               | A.B-C_D",
                "name<=1                                                | name<=1",
                "name (>= 3, <4)                                        | name>=3,<4",
                "name>=3,                                               | name>=3",
                "name[]                                                 | name",
                "name [ Foo_bar , a.b,a-b ] ~= 1.0                      | name[a-b,foo-bar]~=1.0",
                "name@http://foo.com                                    | name @ http://foo.com",
                "name[x] @ http://foo.com/a;b ; os_name=='a'            | name[x] @ http://foo.com/a;b ; os_name == \"a\"",
                "name; os_name=='a' or os_name=='b' and os_name=='c'    | name; os_name == \"a\" or os_name == \"b\" and os_name == \"c\"",
                "name ;(os_name=='a')                                   | name; os_name == \"a\"",
                "name===1.0;extra=='X_y'                                | name===1.0; extra == \"x-y\"",
            })
    void printsInOneWay(String text, String printed) {
        Requirement requirement = Requirement.parse(text);

        assertThat(requirement).hasToString(printed);
        assertThat(Requirement.parse(printed)).isEqualTo(requirement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                     | expected the name of a distribution at its end",
                "-a                     | with a letter or digit first and last, at character 1",
                "a-                     | with a letter or digit first and last, at character 1",
                "a 1.0                  | expected a version, ';' or nothing more at character 3",
                "a[x                    | expected ',' or ']' at its end",
                "a[x,]                  | expected the name of an extra at character 5",
                "a[x-]                  | with a letter or digit first and last, at character 3",
                "a (>=1                 | expected ',' or ')' at its end",
                "a>=1 <2                | expected a version, ';' or nothing more at character 6",
                "a>=one                 | 1!1.2, after >= at character 4",
                "a @                    | expected a URL at its end",
                "a @ http://x; os_name  | expected a space before the ';' that follows a URL at character 13",
                "a @ x >=1              | expected a version, ';' or nothing more at character 7",
                "a;                     | expected a variable such as python_version, or a text in quotes at its end",
                "a; os_name == 'x' b    | expected 'and', 'or' or nothing more at character 19",
            })
    void refusesWithThePlace(String text, String reason) {
        assertThatThrownBy(() -> Requirement.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("requirement '" + text + "': ")
                .hasMessageEndingWith(reason);
    }

    @Test
    void refusesVersionsBesideAUrl() {
        DistributionName name = new DistributionName("a");
        VersionSpecifiers versions = VersionSpecifiers.parse(">=1");

        assertThatThrownBy(() -> new Requirement(name, List.of(), versions, Optional.of("x:y"), Optional.empty()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("versions (>=1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a>=1                                     | a>=1; extra == \"all-of-it\"",
                "a @ x:y                                  | a @ x:y ; extra == \"all-of-it\"",
                "a; os_name == \"b\" or os_name == \"c\"  | a; (os_name == \"b\" or os_name == \"c\") and extra == \"all-of-it\"",
            })
    void belongsToAnExtra(String text, String printed) {
        assertThat(Requirement.parse(text).withExtra("All_of.it")).hasToString(printed);
    }

    @Test
    void isNeededWhereItsMarkerHolds() {
        MarkerEnvironment linux = MarkerEnvironment.of(Map.of("sys_platform", "linux"));
        Requirement requirement =
                Requirement.parse("a; sys_platform == 'linux'").withExtra("x");

        assertThat(Requirement.parse("a").evaluate(linux)).isTrue();
        assertThat(requirement.evaluate(linux)).isFalse();
        assertThat(requirement.evaluate(linux.withExtras(Set.of("X")))).isTrue();
    }
}
