package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pep440VersionTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.2.3, 1.2.3",
        "v1.0, 1.0",
        "V1.0, 1.0",
        "01.02.00, 1.2.0",
        "1!2.0, 1!2.0",
        "0!2.0, 2.0",
        "1.0a1, 1.0a1",
        "1.0-ALPHA.1, 1.0a1",
        "1.0_beta_2, 1.0b2",
        "1.0c3, 1.0rc3",
        "1.0.pre4, 1.0rc4",
        "1.0-preview-05, 1.0rc5",
        "1.0RC, 1.0rc0",
        "1.0a., 1.0a0",
        "1.0-1, 1.0.post1",
        "1.0r2, 1.0.post2",
        "1.0-rev-3, 1.0.post3",
        "1.0post, 1.0.post0",
        "1.0a--1, 1.0a0.post1",
        "1.0dev, 1.0.dev0",
        "1.0_DEV_4, 1.0.dev4",
        "1.0a1.post2.dev3, 1.0a1.post2.dev3",
        "1.0+Ubuntu-1_2, 1.0+ubuntu.1.2",
        "1.0+007.0x7, 1.0+7.0x7",
        "20240101123456789012345, 20240101123456789012345",
    })
    void readsEverySpelling(String text, String normal) {
        Pep440Version version = Pep440Version.parse(text);

        assertThat(version).hasToString(normal);
        assertThat(Pep440Version.parse(normal)).isEqualTo(version).hasToString(normal);
    }

    @Test
    void ignoresSpaceAround() {
        assertThat(Pep440Version.parse(" \t1.0\r\n\f\u000b")).hasToString("1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "1.",
                ".1",
                "1..2",
                "1.0-",
                "1.0a1a2",
                "1.0.dev1.post1",
                "1.0+",
                "1.0+a..b",
                "1.0+a-",
                "1!",
                "!1",
                "1.0 1",
                "vv1",
                "1.0-SNAPSHOT",
                "1.0+a+b",
                "1,0",
                "1.0\u0661",
                "1.0+\u212a",
                "\u00a01.0"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Pep440Version.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("version '" + text + "': expected numbers with dots")
                .hasMessageContaining("1.2rc1");
        assertThat(Pep440Version.tryParse(text)).isEmpty();
    }

    @Test
    void orders() {
        List<Pep440Version> ascending = Stream.of(
                        "0.9",
                        "1.dev0",
                        "1.0.dev456",
                        "1.0a1",
                        "1.0a2.dev456",
                        "1.0a12.dev456",
                        "1.0a12",
                        "1.0a12.post1",
                        "1.0b1.dev456",
                        "1.0b2",
                        "1.0b2.post345.dev456",
                        "1.0b2.post345",
                        "1.0rc1.dev456",
                        "1.0rc1",
                        "1.0",
                        "1.0+abc.5",
                        "1.0+abc.7",
                        "1.0+abc.7.x",
                        "1.0+5",
                        "1.0+10",
                        "1.0.post456.dev34",
                        "1.0.post456",
                        "1.0.15",
                        "1.1.dev1",
                        "2024.1",
                        "1!0.1")
                .map(Pep440Version::parse)
                .toList();
        List<Pep440Version> shuffled = new ArrayList<>(ascending);
        Collections.reverse(shuffled);
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(ascending).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0.0", "1, 1.0.0.0", "1.0a1, 1.a.1", "0!1, 1", "1+A, 1+a"})
    void versionsThatPep440HoldsEqualAreEqual(String left, String right) {
        assertThat(Pep440Version.parse(left))
                .isEqualTo(Pep440Version.parse(right))
                .hasSameHashCodeAs(Pep440Version.parse(right));
    }

    @Test
    void hasParts() {
        Pep440Version version = Pep440Version.parse("1!2.3rc4.post5.dev6+x.7");

        assertThat(version.epoch()).isEqualTo(1);
        assertThat(version.release()).containsExactly(BigInteger.TWO, BigInteger.valueOf(3));
        assertThat(version.preRelease()).hasToString("Optional[rc4]");
        assertThat(version.post()).contains(BigInteger.valueOf(5));
        assertThat(version.dev()).contains(BigInteger.valueOf(6));
        assertThat(version.local()).containsExactly("x", "7");
        assertThat(version.withoutLocal()).hasToString("1!2.3rc4.post5.dev6");
    }

    @ParameterizedTest
    @CsvSource({"1.0, false", "1.0.post1, false", "1.0a1, true", "1.0.dev1, true", "1.0.post1.dev1, true", "1+x, false"
    })
    void knowsPreReleases(String text, boolean expected) {
        assertThat(Pep440Version.parse(text).isPreRelease()).isEqualTo(expected);
    }
}
