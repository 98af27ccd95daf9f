package io.github.nativemaven.stubs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.system.BuildFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whatever a library says of its module, there are stubs of it or a problem that names the library. */
class StubsFuzzTest {
    private static final Path LIBRARY = Path.of("liba.so");

    /** Each line is what one symbol says. */
    @FuzzTest(maxDuration = "10m")
    void stubs(FuzzedDataProvider data) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> lines = data.consumeRemainingAsString().lines().toList();
        lines.forEach(line -> texts.put("s" + texts.size(), line));
        try {
            Chunks chunks = Chunks.of(LIBRARY, texts).orElse(null);
            if (chunks != null) {
                Stubs.of(LIBRARY, chunks, ModuleName.parse("a"), false)
                        .forEach((path, text) -> assertThat(path).endsWith(".pyi"));
            }
        } catch (BuildFailure e) {
            assertThat(e.problem()).isInstanceOfAny(Stubs.Nothing.class, Stubs.Unreadable.class);
        }
    }
}
