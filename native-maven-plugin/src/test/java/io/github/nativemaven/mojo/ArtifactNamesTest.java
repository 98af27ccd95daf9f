package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactNamesTest {
    @ParameterizedTest
    @CsvSource({"my_lib, ''", "lib2, ''", "my-lib, my_lib", "my.lib, my_lib", "a-b.c, a_b_c"})
    void saysWhatWouldBeRight(String artifactId, String right) {
        assertThat(ArtifactNames.remark(artifactId).orElse(""))
                .contains(right.isEmpty() ? "" : "<artifactId>" + right + "</artifactId>")
                .satisfies(text -> assertThat(text.isEmpty()).isEqualTo(right.isEmpty()));
    }

    @Test
    void whoOnlyPacksIsNotTold() {
        assertThat(ArtifactNames.remark("my-lib", List.of("clean", "package"))).isEmpty();
        assertThat(ArtifactNames.remark("my-lib", List.of("clean", "deploy"))).isPresent();
    }
}
