package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.ProjectMetadata;
import io.github.nativemaven.wheel.WheelAssembler;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of values that can't be: before anything is compiled, with file, line and key, and what to write instead. */
class BadInputTest {
    @TempDir
    Path root;

    private static Stream<Arguments> pyprojects() {
        return Stream.of(
                arguments("[project\nname = 'x'", "A"),
                arguments("[project]\nname = 'mod'\nversion = '1.0.0-'", "A"),
                arguments("[project]\nname = 'my mod'\nversion = '0.1.0'", "A"),
                arguments("[project]\nname = 'mod'\ndescription = 'two\\nlines'", "A"),
                arguments("[project]\nname = 'mod'\ndescription = \"two\\nlines\"", "A"),
                arguments("[project]\nname = 'mod'\nrequires-python = '>=3.9 <4'", "A"),
                arguments("[project]\nname = 'mod'\ndependencies = [\n'a',\n'b>=1..0']", "A"),
                arguments("[project]\nname = 'mod'\ndependencies = [\n'a',\n\"b; python_versio < '3'\"]", "A"),
                arguments("[project]\nname = 'mod'\n[project.optional-dependencies]\nx = [\n'b >> 1']", "A"),
                arguments("[project]\nname = 'mod'\n[project.optional-dependencies]\n'a b' = []", "A"),
                arguments("[project]\nname = 'mod'\nlicense = 'MIT or GPL'", "A"),
                arguments("[project]\nname = 'mod'\nlicense = 3", "A"),
                arguments("[project]\nname = 'mod'\nlicense-files = ['LICENSE*']", "A"),
                arguments("[project]\nname = 'mod'\nlicense-files = [\n'LICENSE[']", "A"),
                arguments("[project]\nname = 'mod'\nlicense-files = ['../LICENSE']", "A"),
                arguments("[project]\nname = 'mod'\nreadme = 'README.md'", "A"),
                arguments("[project]\nname = 'mod'\nreadme = 'pom.xml'", "A"),
                arguments("[project]\nname = 'mod'\nauthors = [{ name = 'a', mail = 'x' }]", "A"),
                arguments("[project]\nname = 'mod'\nauthors = [{ name = \"a\\nb\" }]", "A"),
                arguments("[project]\nname = 'mod'\nkeywords = [\"a\\nb\"]", "A"),
                arguments("[project]\nname = 'mod'\nclassifiers = [\n'A',\n\"a\\nb\"]", "A"),
                arguments("[project]\nname = 'mod'\n[project.urls]\nHome = 'example.org'", "A"),
                arguments("[project]\nname = 'mod'\n[project.urls]\n'A label of more than thirty-two characters' = 'https://a.b'", "A"),
                arguments("[project]\nname = 'mod'\n[project.scripts]\nrun = 'mod'", "A"),
                arguments("[project]\nname = 'mod'\n[project.scripts]\n'run it=1' = 'mod:x'", "A"),
                arguments("[project]\nname = 'mod'\n[project.entry-points]\nx = 'mod:x'", "A"),
                arguments("[project]\nname = 'mod'\n[project.entry-points.console_scripts]\nx = 'mod:x'", "A"),
                arguments("[project]\nname = 'mod'\ndynamic = ['name']", "A"),
                arguments("[project]\nname = 'mod'\ndescription = 'x'\ndynamic = ['description']", "A"),
                arguments("[tool.maturin]\nmodule-name = 'my-mod'", "A"),
                arguments("[tool.maturin]\nmodule-name = 'mod.class'", "A"),
                arguments("[tool.maturin]\npython-source = 'python'", "A"),
                arguments("[tool.maturin]\ndata = 'dat'", "A"),
                arguments("[tool.maturin]\nmanifest-path = 'rust/Cargo.toml'", "A"),
                arguments("[tool.maturin]\npython-packages = ['nope']", "A"),
                arguments("[tool.maturin]\ninclude = [\n'../x']", "A"),
                arguments("[tool.maturin]\ninclude = [\n'/etc/passwd']", "A"),
                arguments("[tool.maturin]\ninclude = [\n'a[b']", "A"),
                arguments("[tool.maturin]\ninclude = [{ path = 'x', format = 'weel' }]", "A"),
                arguments("[tool.maturin]\ninclude = [{ path = 'x', from = 'out-dir', to = '../x' }]", "A"),
                arguments("[tool.maturin]\nbindings = 'pyo4'", "A"),
                arguments("[tool.maturin]\nstrip = 'yes'", "A"),
                arguments("[tool.maturin]\nfeatures = [{ feature = 'x', python-version = '3.11' }]", "A"),
                arguments("[tool.maturin]\ncompatibility = 'manylinux_x'", "A"),
                arguments("[tool.maturin]\nprofile = 3", "A"),
                arguments("[dependency-groups]\ndev = [{ include-group = 'nope' }]", "A"),
                arguments("[dependency-groups]\ndev = ['b >> 1']", "A"));
    }

    @ParameterizedTest
    @MethodSource("pyprojects")
    void isNamed(String text, String expected) {
        TestProject project = TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write("pyproject.toml", text + "\n");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> all(project));
        System.out.println("#### " + text.replace("\n", "⏎") + "\n     " + (failure == null ? "NOTHING" : ProblemWording.of(failure)));
    }

    private static void all(TestProject project) throws Exception {
        Project resolved = project.resolve();
        ProjectMetadata.of(resolved);
        ProjectMetadata.entryPoints(resolved);
    }
}
