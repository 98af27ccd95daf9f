package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.VersionSpecifiers.PreReleases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionSpecifiersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ">=3.8                    | >=3.8",
                ">= 3.8 , < 4,!=3.9.*     | >=3.8,<4,!=3.9.*",
                "<4,>=3.8                 | <4,>=3.8",
                ">=3.8,                   | >=3.8",
                "== v1.0-ALPHA            | ==v1.0-ALPHA",
                "===a=b!c                 | ===a=b!c",
                "~=3.10                   | ~=3.10",
                "''                       | ''",
                "==1.0+local              | ==1.0+local",
            })
    void printsWithoutSpaces(String text, String printed) {
        VersionSpecifiers specifiers = VersionSpecifiers.parse(text);

        assertThat(specifiers).hasToString(printed);
        assertThat(VersionSpecifiers.parse(printed)).isEqualTo(specifiers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.8        | expected one of ~=, ==, !=, <=, >=, <, >, === and a version at character 1",
                ">=3.8 <4   | expected a comma or nothing more at character 7",
                ",>=3       | expected one of ~=, ==, !=, <=, >=, <, >, === and a version at character 1",
                ">=         | expected a version after >= at its end",
                ">=1,>=x    | 1!1.2, after >= at character 7",
                "~=3        | expected at least two numbers, such as 1.0, after ~= at character 3",
                ">=1.0+x    | a local version (+) only goes with == and !=, after >= at character 3",
                ">=1.*      | after >= at character 3",
                "==1.dev1.* | before .* only numbers with dots are accepted, after == at character 3",
                "==1a1.*    | before .* only numbers with dots are accepted, after == at character 3",
                "==1+x.*    | before .* only numbers with dots are accepted, after == at character 3",
                ">=1,,<2    | expected a comma or nothing more at character 5",
                "=1         | expected one of ~=, ==, !=, <=, >=, <, >, === and a version at character 1",
                "===a b     | expected a comma or nothing more at character 6",
            })
    void refusesWithThePlace(String text, String reason) {
        assertThatThrownBy(() -> VersionSpecifiers.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("version specifier '" + text + "': ")
                .hasMessageEndingWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''             | 1.0         | true",
                ">=3.8,<4       | 3.12        | true",
                ">=3.8,<4       | 4.0         | false",
                "!=3.9.*        | 3.9.1       | false",
                "==3.9.*        | 3.9rc1      | true",
                "==3.9          | 3.9.0       | true",
                "==3.9          | 3.9+x       | true",
                "==3.9+x        | 3.9         | false",
                "~=3.10         | 3.11        | true",
                "~=3.10         | 4.0         | false",
                "~=3.10.0       | 3.11        | false",
                "~=2.2.post3    | 2.2         | false",
                "===1.0         | 1.0.0       | false",
                "===1.0.DEV1    | 1.0.dev1    | true",
                ">1.7           | 1.7.0.post1 | false",
                ">1.7           | 1.7+x       | false",
                ">1.7.post2     | 1.7.post3   | true",
                "<1.0           | 1.0rc1      | false",
                "<1.0rc2        | 1.0rc1      | true",
                "<1.0           | 0.9.dev1    | true",
                "<=1.0          | 1.0+x       | true",
            })
    void findsVersionsInRange(String text, String version, boolean contained) {
        assertThat(VersionSpecifiers.parse(text).contains(Pep440Version.parse(version), PreReleases.ALLOWED))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ">=1       | 2.0rc1 | ALLOWED  | true",
                ">=1       | 2.0rc1 | EXCLUDED | false",
                ">=1       | 2.0rc1 | IF_NAMED | false",
                ">=1.dev0  | 2.0rc1 | IF_NAMED | true",
                "!=1.dev0  | 2.0rc1 | IF_NAMED | false",
                ">=1.dev0  | 2.0rc1 | EXCLUDED | false",
                ">=1       | 2.0    | EXCLUDED | true",
            })
    void takesPreReleasesByTheRule(String text, String version, PreReleases rule, boolean contained) {
        assertThat(VersionSpecifiers.parse(text).contains(Pep440Version.parse(version), rule))
                .isEqualTo(contained);
    }
}
