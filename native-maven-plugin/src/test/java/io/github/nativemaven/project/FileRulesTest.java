package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.Trees;
import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.Maturin.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRulesTest {
    @TempDir
    Path directory;

    private final List<FileRule> unmatched = new ArrayList<>();

    private Project project(String lines) {
        Path root = Projects.demo(
                directory,
                "pyproject.toml",
                "[tool.maturin]\npython-source = \"py\"\n" + lines,
                "py/demo/__init__.py",
                "",
                "py/demo/data.json",
                "",
                "shared/a/b.txt",
                "",
                "target/made.txt",
                "");
        return Projects.resolve(root);
    }

    private List<String> included(Project project, Format format) throws IOException {
        return List.copyOf(
                FileRules.of(project, format).included(unmatched::add).keySet());
    }

    @Test
    void filesOfThePythonSourceLieInAWheelAsTheyDoThere() throws IOException {
        Project project = project("include = [\"demo/*.json\", \"py/demo/__init__.py\", \"shared/**/*\", \"none\"]\n");
        assertThat(included(project, Format.WHEEL))
                .containsExactly("demo/__init__.py", "demo/data.json", "shared/a/b.txt");
        assertThat(included(project, Format.SDIST))
                .containsExactly("py/demo/__init__.py", "py/demo/data.json", "shared/a/b.txt");
        assertThat(unmatched).extracting(FileRule::path).containsExactly("none", "none");
    }

    @Test
    void whatTheBuildMadeIsFoundOnlyByItsName() throws IOException {
        assertThat(included(project("include = [\"**/*.txt\"]\n"), Format.SDIST))
                .containsExactly("shared/a/b.txt");
        assertThat(included(project("include = [\"target/*.txt\"]\n"), Format.SDIST))
                .containsExactly("target/made.txt");
    }

    @Test
    void exclusionsHoldInTheProjectAndInThePythonSource() {
        Project project = project("exclude = [\"demo/data.json\", { path = \"*.txt\", format = \"wheel\" }]\n");
        Path root = project.directory();
        FileRules wheel = FileRules.of(project, Format.WHEEL);
        assertThat(wheel.excludes(root.resolve("py/demo/data.json"))).isTrue();
        assertThat(wheel.excludes(root.resolve("shared/a/b.txt"))).isTrue();
        assertThat(wheel.excludes(root.resolve("py/demo/__init__.py"))).isFalse();
        assertThat(FileRules.of(project, Format.SDIST).excludes(root.resolve("shared/a/b.txt")))
                .isFalse();
    }

    @Test
    void filesOfBuildScriptsGoWhereTheyAreWanted() throws IOException {
        Project project = project("""
                include = [{ path = "gen/*.py", from = "out-dir", to = "demo/made/" },
                  { path = "x", from = "out-dir", to = "", crate-name = "pyo3" }]
                """);
        Path own = Trees.touch(directory.resolve("out1"), "gen/a.py", "gen/b.txt");
        Path other = Trees.touch(directory.resolve("out2"), "x");
        String pyo3 = ((Bindings.PyO3) project.bindings()).crate().id();
        Map<String, Path> made = FileRules.of(project, Format.WHEEL)
                .made(Map.of(project.crate().id(), own, pyo3, other), unmatched::add);
        assertThat(made)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("demo/made/gen/a.py", own.resolve("gen/a.py"), "x", other.resolve("x")));
    }

    @Test
    void aCrateWithoutBuildScriptIsNamed() {
        Project project = project("include = [{ path = \"x\", from = \"out-dir\", to = \"demo\" }]\n");
        assertThatThrownBy(() -> FileRules.of(project, Format.WHEEL).made(Map.of(), unmatched::add))
                .hasMessageContaining("pyproject.toml:3 tool.maturin.include")
                .hasMessageContaining("the crate demo has no build script");
    }
}
