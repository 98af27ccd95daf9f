package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.BuildFailure;
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
                arguments("[project\nname = 'x'", "pyproject.toml:1: Unexpected end of line, expected ]"),
                arguments(
                        "[project]\nname = 'mod'\ndescription = \"two\\nlines\"",
                        "pyproject.toml:3 project.description 'two\\nlines': expected one line without control characters"),
                arguments(
                        "[project]\nname = 'mod'\nrequires-python = '>=3.9 <4'",
                        "pyproject.toml:3 project.requires-python '>=3.9 <4': expected a comma or nothing more at character 7"),
                arguments(
                        "[project]\nname = 'mod'\ndependencies = [\n'a',\n'b>=1..0']",
                        "pyproject.toml:5 project.dependencies 'b>=1..0': expected numbers with dots, then optional suffixes in this order, such as 1.2.3, 1.2a1, 1.2b1, 1.2rc1, 1.2.post1, 1.2.dev1,"),
                arguments(
                        "[project]\nname = 'mod'\ndependencies = [\n'a',\n\"b; python_versio < '3'\"]",
                        "pyproject.toml:5 project.dependencies 'b; python_versio < '3'': unknown variable python_versio; known are [os_name, sys_platform, platform_machine,"),
                arguments(
                        "[project]\nname = 'mod'\nlicense = 'MIT or GPL'",
                        "pyproject.toml:3 project.license 'MIT or GPL': 'GPL' is not on the SPDX License List; expected an identifier such as MIT, Apache-2.0 or LicenseRef-My-Own"),
                arguments(
                        "[project]\nname = 'mod'\nlicense-files = ['LICENSE*']",
                        "pyproject.toml:3 project.license-files 'LICENSE*': matches no file; name one that is there, or take the pattern out"),
                arguments(
                        "[project]\nname = 'mod'\nlicense-files = [\n'LICENSE[']",
                        "pyproject.toml:4 project.license-files 'LICENSE[': a [ is never closed"),
                arguments(
                        "[project]\nname = 'mod'\nlicense-files = ['../LICENSE']",
                        "pyproject.toml:3 project.license-files '../LICENSE': must be relative, with '/', and stay in the project; write LICENSE or licenses/*.txt"),
                arguments(
                        "[project]\nname = 'mod'\nreadme = 'README.md'",
                        "pyproject.toml:3 project.readme 'README.md': no such file: README.md"),
                arguments(
                        "[project]\nname = 'mod'\nreadme = 'pom.xml'",
                        "pyproject.toml:3 project.readme 'pom.xml': expected .md, .rst or .txt, or a content type beside it"),
                arguments(
                        "[project]\nname = 'mod'\n[project.urls]\nHome = 'example.org'",
                        "pyproject.toml:4 project.urls.Home 'Home, example.org': expected a URL with its scheme, such as https://example.com/"),
                arguments(
                        "[project]\nname = 'mod'\n[project.urls]\n'A label of more than thirty-two characters' = 'https://a.b'",
                        "pyproject.toml:4 project.urls.A label of more than thirty-two characters 'A label of more than thirty-two characters, https://a.b': expected a label of at most 32 characters"),
                arguments(
                        "[project]\nname = 'mod'\n[project.scripts]\nrun = 'mod'",
                        "pyproject.toml:4 project.scripts.run 'mod': expected a function: module:function"),
                arguments(
                        "[project]\nname = 'mod'\n[project.entry-points.console_scripts]\nx = 'mod:x'",
                        "pyproject.toml:3 project.entry-points.console_scripts: has a table of its own; write [project.scripts]"),
                arguments(
                        "[project]\nname = 'mod'\ndynamic = ['name']",
                        "pyproject.toml:3 project.dynamic: 'name' can't be dynamic; take it out, and write name = \"…\""),
                arguments(
                        "[project]\nname = 'mod'\ndescription = 'x'\ndynamic = ['description']",
                        "pyproject.toml:4 project.dynamic: 'description' has a value, in line 3; leave one of both out"),
                arguments(
                        "[tool.maturin]\nmodule-name = 'my-mod'",
                        "pyproject.toml:2 tool.maturin.module-name 'my-mod': a '-' can't stand in a module's name; write my_mod"),
                arguments(
                        "[tool.maturin]\npython-source = 'python'",
                        "pyproject.toml:2 tool.maturin.python-source python: no such directory."),
                arguments(
                        "[tool.maturin]\nmanifest-path = 'rust/Cargo.toml'",
                        "No Cargo.toml: rust/Cargo.toml, as pyproject.toml:2 tool.maturin.manifest-path says, isn't there."),
                arguments(
                        "[tool.maturin]\ninclude = [\n'../x']",
                        "pyproject.toml:3 tool.maturin.include '../x': must not leave the project"),
                arguments(
                        "[tool.maturin]\ninclude = [\n'a[b']",
                        "pyproject.toml:3 tool.maturin.include 'a[b': a [ is never closed"),
                arguments(
                        "[tool.maturin]\ninclude = [{ path = 'x', format = 'weel' }]",
                        "pyproject.toml:2 tool.maturin.include.format: 'weel' is no format; write \"sdist\", \"wheel\" or both"),
                arguments(
                        "[tool.maturin]\ninclude = [{ path = 'x', from = 'out-dir', to = '../x' }]",
                        "pyproject.toml:2 tool.maturin.include.to: '../x' must stay in the wheel: a relative path without '..'"),
                arguments(
                        "[tool.maturin]\nbindings = 'pyo4'",
                        "pyproject.toml:2 tool.maturin.bindings 'pyo4': expected one of pyo3, pyo3-ffi, cffi, uniffi, bin"),
                arguments(
                        "[tool.maturin]\nstrip = 'yes'",
                        "pyproject.toml:2 tool.maturin.strip: expected true or false, found yes"),
                arguments(
                        "[tool.maturin]\nfeatures = [{ feature = 'x', python-version = '3.11' }]",
                        "pyproject.toml:2 tool.maturin.features.python-version: '3.11': expected one of ~=, ==, !=, <=, >=, <, >, === and a version at character 1; write \">=3.11\""));
    }

    @ParameterizedTest
    @MethodSource("pyprojects")
    void isNamed(String text, String expected) {
        TestProject project =
                TestProject.at(root.resolve("project")).withExtension("mod").write("pyproject.toml", text + "\n");
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> all(project));
        assertThat(failure).as("accepted: " + text).isNotNull();
        assertThat(ProblemWording.of(failure).replace(root + "/project/", "")).startsWith(expected);
    }

    private static void all(TestProject project) throws Exception {
        Project resolved = project.resolve();
        WheelAssembler.check(resolved);
    }
}
