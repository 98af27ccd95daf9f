package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.project.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedWheelsTest {
    @TempDir
    Path base;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(base.resolve("dist/empty"));
        for (String name : List.of("dist/b.whl", "dist/a.whl", "dist/a.tar.gz", "c.whl")) {
            Files.createFile(base.resolve(name));
        }
    }

    private List<Path> find(String... names) throws IOException {
        return NamedWheels.find(base, new Setting<>(Arrays.asList(names), "-Drust.files"));
    }

    @ParameterizedTest
    @CsvSource({
        "c.whl, c.whl",
        "gone.whl, gone.whl",
        "dist/empty, dist/empty",
        "dist, dist/a.whl dist/b.whl",
        "dist/, dist/a.whl dist/b.whl",
        "dist/*.whl, dist/a.whl dist/b.whl",
        "dist/a.*, dist/a.tar.gz dist/a.whl",
        "?.whl, c.whl"
    })
    void filesDirectoriesAndPatterns(String name, String expected) throws IOException {
        assertThat(find(name))
                .containsExactlyElementsOf(
                        Arrays.stream(expected.split(" ")).map(base::resolve).toList());
        assertThat(find(base + "/" + name)).hasSameSizeAs(find(name));
    }

    @Test
    void theOrderIsTheUsers() throws IOException {
        assertThat(find("dist/b.whl", "c.whl", "dist/a.whl"))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("b.whl", "c.whl", "a.whl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dist/x*.whl", "gone/*.whl"})
    void aPatternOfNothingIsTold(String name) {
        assertThatThrownBy(() -> find("c.whl", name)).hasMessageContaining(name).hasMessageContaining("matches");
    }
}
