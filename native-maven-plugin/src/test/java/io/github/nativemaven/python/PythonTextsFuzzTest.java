package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.platform.MalformedException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Any text is a value or malformed, and a value reads its own text. */
class PythonTextsFuzzTest {
    private static final MarkerEnvironment LINUX =
            MarkerEnvironment.of(Map.of("python_version", "3.12", "sys_platform", "linux", "platform_release", "6.1"));

    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String IDENTIFIER = "(" + NUMBER + "|\\d*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern SEM_VER = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(-" + IDENTIFIER
            + "(\\." + IDENTIFIER + ")*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    @FuzzTest(maxDuration = "10m")
    void version(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), Pep440Version::parse);
    }

    @FuzzTest(maxDuration = "10m")
    void versionSpecifiers(FuzzedDataProvider data) {
        VersionSpecifiers specifiers = readsItself(data.consumeRemainingAsString(), VersionSpecifiers::parse);
        if (specifiers != null) {
            specifiers.contains(Pep440Version.parse("3.12.0rc1"), VersionSpecifiers.PreReleases.IF_NAMED);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void requirement(FuzzedDataProvider data) {
        Requirement requirement = readsItself(data.consumeRemainingAsString(), Requirement::parse);
        if (requirement != null) {
            requirement.evaluate(LINUX);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void marker(FuzzedDataProvider data) {
        Marker marker = readsItself(data.consumeRemainingAsString(), Marker::parse);
        if (marker != null) {
            marker.evaluate(LINUX);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void mavenVersion(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            VersionMapping mapping = VersionMapping.parse(text);
            assertThat(mapping.pep440())
                    .isEqualTo(Pep440Version.parse(mapping.pep440().toString()));
            assertThat(mapping.semVer()).matches(SEM_VER);
        } catch (MalformedException e) {
            assertThat(e.input()).isEqualTo(text);
        }
    }

    private static <T> T readsItself(String text, Function<String, T> parse) {
        T value;
        try {
            value = parse.apply(text);
        } catch (MalformedException e) {
            assertThat(e.input()).isEqualTo(text);
            return null;
        }
        assertThat(parse.apply(value.toString())).isEqualTo(value).hasToString(value.toString());
        return value;
    }
}
