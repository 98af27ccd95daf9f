package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.Trees;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "pkg/a.log, true",
        "pkg/keep.log, false",
        "pkg/build/x.py, true",
        "pkg/a.py, false",
        "generated/a.py, true",
        "pkg/generated/a.py, false",
        "pkg/sub/local.txt, true",
        "pkg/local.txt, false",
    })
    void filesAreIgnoredAsGitDoes(String path, boolean ignored) throws Exception {
        Trees.write(
                directory,
                "pyproject.toml",
                "",
                ".gitignore",
                "*.log\n!keep.log\nbuild/\n/generated/\n",
                "pkg/sub/.gitignore",
                "local.txt\n",
                path,
                "");
        List<Path> listed = new SourceFiles(new ProcessRunner(Events.ignored()), new Links(directory, Events.ignored()))
                .list(directory);
        assertThat(listed.contains(directory.resolve(path))).isEqualTo(!ignored);
    }

    @Test
    void aLineThatIsNoPatternIgnoresNothing() throws Exception {
        Trees.write(directory, "pyproject.toml", "", ".gitignore", "*.tmp\nke[l\n*.log\n", "a.log", "", "kel", "");
        assertThat(IgnoreFiles.of(directory).ignores(directory.resolve("a.log"), false))
                .isTrue();
        assertThat(IgnoreFiles.of(directory).ignores(directory.resolve("kel"), false))
                .isFalse();
    }

    @Test
    void aPackageObeysTheFileOfItsProject() throws Exception {
        Trees.write(directory, "pyproject.toml", "", ".gitignore", "*.tmp\n", "pkg/a.tmp", "", "pkg/a.py", "");
        assertThat(new SourceFiles(new ProcessRunner(Events.ignored()), new Links(directory, Events.ignored()))
                        .list(directory.resolve("pkg")))
                .containsExactly(directory.resolve("pkg/a.py"));
    }
}
