package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseFilesTest {
    @TempDir
    Path root;

    private Path directory;

    private Project project(String... globs) {
        TestProject project = TestProject.at(root.resolve("project")).withExtension("mod");
        directory = project.directory();
        if (globs.length > 0) {
            project.write(
                    "pyproject.toml",
                    "[project]\nname = 'mod'\nversion = '0.1.0'\nlicense-files = ['" + String.join("', '", globs)
                            + "']\n");
        }
        return project.resolve();
    }

    private static List<String> find(Project project) throws IOException {
        return LicenseFiles.find(project).stream().map(LicenseFiles.Found::path).toList();
    }

    @Test
    void takesWhatIsUsuallyCalledSo() throws IOException {
        Project project = project();
        Trees.touch(
                directory,
                "LICENSE",
                "LICENSE-MIT",
                "LICENCE.md",
                "COPYING",
                "COPYING.LESSER",
                "NOTICE",
                "AUTHORS.rst",
                "license.txt",
                "MY-LICENSE",
                "sub/LICENSE",
                "LICENSES/MIT.txt");
        assertThat(find(project))
                .containsExactly(
                        "AUTHORS.rst", "COPYING", "COPYING.LESSER", "LICENCE.md", "LICENSE", "LICENSE-MIT", "NOTICE");
    }

    @Test
    void takesWhatCargoTomlNames() throws IOException {
        Project project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write("Cargo.toml", TestProject.manifest("mod", "license-file = \"legal/terms.txt\""))
                .write("legal/terms.txt", "", "LICENSE", "")
                .resolve();
        assertThat(find(project)).containsExactly("LICENSE", "legal/terms.txt");
    }

    @Test
    void whatCargoTomlNamesElsewhereGoesByItsName() throws IOException {
        Project project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write("Cargo.toml", TestProject.manifest("mod", "license-file = \"../terms.txt\""))
                .write("../terms.txt", "")
                .resolve();
        assertThat(find(project)).containsExactly("terms.txt");
    }

    @Test
    void aMemberOfAWorkspaceHasTheLicencesOfItsRoot() throws IOException {
        TestProject written = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write(
                        "../Cargo.toml",
                        "[workspace]\nmembers = [\"project\"]\nresolver = \"2\"\n",
                        "../LICENSE-MIT",
                        "");
        assertThat(find(written.resolve())).containsExactly("LICENSE-MIT");
        written.write("NOTICE", "");
        assertThat(find(written.resolve())).as("its own").containsExactly("NOTICE");
    }

    @ParameterizedTest
    @CsvSource({
        "LICENSE,             LICENSE",
        "LICEN*,              LICENSE",
        "L?CENSE,             LICENSE",
        "LICEN[SC]E,          LICENSE",
        "**/LICENSE,          LICENSE a/LICENSE a/b/LICENSE",
        "**,                  -",
        "a/*,                 a/LICENSE a/x",
        "a/**,                a/LICENSE a/b/LICENSE a/x",
        "a/**/LICENSE,        a/LICENSE a/b/LICENSE",
        "*/LICENSE,           a/LICENSE",
        "a,                   !",
        "target/made/NOTICE,  target/made/NOTICE",
        "target/made/*,       target/made/NOTICE",
        "node_modules/x/*,    node_modules/x/LICENSE",
        "a..b,                a..b",
        "license,             !",
        "b/*,                 !",
    })
    void takesWhatPyprojectNames(String glob, String files) throws IOException {
        Project project = project(glob);
        Trees.touch(
                directory,
                "LICENSE",
                "a/LICENSE",
                "a/b/LICENSE",
                "a/x",
                "a..b",
                "target/made/NOTICE",
                "target/rust/LICENSE",
                "node_modules/x/LICENSE",
                ".venv/lib/LICENSE",
                "env/pyvenv.cfg",
                "env/LICENSE",
                ".git/LICENSE");
        if (files.equals("!")) {
            assertThat(problem(project)).contains("matches no file");
        } else if (files.equals("-")) {
            assertThat(find(project))
                    .contains("LICENSE", "a/b/LICENSE", "src/lib.rs")
                    .doesNotContain("target/rust/LICENSE", "node_modules/x/LICENSE", "env/LICENSE", ".git/LICENSE");
        } else {
            assertThat(find(project)).containsExactly(files.split(" "));
        }
    }

    @Test
    void takesEachOnce() throws IOException {
        Project project = project("LICENSE", "LICEN*", "**/LICENSE");
        Trees.touch(directory, "LICENSE");
        assertThat(find(project)).containsExactly("LICENSE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../LICENSE", "a/../../LICENSE", "a\\\\b", "[", "{a"})
    void refusesWhatIsNoPatternOrLeadsOutside(String glob) {
        assertThat(problem(project(glob))).contains("'" + glob.replace("\\\\", "\\\\") + "'");
    }

    private String problem(Project project) {
        ProjectProblem.InvalidSetting problem = (ProjectProblem.InvalidSetting)
                catchThrowableOfType(BuildFailure.class, () -> LicenseFiles.find(project))
                        .problem();
        assertThat(problem.setting().origin()).matches("pyproject\\.toml:\\d+ project\\.license-files");
        return "'" + problem.setting().value() + "' " + problem.reason();
    }

    @Test
    void aDirectoryThatCanNotBeReadIsNoHindrance() throws IOException {
        Project project = project("**/LICENSE");
        Path closed = Trees.touch(directory, "LICENSE", "closed/LICENSE").resolve("closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assertThat(find(project)).contains("LICENSE");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThatThrownBy(() -> find(project("x"))).isInstanceOf(BuildFailure.class);
    }
}
