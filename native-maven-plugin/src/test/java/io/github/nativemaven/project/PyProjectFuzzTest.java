package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any file is a pyproject.toml or a problem that names it. */
class PyProjectFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void pyproject(FuzzedDataProvider data) throws IOException {
        Path file = Files.createTempFile("pyproject", ".toml");
        try {
            Files.write(file, data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8));
            PyProject.read(file);
        } catch (BuildFailure e) {
            assertThat(e.problem()).isInstanceOf(ProjectProblem.class);
        } finally {
            Files.delete(file);
        }
    }
}
