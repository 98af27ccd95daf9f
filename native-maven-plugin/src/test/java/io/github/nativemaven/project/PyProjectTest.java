package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.Trees;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PyProjectTest {
    @TempDir
    Path directory;

    private PyProject read(String text) {
        Trees.write(directory, PyProject.NAME, text);
        return PyProject.find(directory).orElseThrow();
    }

    private PyProject.ProjectTable table(String text) {
        return read("[project]\n" + text).project().orElseThrow();
    }

    private ProjectProblem.InvalidFile problem(String text) {
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> read(text));
        return (ProjectProblem.InvalidFile) failure.problem();
    }

    @Test
    void whereThereIsNoneThereIsNone() {
        assertThat(PyProject.find(directory)).isEmpty();
    }

    @Test
    void anEmptyOneHasNothing() {
        PyProject empty = read("\uFEFF");
        assertThat(empty.project()).isEmpty();
        assertThat(empty.maturin().features()).isEmpty();
        assertThat(empty.maturin().locked()).isFalse();
        assertThat(empty.dependencyGroups()).isEmpty();
    }

    @Test
    void readsEveryKeyOfTheProject() {
        PyProject.ProjectTable table = table("""
                name = "x"
                version = "1"
                description = "d"
                readme = "README.md"
                requires-python = ">=3.9"
                license = "MIT"
                license-files = ["LICENSE", "a/*"]
                authors = [{ name = "A" }, { email = "b@example.org" }, { name = "C", email = "c@example.org" }]
                maintainers = [{ name = "M" }]
                keywords = ["k"]
                classifiers = ["Programming Language :: Rust"]
                dependencies = ["a", "b>1"]
                dynamic = ["import-names"]
                [project.optional-dependencies]
                test = ["pytest"]
                [project.urls]
                "Home Page" = "https://example.org"
                [project.scripts]
                run = "x:main"
                [project.gui-scripts]
                win = "x:win"
                [project.entry-points."x.plugins"]
                p = "x:p"
                """);
        assertThat(table.name()).contains("x");
        assertThat(table.version()).contains("1");
        assertThat(table.description()).contains("d");
        assertThat(table.readme())
                .contains(new PyProject.Readme(Optional.of("README.md"), Optional.empty(), Optional.empty()));
        assertThat(table.requiresPython()).contains(">=3.9");
        assertThat(table.license())
                .contains(new PyProject.License(Optional.of("MIT"), Optional.empty(), Optional.empty()));
        assertThat(table.licenseFiles()).contains(List.of("LICENSE", "a/*"));
        assertThat(table.authors())
                .containsExactly(
                        new PyProject.Person(Optional.of("A"), Optional.empty()),
                        new PyProject.Person(Optional.empty(), Optional.of("b@example.org")),
                        new PyProject.Person(Optional.of("C"), Optional.of("c@example.org")));
        assertThat(table.maintainers()).hasSize(1);
        assertThat(table.keywords()).containsExactly("k");
        assertThat(table.classifiers()).containsExactly("Programming Language :: Rust");
        assertThat(table.urls()).containsEntry("Home Page", "https://example.org");
        assertThat(table.scripts()).containsEntry("run", "x:main");
        assertThat(table.guiScripts()).containsEntry("win", "x:win");
        assertThat(table.entryPoints().get("x.plugins")).containsEntry("p", "x:p");
        assertThat(table.dependencies()).containsExactly("a", "b>1");
        assertThat(table.optionalDependencies()).containsEntry("test", List.of("pytest"));
        assertThat(table.isDynamic("import-names")).isTrue();
        assertThat(table.isDynamic("license")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[project.urls]\nz = 'z'\ny = 'y'\nb = 'b'\na = 'a'\n",
                "[project]\nurls = { z = 'z', y = 'y', b = 'b', a = 'a' }\n",
                "[project]\nurls.z = 'z'\nurls.y = 'y'\nurls.b = 'b'\nurls.a = 'a'\n",
                "project.urls.z = 'z'\nproject.urls.y = 'y'\nproject.urls.b = 'b'\nproject.urls.a = 'a'\n",
                "project = { urls = { z = 'z', y = 'y', b = 'b', a = 'a' } }\n",
                "[project.urls]\n'z' = 'z'\n\"y\" = 'y'\n\n# x\nb = '''b'''\na = 'a'\n",
            })
    void keepsTheOrderOfTheFile(String text) {
        assertThat(read(text).project().orElseThrow().urls().keySet()).containsExactly("z", "y", "b", "a");
    }

    @Test
    void keepsTheOrderOfTables() {
        PyProject.ProjectTable table = table("entry-points.z.a = 'x'\n[project.entry-points.y]\nb = 'x'\n"
                + "[project.entry-points.a]\nc = 'x'\n[project.optional-dependencies]\nz = []\na = []\n");
        assertThat(table.entryPoints().keySet()).containsExactly("z", "y", "a");
        assertThat(table.optionalDependencies().keySet()).containsExactly("z", "a");
    }

    @Test
    void readsWhatMaturinIsToldAndWhere() {
        Maturin maturin = read("""
                        [build-system]
                        requires = ["maturin"]
                        [tool.maturin]
                        module-name = "a._b"
                        python-source = "python"
                        features = ["pyo3/x"]
                        all-features = true
                        strip = true
                        [tool.maturin.target.x]
                        """).maturin();
        assertThat(maturin.moduleName()).contains(new Setting<>("a._b", "pyproject.toml:4 tool.maturin.module-name"));
        assertThat(maturin.features()).extracting(Maturin.Feature::name).containsExactly("pyo3/x");
        assertThat(maturin.allFeatures()).isTrue();
        assertThat(maturin.noDefaultFeatures()).isFalse();
        assertThat(maturin.strip()).contains(true);
    }

    @Test
    void resolvesGroupsThatIncludeOthers() {
        PyProject file = read("""
                [dependency-groups]
                dev = ["a", { include-group = "Test.Tools" }, "z"]
                test-tools = ["pytest", { include-group = "lint" }]
                lint = ["ruff"]
                again = [{ include-group = "lint" }, { include-group = "lint" }]
                """);
        assertThat(file.dependencyGroups())
                .containsEntry("dev", List.of("a", "pytest", "ruff", "z"))
                .containsEntry("again", List.of("ruff", "ruff"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[project | 1 | '' | Unexpected",
                "[project]\\nname = 1 | 2 | project.name | expected a string, found 1",
                "[project]\\n\\nkeywords = 'a' | 3 | project.keywords | expected an array of strings, found a",
                "[project]\\nkeywords = ['a', 1] | 2 | project.keywords | found 1 in it",
                "[project]\\nauthors = ['a'] | 2 | project.authors | expected tables, found a",
                "[project]\\nauthors = [{ name = 1 }] | 2 | project.authors.name | expected a string",
                "[project]\\nurls = [] | 2 | project.urls | expected a table",
                "[project.urls]\\nx = 1 | 2 | project.urls.x | expected a string",
                "[project.scripts]\\nx = {} | 2 | project.scripts.x | expected a string",
                "[project]\\nentry-points.x = 'y' | 2 | project.entry-points.x | expected a table",
                "[project.optional-dependencies]\\nx = 'y' | 2 | project.optional-dependencies.x | an array of strings",
                "[project]\\nreadme = { file = 'a', text = 'b' } | 2 | project.readme | exactly one of file and text",
                "[project]\\nreadme = {} | 2 | project.readme | exactly one of file and text",
                "[project]\\nlicense = {} | 2 | project.license | write an SPDX expression",
                "[tool.maturin]\\nlocked = 'yes' | 2 | tool.maturin.locked | expected true or false",
                "[tool]\\nmaturin = 1 | 2 | tool.maturin | expected a table",
                "tool = 1 | 1 | tool | expected a table",
                "[dependency-groups]\\na = [{ include-group = 'a' }] | 2 | dependency-groups.a | includes itself",
                "[dependency-groups]\\na = [{ include-group = 'b' }]\\nb = [{ include-group = 'A' }] | 2 | dependency-groups.a | includes itself",
                "[dependency-groups]\\na = [{ include-group = 'b' }] | 2 | dependency-groups.a | includes the group b, which isn't there",
                "[dependency-groups]\\na = [1] | 2 | dependency-groups.a | expected requirements or",
                "[dependency-groups]\\na = [{ x = 'b' }] | 2 | dependency-groups.a | expected requirements or",
            })
    void aValueThatIsNoneIsNamedWithItsPlace(String text, int line, String key, String reason) {
        ProjectProblem.InvalidFile problem = problem(text.replace("\\n", "\n"));
        assertThat(problem.file()).isEqualTo(directory.resolve(PyProject.NAME));
        assertThat(problem.line()).isEqualTo(line);
        assertThat(problem.key()).isEqualTo(key);
        assertThat(problem.reason()).contains(reason);
    }

    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Files.write(directory.resolve(PyProject.NAME), "[project]\nname = 'ü'".getBytes(StandardCharsets.ISO_8859_1));
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> PyProject.find(directory));
        assertThat(failure.problem()).isInstanceOfSatisfying(ProjectProblem.InvalidFile.class, problem -> {
            assertThat(problem.file()).isEqualTo(directory.resolve(PyProject.NAME));
            assertThat(problem.reason()).contains("UTF-8");
        });
    }
}
