package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever is in a {@code .gitignore}, a path is ignored or not, each time the same. */
class IgnoreFilesFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void rules(FuzzedDataProvider data) throws IOException {
        Path directory = Files.createTempDirectory("ignore");
        Path file = directory.resolve(".gitignore");
        try {
            Files.write(file, data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8));
            IgnoreFiles files = IgnoreFiles.of(directory);
            for (String path : new String[] {"a", "a/b.c", "target/x y", "\u00e9"}) {
                boolean ignored = files.ignores(directory.resolve(path), false);
                assertThat(IgnoreFiles.of(directory).ignores(directory.resolve(path), false))
                        .isEqualTo(ignored);
            }
        } finally {
            Files.delete(file);
            Files.delete(directory);
        }
    }
}
