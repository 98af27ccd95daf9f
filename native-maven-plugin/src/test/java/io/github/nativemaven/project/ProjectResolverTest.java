package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a project is understood: small trees, real cargo. */
class ProjectResolverTest {
    private static final String NONE = "-";

    /** Asking cargo takes most of the time, so it's asked once where nothing depends on the crate. */
    private static Project any;

    @TempDir
    Path root;

    private Path directory;

    @BeforeAll
    static void askCargoOnce(@TempDir Path place) {
        any = TestProject.at(place.resolve("project"))
                .withExtension("crate-name")
                .resolve();
    }

    /** The project with a crate of this version. */
    private static Project resolve(TestProject project, String version) {
        ProjectRequest request = project.request();
        Crate crate = any.crate();
        return ProjectResolver.project(
                request,
                PyProject.find(request.directory()),
                request.cargo(),
                Setting.byDefault(crate.manifest()),
                any.workspace(),
                new Crate(
                        crate.id(),
                        crate.name(),
                        version,
                        crate.manifest(),
                        crate.fromRegistry(),
                        crate.targets(),
                        crate.rustVersion(),
                        crate.about()),
                any.toolchain());
    }

    private static Project resolve(TestProject project) {
        return resolve(project, "0.1.0");
    }

    private static Problem problemOf(ThrowingCallable call) {
        return catchThrowableOfType(BuildFailure.class, call).problem();
    }

    private TestProject project() {
        TestProject project = TestProject.at(root.resolve("project"));
        directory = project.directory();
        return project;
    }

    private static Problem problem(TestProject project) {
        return problemOf(project::resolve);
    }

    /** A crate that is called crate-name, and nothing else. */
    private TestProject crate() {
        return project().withExtension("crate-name");
    }

    private static String maturin(String... lines) {
        return "[tool.maturin]\n" + String.join("\n", lines) + "\n";
    }

    // --- the manifest ---

    static Stream<Arguments> manifests() {
        String sourceSet = maturin("python-source = 'python'");
        String named = "[project]\nname = 'Py.Name'\nversion = '0.1.0'\n";
        return Stream.of(
                arguments("the configured one", "other/Cargo.toml", "other/Cargo.toml", List.of(), ""),
                arguments(
                        "before pyproject's",
                        "other/Cargo.toml",
                        "other/Cargo.toml",
                        List.of(),
                        maturin("manifest-path = 'rust/Cargo.toml'")),
                arguments(
                        "pyproject's",
                        "",
                        "other/Cargo.toml",
                        List.of(),
                        maturin("manifest-path = 'other/Cargo.toml'")),
                arguments(
                        "pyproject's, not normal",
                        "",
                        "other/Cargo.toml",
                        List.of(),
                        maturin("manifest-path = './rust/../other/Cargo.toml'")),
                arguments(
                        "rust/, where pyproject names a source", "", "rust/Cargo.toml", List.of("python/x"), sourceSet),
                arguments(
                        "rust/, where the project is a package in src/",
                        "",
                        "rust/Cargo.toml",
                        List.of("src/Py_Name/__init__.py"),
                        named),
                arguments(
                        "the nearest, where src/ holds another package",
                        "",
                        "Cargo.toml",
                        List.of("src/other/__init__.py"),
                        named),
                arguments(
                        "the nearest, where src/ holds no package",
                        "",
                        "Cargo.toml",
                        List.of("src/Py_Name/x.py"),
                        named),
                arguments("the nearest", "", "Cargo.toml", List.of(), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void findsTheManifest(String rule, String configured, String expected, List<String> files, String pyproject) {
        TestProject project = crate();
        for (String place : List.of("other", "rust")) {
            project.write(
                    place + "/Cargo.toml",
                    TestProject.manifest(place).replace("../pyo3", "../../pyo3"),
                    place + "/src/lib.rs",
                    "");
        }
        Trees.touch(directory, files.toArray(String[]::new));
        if (!pyproject.isEmpty()) {
            project.write("pyproject.toml", pyproject);
        }
        if (!configured.isEmpty()) {
            project.set("manifest", configured);
        }
        assertThat(project.resolve().crate().manifest()).isEqualTo(directory.resolve(expected));
    }

    @Test
    void rustIsTakenWhereTheUserNamesAPythonSource() {
        TestProject project = crate().write(
                        "rust/Cargo.toml", TestProject.manifest("inner").replace("../pyo3", "../../pyo3"))
                .write("rust/src/lib.rs", "", "python/x", "")
                .set("pythonSource", "python");
        assertThat(project.resolve().crate().name()).isEqualTo("inner");
    }

    @Test
    void aManifestThatIsNotThereIsNamedWithWhoSaidSo() throws IOException {
        TestProject project = project().write("pyproject.toml", maturin("manifest-path = 'rust/Cargo.toml'"));
        assertThat(problem(project))
                .isEqualTo(new ProjectProblem.NoManifest(new Setting<>(
                        directory.resolve("rust/Cargo.toml"), "pyproject.toml:2 tool.maturin.manifest-path")));
        Files.delete(directory.resolve("pyproject.toml"));
        assertThat(problem(project))
                .isEqualTo(new ProjectProblem.NoManifest(Setting.byDefault(directory.resolve("Cargo.toml"))));
    }

    @Test
    void aWorkspaceWithoutAPackageNamesItsMembers() {
        TestProject project = project()
                .write("Cargo.toml", "[workspace]\nmembers = ['a', 'b']\n")
                .write("a/Cargo.toml", TestProject.manifest("a").replace("../pyo3", "../../pyo3"), "a/src/lib.rs", "")
                .write("b/Cargo.toml", TestProject.manifest("b").replace("../pyo3", "../../pyo3"), "b/src/lib.rs", "");
        assertThat(problem(project))
                .isEqualTo(new ProjectProblem.NoPackage(
                        directory.resolve("Cargo.toml"),
                        List.of(directory.resolve("a/Cargo.toml"), directory.resolve("b/Cargo.toml"))));
        assertThat(project.set("manifest", "b/Cargo.toml").resolve().crate().name())
                .isEqualTo("b");
    }

    // --- names ---

    /** The user's, pyproject's, [lib]'s, [project]'s; what is none of these is NONE. */
    @ParameterizedTest
    @CsvSource({
        // user, module-name, lib,    project,  name,       module
        "-,      -,           -,      -,        crate-name, crate_name",
        "-,      -,           lib_x,  -,        crate-name, lib_x",
        "-,      -,           lib_x,  Proj-X,   Proj-X,     lib_x",
        "-,      -,           -,      proj_x,   proj_x,     proj_x",
        "-,      -,           -,      Proj-X.y, Proj-X.y,   proj_x_y",
        "-,      -,           -,      ProjX,    ProjX,      ProjX",
        "-,      -,  crate_name,      proj_x,   proj_x,     crate_name",
        "-,      pkg._core,   lib_x,  proj_x,   proj_x,     pkg._core",
        "a.b,    pkg._core,   lib_x,  proj_x,   proj_x,     a.b",
    })
    void namesTheModule(String user, String moduleName, String lib, String inTable, String name, String module) {
        TestProject project = crate();
        if (!lib.equals(NONE)) {
            String manifest = TestProject.manifest("crate-name").replace("[lib]", "[lib]\nname = '" + lib + "'");
            project.write("Cargo.toml", manifest);
        }
        String pyproject = (inTable.equals(NONE) ? "" : "[project]\nname = '" + inTable + "'\nversion = '0.1.0'\n")
                + (moduleName.equals(NONE) ? "" : maturin("module-name = '" + moduleName + "'"));
        if (!pyproject.isEmpty()) {
            project.write("pyproject.toml", pyproject);
        }
        if (!user.equals(NONE)) {
            project.set("moduleName", user);
        }
        Project resolved = project.resolve();
        assertThat(resolved.name()).hasToString(name);
        assertThat(resolved.module()).hasToString(module);
    }

    @Test
    void theUserNamesTheDistributionButNotTheModule() {
        Project resolved = resolve(crate().set("name", "Other.Name"));
        assertThat(resolved.name()).hasToString("Other.Name");
        assertThat(resolved.module()).hasToString("crate_name");
        assertThat(resolved.settings())
                .contains(new Project.Decision("name", "Other.Name", "-Drust.name"))
                .contains(new Project.Decision("module name", "crate_name", "Cargo.toml lib.name"));
    }

    /** Who wins, and what the user would have to edit. */
    @ParameterizedTest
    @CsvSource({
        "name,           a-name,  b-name,  pyproject.toml:2 project.name",
        "requiresPython, >=3.8,   >=3.9,   pyproject.toml:4 project.requires-python",
    })
    void whatTheUserSetsWinsOverPyprojectWhichWinsOverCargo(String setting, String user, String file, String origin) {
        TestProject project = crate().write(
                        "pyproject.toml", "[project]\nname = 'b-name'\nversion = '0.1.0'\nrequires-python = '>=3.9'\n");
        String decision = setting.equals("name") ? "name" : "requires-python";
        assertThat(resolve(project).settings()).contains(new Project.Decision(decision, file, origin));
        assertThat(resolve(project.set(setting, user)).settings())
                .contains(new Project.Decision(decision, user, "-Drust." + setting));
    }

    @Test
    void dependenciesOfTheUserStandInPlaceOfThoseOfTheFile() {
        TestProject project = crate();
        assertThat(resolve(project).dependencies()).isEmpty();
        project.write("pyproject.toml", "[project]\nname = 'x'\nversion = '0.1.0'\ndependencies = ['a>=1', 'b']\n");
        assertThat(resolve(project).dependencies()).extracting(Object::toString).containsExactly("a>=1", "b");
        assertThat(resolve(project.set("dependencies", "c")).dependencies())
                .extracting(Object::toString)
                .containsExactly("c");
    }

    @Test
    void featuresAndFlagsOfMaturinAreTakenOver() {
        Project resolved = crate().write(
                        "pyproject.toml",
                        maturin("features = ['pyo3/abi3-py39']", "no-default-features = true", "locked = true"))
                .write("Cargo.lock", """
                        version = 4

                        [[package]]
                        name = "crate-name"
                        version = "0.1.0"
                        dependencies = ["pyo3"]

                        [[package]]
                        name = "pyo3"
                        version = "0.28.3"
                        """)
                .resolve();
        assertThat(resolved.cargo().features()).containsExactly("pyo3/abi3-py39");
        assertThat(resolved.cargo().noDefaultFeatures()).isTrue();
        assertThat(resolved.cargo().locked()).isTrue();
        assertThat(((Bindings.PyO3) resolved.bindings()).stableAbiMinor()).contains(9);
    }

    // --- the layout ---

    static Stream<Arguments> layouts() {
        String module = "module-name = 'pkg._core'";
        return Stream.of(
                arguments("pure", maturin(module), "", List.of(), ".", NONE),
                arguments("mixed, in the root", maturin(module), "", List.of("pkg/__init__.py"), ".", "pkg"),
                arguments("mixed without __init__.py", maturin(module), "", List.of("pkg/x.py"), ".", "pkg"),
                arguments(
                        "a crate of that name",
                        maturin(module),
                        "",
                        List.of("pkg/Cargo.toml", "pkg/src/lib.rs"),
                        ".",
                        NONE),
                arguments(
                        "a crate that is a package, too",
                        maturin(module),
                        "",
                        List.of("pkg/Cargo.toml", "pkg/__init__.py"),
                        ".",
                        "pkg"),
                arguments("a file of that name", maturin(module), "", List.of("pkg"), ".", NONE),
                arguments("in src/", maturin(module), "", List.of("src/pkg/__init__.py"), "src", "src/pkg"),
                arguments("in src/ only with __init__.py", maturin(module), "", List.of("src/pkg/x.py"), ".", NONE),
                arguments(
                        "pyproject's",
                        maturin(module, "python-source = 'python'"),
                        "",
                        List.of("python/pkg/x.py"),
                        "python",
                        "python/pkg"),
                arguments(
                        "pyproject's before src/",
                        maturin(module, "python-source = 'python'"),
                        "",
                        List.of("python/pkg/x.py", "src/pkg/__init__.py"),
                        "python",
                        "python/pkg"),
                arguments(
                        "pyproject's, and nothing in it",
                        maturin(module, "python-source = 'python'"),
                        "",
                        List.of("python/x.py", "pkg/x.py"),
                        "python",
                        NONE),
                arguments(
                        "Maven's before pyproject's",
                        maturin(module, "python-source = 'python'"),
                        "",
                        List.of("src/main/python/pkg/x.py", "python/pkg/x.py"),
                        "src/main/python",
                        "src/main/python/pkg"),
                arguments(
                        "the user's before Maven's",
                        maturin(module),
                        "mine",
                        List.of("src/main/python/pkg/x.py", "mine/pkg/x.py"),
                        "mine",
                        "mine/pkg"),
                arguments(
                        "beside each other",
                        maturin("module-name = 'pkg'"),
                        "",
                        List.of("pkg/__init__.py"),
                        ".",
                        "pkg"),
                arguments("deep", maturin("module-name = 'pkg.a.b'"), "", List.of("pkg/a/x.py"), ".", "pkg"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void findsPythonSource(
            String rule, String pyproject, String configured, List<String> files, String source, String pythonPackage) {
        TestProject project = crate().write("pyproject.toml", pyproject);
        Trees.touch(directory, files.toArray(String[]::new));
        if (!configured.isEmpty()) {
            project.set("pythonSource", configured);
        }
        Layout layout = resolve(project).layout();
        assertThat(layout.pythonSource()).isEqualTo(directory.resolve(source).normalize());
        if (pythonPackage.equals(NONE)) {
            assertThat(layout.pythonPackage()).isEmpty();
            assertThat(layout.isMixed()).isFalse();
        } else {
            assertThat(layout.pythonPackage()).contains(directory.resolve(pythonPackage));
            assertThat(layout.isMixed()).isTrue();
        }
    }

    @Test
    void findsData() {
        TestProject project = crate();
        assertThat(resolve(project).layout().data()).isEmpty();
        Trees.touch(directory, "crate_name.data/scripts/x", "other/scripts/x");
        assertThat(resolve(project).layout().data()).contains(directory.resolve("crate_name.data"));
        project.write("pyproject.toml", maturin("data = 'other'"));
        assertThat(resolve(project).layout().data()).contains(directory.resolve("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-source", "data"})
    void aDirectoryThatIsNotThereIsNamedWithWhoSaidSo(String key) {
        TestProject project = crate().write("pyproject.toml", maturin(key + " = 'missing'"));
        assertThat(problemOf(() -> resolve(project)))
                .isEqualTo(new ProjectProblem.NoDirectory(
                        new Setting<>(directory.resolve("missing"), "pyproject.toml:2 tool.maturin." + key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ümläut", "it's", "quo\"te", "$x", "日本"})
    void aDirectoryMayHaveAnyName(String name) {
        Path place = root.resolve(name);
        Project resolved = TestProject.at(place.resolve("project"))
                .withExtension("crate-name")
                .write("crate_name/__init__.py", "")
                .resolve();
        assertThat(resolved.crate().manifest()).isEqualTo(place.resolve("project/Cargo.toml"));
        assertThat(resolved.layout().isMixed()).isTrue();
    }

    @Test
    void aDirectoryMayBeReachedByALink() throws IOException {
        crate().write("crate_name/__init__.py", "");
        Path link = Files.createSymbolicLink(root.resolve("link"), directory);
        Project resolved = TestProject.at(link).resolve();
        assertThat(resolved.crate().name()).isEqualTo("crate-name");
        assertThat(resolved.crate().manifest()).isEqualTo(link.resolve("Cargo.toml"));
        assertThat(resolved.layout().pythonPackage()).contains(link.resolve("crate_name"));
    }

    @Test
    void aDirectoryAboveMayBeALink() throws IOException {
        crate();
        Path link = Files.createSymbolicLink(
                Files.createDirectory(root.resolve("x")).resolve("link"), root);
        Project resolved = TestProject.at(link.resolve("project")).resolve();
        assertThat(resolved.crate().directory()).isEqualTo(resolved.directory());
    }

    // --- versions ---

    @ParameterizedTest
    @CsvSource({
        // POM,           Cargo.toml,       pyproject, distribution
        "0.1.0,           0.1.0,            -,         0.1.0",
        "1.2,             1.2.0,            -,         1.2",
        "1.2.3-SNAPSHOT,  1.2.3-SNAPSHOT,   -,         1.2.3.dev0",
        "1.2.3-SNAPSHOT,  1.2.3,            -,         1.2.3.dev0",
        "1.2.3-RC1,       1.2.3-RC1,        -,         1.2.3rc1",
        "1.2.3-beta-2,    1.2.3-beta-2,     -,         1.2.3b2",
        "0.2.0,           0.1.0,            0.2.0,     0.2.0",
        "0.2.0,           0.1.0,            0.2,       0.2.0",
        "0.2.0-SNAPSHOT,  0.1.0,            0.2.0.dev0, 0.2.0.dev0",
        "0.2.0-SNAPSHOT,  0.1.0,            0.2.0,     0.2.0.dev0",
        "0.2.0-RC1,       0.1.0,            0.2.0-rc.1, 0.2.0rc1",
        "1.2.3.4,         0.1.0,            1.2.3.4,   1.2.3.4",
        "1.0-beta-1,      1.0.0-beta.1,     -,         1.0b1",
        "1.0.0-beta.1,    1.0.0-beta.1,     -,         1.0.0b1",
        "1.0.0-RC2,       1.0.0-rc.2,       -,         1.0.0rc2",
    })
    void versionsAgree(String pom, String cargo, String pyproject, String version) {
        assertThat(resolve(versions(pom, pyproject), cargo).version()).hasToString(version);
    }

    @ParameterizedTest
    @CsvSource({
        // POM,          Cargo.toml,     pyproject, found,          wanted
        "0.2.0,          0.1.0,          -,         0.1.0,          0.2.0",
        "0.2.0,          0.2.0-SNAPSHOT, -,         0.2.0-SNAPSHOT, 0.2.0",
        "0.2.0-RC1,      0.2.0,          -,         0.2.0,          0.2.0-RC1",
        "0.2.0-SNAPSHOT, 0.1.0,          -,         0.1.0,          0.2.0-SNAPSHOT",
        "1.0,            1.0.1,          -,         1.0.1,          1.0.0",
        "1.0-beta-1,     1.0.0-beta.2,   -,         1.0.0-beta.2,   1.0.0-beta-1",
        "1.0,            1.0.0-odd,      -,         1.0.0-odd,      1.0.0",
        "0.2.0,          0.2.0,          0.1.0,     0.1.0,          0.2.0",
        "0.2.0,          0.2.0,          0.2.0.dev0, 0.2.0.dev0,    0.2.0",
        "0.2.0-SNAPSHOT, 0.2.0,          0.1.0,     0.1.0,          0.2.0.dev0",
    })
    void versionsDiffer(String pom, String cargo, String pyproject, String found, String wanted) {
        TestProject project = versions(pom, pyproject);
        Path file = pyproject.equals(NONE) ? any.crate().manifest() : directory.resolve("pyproject.toml");
        assertThat(problemOf(() -> resolve(project, cargo)))
                .isEqualTo(new ProjectProblem.VersionsDiffer(file, found, pom, wanted));
    }

    private TestProject versions(String pom, String pyproject) {
        TestProject project = crate().version(pom);
        return pyproject.equals(NONE)
                ? project
                : project.write("pyproject.toml", "[project]\nname = 'x'\nversion = '" + pyproject + "'\n");
    }

    @Test
    void theVersionIsThatOfCargoToml() {
        TestProject project = crate().version("1.0");
        assertThat(problem(project))
                .isEqualTo(new ProjectProblem.VersionsDiffer(directory.resolve("Cargo.toml"), "0.1.0", "1.0", "1.0.0"));
    }

    @Test
    void aDynamicVersionIsCargos() {
        TestProject project = crate().write("pyproject.toml", "[project]\nname = 'x'\ndynamic = ['version']\n")
                .version("0.2.0");
        assertThat(problem(project))
                .isEqualTo(
                        new ProjectProblem.VersionsDiffer(directory.resolve("Cargo.toml"), "0.1.0", "0.2.0", "0.2.0"));
    }

    @ParameterizedTest
    @CsvSource({"1.x, accepted are numbers", "'', accepted are", "1.2.3.4, Cargo takes at most three"})
    void aVersionThatMapsToNothingIsThePoms(String version, String reason) {
        assertThat(problemOf(() -> resolve(crate().version(version))))
                .isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, problem -> {
                    assertThat(problem.setting()).isEqualTo(new Setting<>(version, "<version>"));
                    assertThat(problem.reason()).contains(reason);
                });
    }

    @Test
    void aVersionInPyprojectThatIsNoneIsTheFiles() {
        assertThat(problemOf(() -> resolve(versions("0.1.0", "one"))))
                .isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, problem -> assertThat(problem.setting())
                        .isEqualTo(new Setting<>("one", "pyproject.toml:3 project.version")));
    }

    // --- bindings ---

    static Stream<Arguments> bindings() {
        return Stream.of(
                arguments("pyo3", "pyo3 = { path = '../pyo3' }", "PyO3 0.28.3", false, NONE),
                arguments("by another name", "py = { package = 'pyo3', path = '../pyo3' }", "PyO3 0.28.3", false, NONE),
                arguments("bare abi3", "pyo3 = { path = '../pyo3', features = ['abi3'] }", "PyO3 0.28.3", true, NONE),
                arguments(
                        "abi3 from a version",
                        "pyo3 = { path = '../pyo3', features = ['abi3-py39'] }",
                        "PyO3 0.28.3",
                        true,
                        "9"),
                arguments(
                        "the lowest",
                        "pyo3 = { path = '../pyo3', features = ['abi3-py310', 'abi3-py37'] }",
                        "PyO3 0.28.3",
                        true,
                        "7"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bindings")
    void findsBindings(String rule, String dependency, String description, boolean stable, String minor) {
        Project resolved = crate().write(
                        "Cargo.toml",
                        TestProject.manifest("crate-name").replace("pyo3 = { path = \"../pyo3\" }", dependency))
                .resolve();
        Bindings.PyO3 pyo3 = (Bindings.PyO3) resolved.bindings();
        assertThat(pyo3.describe()).isEqualTo(description);
        assertThat(pyo3.isStableAbi()).isEqualTo(stable);
        assertThat(pyo3.stableAbiMinor().map(String::valueOf).orElse(NONE)).isEqualTo(minor);
    }

    @Test
    void theBindingsOfADependencyAreNotItsOwn() {
        TestProject project = crate().write(
                        "Cargo.toml",
                        TestProject.manifest("crate-name")
                                .replace("pyo3 = { path = \"../pyo3\" }", "between = { path = 'between' }"))
                .write(
                        "between/Cargo.toml",
                        "[package]\nname = 'between'\n[dependencies]\npyo3 = { path = '../../pyo3' }\n")
                .write("between/src/lib.rs", "");
        assertThat(project.resolve().bindings()).isInstanceOf(Bindings.Cffi.class);
    }

    @Test
    void onlyForTestsIsNoBinding() {
        TestProject project = crate().write(
                        "Cargo.toml",
                        TestProject.manifest("crate-name").replace("[dependencies]", "[dev-dependencies]"));
        assertThat(project.resolve().bindings()).isInstanceOf(Bindings.Cffi.class);
    }

    @Test
    void twoReleasesAreOneTooMany() {
        TestProject project = crate().write(
                        "Cargo.toml", TestProject.manifest("crate-name") + "old = { package = 'pyo3', path = 'old' }\n")
                .write("old/Cargo.toml", "[package]\nname = 'pyo3'\nversion = '0.26.0'\n", "old/src/lib.rs", "");
        assertThat(problem(project))
                .isEqualTo(new ProjectProblem.SeveralBindings(
                        directory.resolve("Cargo.toml"), List.of("0.26.0", "0.28.3")));
    }

    @ParameterizedTest
    @CsvSource({"[lib]\\ncrate-type = [\"rlib\"], rlib", "[lib], lib", "[lib]\\ncrate-type = [\"staticlib\"], staticlib"
    })
    void aLibraryThatPythonCanNotLoadIsRefused(String lib, String types) {
        TestProject project = crate().write(
                        "Cargo.toml",
                        TestProject.manifest("crate-name")
                                .replace("[lib]\ncrate-type = [\"cdylib\"]", lib.replace("\\n", "\n")));
        assertThat(problem(project))
                .isEqualTo(new ProjectProblem.NoDynamicLibrary(directory.resolve("Cargo.toml"), List.of(types)));
    }

    @Test
    void aProgramIsNoModule() throws IOException {
        TestProject project = crate().write(
                        "Cargo.toml",
                        TestProject.manifest("crate-name").replace("[lib]\ncrate-type = [\"cdylib\"]", ""))
                .write("src/main.rs", "fn main() {}");
        Files.delete(directory.resolve("src/lib.rs"));
        assertThat(project.resolve().bindings().hasLibrary()).isFalse();
    }

    // --- bad input ---

    @ParameterizedTest
    @CsvSource({
        "name,           -x,        expected ASCII letters",
        "moduleName,     a-b.c,     write a_b.c",
        "moduleName,     a..b,      each part must be",
        "moduleName,     1bad,      each part must be",
        "moduleName,     pkg.class, is a word of Python's own",
        "requiresPython, 3.9,       expected",
        "dependencies,   a b,       expected",
    })
    void aSettingThatIsNoneIsNamedWithItsValue(String setting, String value, String reason) {
        assertThat(problemOf(() -> resolve(crate().set(setting, value))))
                .isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, problem -> {
                    assertThat(problem.setting()).isEqualTo(new Setting<>(value, "-Drust." + setting));
                    assertThat(problem.reason()).contains(reason);
                });
    }

    @Test
    void whatCargoRefusesIsCargos() {
        TestProject project = crate().write("Cargo.toml", "[package\n");
        assertThat(problem(project))
                .isInstanceOfSatisfying(Cargo.ManifestRefused.class, problem -> assertThat(problem.manifest())
                        .isEqualTo(directory.resolve("Cargo.toml")));
    }

    /** The real thing, as released: only its metadata is fetched. */
    @Test
    void understandsTheReleasedPyO3() {
        TestProject project = crate().write(
                        "Cargo.toml",
                        TestProject.manifest("crate-name")
                                .replace(
                                        "{ path = \"../pyo3\" }",
                                        "{ version = \"0.28.0\", features = [\"abi3-py38\"] }"))
                .online();
        Bindings.PyO3 pyo3 = (Bindings.PyO3) project.resolve().bindings();
        assertThat(pyo3.describe()).startsWith("PyO3 0.28.");
        assertThat(pyo3.stableAbiMinor()).contains(8);
        assertThat(pyo3.crate().fromRegistry()).isTrue();
    }
}
