package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionMappingTest {

    @ParameterizedTest
    @CsvSource({
        // Maven, Python, Cargo
        "1.2.3, 1.2.3, 1.2.3",
        "0.1.0, 0.1.0, 0.1.0",
        "1, 1, 1.0.0",
        "1.0, 1.0, 1.0.0",
        "1.02, 1.2, 1.2.0",
        "2024.1.15, 2024.1.15, 2024.1.15",
        "1.2.3-SNAPSHOT, 1.2.3.dev0, 1.2.3-SNAPSHOT",
        "1.0-SNAPSHOT, 1.0.dev0, 1.0.0-SNAPSHOT",
        "1-SNAPSHOT, 1.dev0, 1.0.0-SNAPSHOT",
        "1.0.0-alpha-1, 1.0.0a1, 1.0.0-alpha-1",
        "1.0.0-alpha.1, 1.0.0a1, 1.0.0-alpha.1",
        "1.0.0-alpha1, 1.0.0a1, 1.0.0-alpha1",
        "1.0.0-alpha, 1.0.0a0, 1.0.0-alpha",
        "1.0-beta-2, 1.0b2, 1.0.0-beta-2",
        "1.0-RC1, 1.0rc1, 1.0.0-RC1",
        "1.0-rc.12, 1.0rc12, 1.0.0-rc.12",
        "1.0-rc.02, 1.0rc2, 1.0.0-rc.2",
        "1.0-RC, 1.0rc0, 1.0.0-RC",
        "1.0.CR2, 1.0rc2, 1.0.0-CR2",
        "1.0.0.RC1, 1.0.0rc1, 1.0.0-RC1",
        "1.0-M1, 1.0a1, 1.0.0-M1",
        "1.0-milestone-3, 1.0a3, 1.0.0-milestone-3",
        "1.0a1, 1.0a1, 1.0.0-a1",
        "1.0rc1, 1.0rc1, 1.0.0-rc1",
        "1.0-b2, 1.0b2, 1.0.0-b2",
        "1.0-alpha-1-SNAPSHOT, 1.0a1.dev0, 1.0.0-alpha-1-SNAPSHOT",
        "1.0-RC1-SNAPSHOT, 1.0rc1.dev0, 1.0.0-RC1-SNAPSHOT",
        "1.0.dev5, 1.0.dev5, 1.0.0-dev5",
        "1.0.0-dev.5, 1.0.0.dev5, 1.0.0-dev.5",
        "1.0a1.dev2, 1.0a1.dev2, 1.0.0-a1.dev2",
        "1.0-SP1, 1.0.post1, 1.0.0+SP1",
        "1.0.post2, 1.0.post2, 1.0.0+post2",
        "1.0.post2-SNAPSHOT, 1.0.post2.dev0, 1.0.0-SNAPSHOT+post2",
        "1.0.Final, 1.0, 1.0.0",
        "1.0-GA, 1.0, 1.0.0",
        "1.0.0.RELEASE, 1.0.0, 1.0.0",
    })
    void mapsToPythonAndCargo(String maven, String pep440, String semVer) {
        VersionMapping mapping = VersionMapping.parse(maven);

        assertThat(mapping).hasToString(maven);
        assertThat(mapping.pep440()).hasToString(pep440);
        assertThat(mapping.semVer()).isEqualTo(semVer);
    }

    /** What Cargo.toml says after the version was written there is what the POM could say too. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "1.2.3-SNAPSHOT", "1.0.0-alpha.1", "1.0.0-RC1-SNAPSHOT", "1.0.0-M3", "1.0.0-rc.1"})
    void leavesASemVerVersionAsItIs(String version) {
        assertThat(VersionMapping.parse(version).semVer()).isEqualTo(version);
    }

    @Test
    void keepsMavensOrder() {
        List<Pep440Version> versions = Stream.of(
                        "0.9",
                        "1.0-alpha-1",
                        "1.0-alpha-2",
                        "1.0-alpha-10",
                        "1.0-beta-1",
                        "1.0-RC1-SNAPSHOT",
                        "1.0-RC1",
                        "1.0",
                        "1.0-SP1",
                        "1.1-SNAPSHOT",
                        "1.1")
                .map(maven -> VersionMapping.parse(maven).pep440())
                .toList();

        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1.",
                "1.0-",
                "1.0-foo",
                "1.0-RC1-RC2",
                "1.0-SNAPSHOT-RC1",
                "1.0-SNAPSHOT-2",
                "${revision}",
                "1.0-20240102.030405-7",
                "1.0-4",
                "1.0.Final-SNAPSHOT",
                "1.0-RC1.Final",
                "1.0-Final-GA",
                "v1.0",
                "1.0-jre",
                "1.0+local",
                "1.0-alpha-1-beta-1",
                "1.0--SNAPSHOT",
                "1.0-SNAPSHOTS",
                " 1.0",
                "1.0_1",
                "1.0-\u212aM1"
            })
    void refusesAndShowsWhatIsAccepted(String maven) {
        assertThatThrownBy(() -> VersionMapping.parse(maven))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("Maven version '" + maven + "': accepted are ")
                .hasMessageContaining("1.2.3-RC1, 1.2.3-SNAPSHOT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4", "1.2.18446744073709551616"})
    void whatCargoDoesNotTakePythonMay(String maven) {
        VersionMapping mapping = VersionMapping.parse(maven);

        assertThat(mapping.pep440()).hasToString(maven);
        assertThatThrownBy(mapping::semVer)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most three numbers");
    }
}
