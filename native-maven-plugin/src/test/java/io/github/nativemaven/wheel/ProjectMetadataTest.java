package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.project.PomMetadata;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Problem;
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

/** Who says what of a distribution: pyproject.toml, then Cargo.toml, then the rest of the POM. */
class ProjectMetadataTest {
    private static final String[] CARGO = {
        "description = \"of Cargo\"",
        "license = \"MIT/Apache-2.0\"",
        "authors = [\"Ann <ann@example.org>\", \"Bob\", \"carl@example.org\"]",
        "keywords = [\"a\", \"b\"]",
        "homepage = \"https://home.example.org\"",
        "repository = \"https://source.example.org\"",
        "documentation = \"https://docs.example.org\"",
    };

    @TempDir
    Path root;

    private TestProject project(String... cargo) {
        return TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write("Cargo.toml", TestProject.manifest("mod", cargo));
    }

    private static TestProject withPom(TestProject project) {
        return project.pom(old -> new PomMetadata(
                old.file(),
                old.groupId(),
                old.artifactId(),
                old.version(),
                Optional.of("of POM"),
                Optional.of("https://pom.example.org"),
                List.of("Apache-2.0", "MIT"),
                List.of(
                        new PomMetadata.Developer(Optional.of("Dora"), Optional.of("dora@example.org")),
                        new PomMetadata.Developer(Optional.of("Emil"), Optional.empty())),
                Optional.of("https://scm.example.org"),
                Optional.of("https://issues.example.org")));
    }

    private static String write(TestProject project) throws IOException {
        return ProjectMetadata.of(project.resolve()).write();
    }

    private static Problem problem(TestProject project) {
        return catchThrowableOfType(BuildFailure.class, () -> write(project)).problem();
    }

    @Test
    void aProjectOfWhichNothingIsSaidSaysLittle() throws IOException {
        assertThat(write(project())).isEqualTo("Metadata-Version: 2.4\nName: mod\nVersion: 0.1.0\n");
    }

    @Test
    void aPomAloneIsEnough() throws IOException {
        assertThat(write(withPom(project()))).isEqualTo("""
                Metadata-Version: 2.4
                Name: mod
                Version: 0.1.0
                Summary: of POM
                Author: Emil
                Author-email: Dora <dora@example.org>
                License-Expression: Apache-2.0 OR MIT
                Project-URL: Homepage, https://pom.example.org
                Project-URL: Source Code, https://scm.example.org
                Project-URL: Issues, https://issues.example.org
                """);
    }

    @Test
    void cargoTomlWinsOverThePom() throws IOException {
        assertThat(write(withPom(project(CARGO)))).isEqualTo("""
                Metadata-Version: 2.4
                Name: mod
                Version: 0.1.0
                Summary: of Cargo
                Keywords: a,b
                Author: Bob
                Author-email: Ann <ann@example.org>, carl@example.org
                License-Expression: MIT OR Apache-2.0
                Project-URL: Homepage, https://home.example.org
                Project-URL: Documentation, https://docs.example.org
                Project-URL: Source Code, https://source.example.org
                Project-URL: Issues, https://issues.example.org
                """);
    }

    @Test
    void pyprojectWinsOverBoth() throws IOException {
        TestProject project = withPom(project(CARGO)).write("pyproject.toml", """
                        [project]
                        name = "Mod"
                        version = "0.1.0"
                        description = "of Python"
                        requires-python = ">=3.9"
                        license = "BSD-3-Clause"
                        authors = [{ name = "Zoë, Dr." , email = "zoe@example.org" }, { name = "Yan" }]
                        maintainers = [{ email = "x@example.org" }]
                        keywords = ["k"]
                        classifiers = ["Programming Language :: Rust"]
                        dependencies = ["numpy>=1.26"]
                        [project.optional-dependencies]
                        test = ["pytest; python_version < '3.12'", "tox"]
                        [project.urls]
                        Here = "https://here.example.org"
                        """);
        assertThat(write(project)).isEqualTo("""
                Metadata-Version: 2.4
                Name: Mod
                Version: 0.1.0
                Summary: of Python
                Keywords: k
                Author: Yan
                Author-email: "Zoë, Dr." <zoe@example.org>
                Maintainer-email: x@example.org
                License-Expression: BSD-3-Clause
                Classifier: Programming Language :: Rust
                Requires-Dist: numpy>=1.26
                Requires-Dist: pytest; python_version < "3.12" and extra == "test"
                Requires-Dist: tox; extra == "test"
                Requires-Python: >=3.9
                Project-URL: Here, https://here.example.org
                Provides-Extra: test
                """);
    }

    @Test
    void withATableOnlyWhatItLeavesOpenIsTakenFromElsewhere() throws IOException {
        TestProject project = withPom(project(CARGO))
                .write(
                        "pyproject.toml",
                        "[project]\nname = 'mod'\nversion = '0.1.0'\ndynamic = ['description', 'license']\n");
        assertThat(write(project)).isEqualTo("""
                Metadata-Version: 2.4
                Name: mod
                Version: 0.1.0
                Summary: of Cargo
                License-Expression: MIT OR Apache-2.0
                """);
    }

    @Test
    void whatTheUserSetsWinsOverAll() throws IOException {
        TestProject project = project(CARGO)
                .write(
                        "pyproject.toml",
                        "[project]\nname = 'mod'\nversion = '0.1.0'\nrequires-python = '>=3.9'\ndependencies = ['a']\n")
                .set("name", "other")
                .set("requiresPython", ">=3.10")
                .set("dependencies", "b;c>1");
        assertThat(write(project))
                .contains("Name: other\n", "Requires-Python: >=3.10\n", "Requires-Dist: b\nRequires-Dist: c>1\n")
                .doesNotContain("Requires-Dist: a");
    }

    @ParameterizedTest
    @CsvSource({
        "The Apache Software License, License: The Apache Software License",
        "'Apache License, Version 2.0', 'License: Apache License, Version 2.0'",
        "GPL-3.0-or-later, License-Expression: GPL-3.0-or-later",
    })
    void aLicenceThatIsNoExpressionGoesIntoTheOldField(String license, String line) throws IOException {
        TestProject project = project()
                .pom(old -> new PomMetadata(
                        old.file(),
                        old.groupId(),
                        old.artifactId(),
                        old.version(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(license),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(write(project)).contains("\n" + line + "\n");
    }

    @Test
    void aReadmeIsTheDescription() throws IOException {
        TestProject project = project("readme = \"docs/READ ME.rst\"").write("docs/READ ME.rst", "Ümläut\n=====\n");
        assertThat(write(project))
                .contains("Description-Content-Type: text/x-rst")
                .endsWith("\n\nÜmläut\n=====\n");
        project.write(
                "pyproject.toml",
                "[project]\nname = 'mod'\nversion = '0.1.0'\nreadme = { text = 'said *here*', content-type = 'text/markdown' }\n");
        assertThat(write(project))
                .contains("Description-Content-Type: text/markdown")
                .endsWith("\n\nsaid *here*\n");
    }

    @ParameterizedTest
    @CsvSource({
        "readme = \"README.nix\",               Cargo.toml package.readme,   README.nix,  no such file",
        "homepage = \"not a url\",              Cargo.toml package.homepage, not a url,   ''",
        "description = \"two\\nlines\",         Cargo.toml package.description, 'two\nlines', ''",
    })
    void aValueThatCanNotStandThereIsNamedWithItsOrigin(String line, String origin, String value, String reason) {
        Problem problem = problem(project(line));
        assertThat(problem).isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, invalid -> {
            assertThat(invalid.setting().origin()).contains(origin);
            assertThat(invalid.setting().value()).contains(value);
            assertThat(invalid.reason()).contains(reason);
        });
    }

    @Test
    void aReadmeInAnotherEncodingIsNamed() throws IOException {
        TestProject project = project("readme = \"README\"");
        Files.write(project.directory().resolve("README"), "Zoë".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problem(project)).isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, invalid -> {
            assertThat(invalid.setting()).isEqualTo(new Setting<>("README", "Cargo.toml package.readme"));
            assertThat(invalid.reason()).contains("UTF-8");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'dynamic = [\"license\"]',                        'pyproject.toml:4 project.dynamic has ''license'', but'",
        "'dynamic = [\"version\", \"readme\"]',            'pyproject.toml:4 project.dynamic has ''readme'', but'",
        "'dynamic = [\"version\", \"license-files\"]',     ''",
        "'license = \"MIT\"',                              ''",
        "'classifiers = [\"License :: OSI Approved\"]',    ''",
        "'license = \"MIT\"\nclassifiers = [\"A\",\n\"License :: B\"]', 'pyproject.toml:6 project.classifiers ''License :: B'' says again what license says, pyproject.toml:4 project.license.'",
    })
    void whatItsAuthorMayNotHaveMeantIsRemarkedAndBuilt(String line, String remark) throws IOException {
        TestProject project = project().write("pyproject.toml", "[project]\nname = 'mod'\n" + "\n" + line + "\n");
        assertThat(write(project)).startsWith("Metadata-Version");
        List<String> remarks = MetadataRemarks.of(project.resolve());
        assertThat(remarks).hasSize(remark.isEmpty() ? 0 : 1);
        assertThat(String.join("", remarks)).startsWith(remark);
    }

    @Test
    void entryPointsAreThoseOfThePyproject() {
        TestProject project = project().write("pyproject.toml", """
                        [project]
                        name = "mod"
                        version = "0.1.0"
                        scripts = { run = "mod:main" }
                        gui-scripts = { win = "mod:win" }
                        [project.entry-points."x.plugins"]
                        p = "mod.p:x [extra]"
                        """);
        assertThat(ProjectMetadata.entryPoints(project.resolve()).write())
                .contains(
                        "[console_scripts]\nrun = mod:main\n",
                        "[gui_scripts]\nwin = mod:win\n",
                        "[x.plugins]\np = mod.p:x");
        project.write("pyproject.toml", "[project]\nname = 'mod'\nversion = '0.1.0'\nscripts = { run = 'no way' }\n");
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> ProjectMetadata.entryPoints(project.resolve()));
        assertThat(failure.problem()).isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, invalid -> assertThat(
                        invalid.setting().origin())
                .isEqualTo("pyproject.toml:4 project.scripts.run"));
    }

    @ParameterizedTest
    @CsvSource({
        "[project.scripts], a = 'mod:main', b = 'mod', project.scripts.b",
        "[project.gui-scripts], a = 'mod:main', b = 'm-d:main', project.gui-scripts.b",
        "[project.entry-points.x], a = 'mod', b = '', project.entry-points.x.b",
    })
    void aWrongEntryPointIsNamedWithItsLine(String table, String first, String second, String key) {
        TestProject project = project()
                .write(
                        "pyproject.toml",
                        "[project]\nname = 'mod'\nversion = '0.1.0'\n" + table + "\n" + first + "\n" + second + "\n");
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> ProjectMetadata.entryPoints(project.resolve()));
        ProjectProblem.InvalidSetting problem = (ProjectProblem.InvalidSetting) failure.problem();
        assertThat(problem.setting().origin()).isEqualTo("pyproject.toml:6 " + key);
    }
}
