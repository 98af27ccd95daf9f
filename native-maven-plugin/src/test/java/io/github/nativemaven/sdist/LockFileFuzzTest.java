package io.github.nativemaven.sdist;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.tomlj.Toml;

/** Whatever is cut down is TOML as before, has nothing new in it, and is not cut down further. */
class LockFileFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void cutDown(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        String cut = LockFile.cutDown(text, List.of("a", "b"));
        assertThat(LockFile.cutDown(cut, List.of("a", "b"))).isEqualTo(cut);
        assertThat(LockFile.fromElsewhere(text)).containsAll(LockFile.fromElsewhere(cut));
        if (!Toml.parse(text).hasErrors()) {
            assertThat(Toml.parse(cut).errors()).isEmpty();
        }
    }
}
