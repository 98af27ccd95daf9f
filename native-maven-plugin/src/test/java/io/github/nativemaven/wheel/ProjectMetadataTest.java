package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.project.Projects;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectMetadataTest {
    @TempDir
    Path directory;

    private String metadata(String project) throws IOException {
        Projects.demo(directory, "pyproject.toml", "[project]\nname = \"Demo\"\n" + project);
        return ProjectMetadata.of(Projects.resolve(directory)).write();
    }

    @Test
    void aNameMayDifferInItsSpelling() throws IOException {
        assertThat(metadata("version = \"1.2.3\"\n")).contains("Name: Demo\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dynamic = ['version', 'readme']|pyproject.toml:3 project.dynamic|nothing fills it",
                "dynamic = ['version', 'scripts']|pyproject.toml:3 project.dynamic|nothing fills it",
                "dynamic = ['name']|line=3|can't be dynamic",
                "dynamic = ['licence']|line=3|did you mean license?",
                "version = '1.2.3'~dynamic = ['version']|line=4|has a value, in line 3",
                "version = '1.2.x.y'|pyproject.toml:3 project.version|1.2.x.y",
                "requires-python = '3.9'|pyproject.toml:3 project.requires-python|3.9",
                "dependencies = [~'numpy',~'numpy >> 1',~]|pyproject.toml:5 project.dependencies|numpy >> 1",
                "dependencies = ['a; python_versio < \"3\"']|pyproject.toml:3 project.dependencies|python_versio",
                "[project.optional-dependencies]~dev = [~'ok',~'not ok']"
                        + "|pyproject.toml:6 project.optional-dependencies.dev|not ok",
                "description = 'two\\nlines'|pyproject.toml:3 project.description|one line",
                "license = 'My own'|pyproject.toml:3 project.license|My own",
                "readme = 'gone.md'|pyproject.toml:3 project.readme|no such file",
            })
    void whatIsWrongIsSaidWithItsLine(String lines, String place, String reason) {
        assertThatThrownBy(() -> metadata(lines.replace('\'', '"')
                        .replace("; python_versio < \"3\"", "; python_versio < '3'")
                        .replace('~', '\n')))
                .hasMessageContaining(place)
                .hasMessageContaining(reason);
    }
}
