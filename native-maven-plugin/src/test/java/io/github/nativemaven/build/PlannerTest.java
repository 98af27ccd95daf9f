package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.Interpreters;
import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.python.TargetPython;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final Map<String, Project> PROJECTS = new HashMap<>();

    @TempDir
    static Path root;

    @AfterAll
    static void forget() {
        PROJECTS.clear();
    }

    /** A crate with these features of PyO3: {@code abi3-py39}, or {@code -} for none. */
    private static Project project(String features) {
        return PROJECTS.computeIfAbsent(features, key -> {
            TestProject project = TestProject.at(
                            root.resolve("p" + PROJECTS.size()).resolve("project"))
                    .withExtension("mod");
            return key.equals("-")
                    ? project.resolve()
                    : project.write(
                                    "Cargo.toml",
                                    TestProject.manifest("mod")
                                            .replace("../pyo3\"", "../pyo3\", features = [\"" + key + "\"]"))
                            .resolve();
        });
    }

    private static PlanRequest request(Project project, List<Interpreter> interpreters) {
        return new PlanRequest(project, Setting.byDefault("release"), interpreters, Optional.empty());
    }

    private static List<Interpreter> interpreters(String words) {
        return Arrays.stream(words.split(" ")).map(Interpreters::of).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "-,          3.11.7,                     cp311",
        "-,          3.11.7 3.12.1 3.13.0t,      cp311 cp312 cp313t",
        "-,          3.11.7 3.11.9,              cp311",
        "-,          3.13.0 3.13.0t,             cp313 cp313t",
        "-,          3.7.16,                     cp37m",
        "-,          pypy3.11.14,                pypy311_pp73",
        "abi3-py39,  3.11.7,                     cp39-abi3",
        "abi3-py39,  3.9.1 3.11.7 3.12.1,        cp39-abi3",
        "abi3-py39,  3.11.7 3.13.0t pypy3.11.14, cp39-abi3 cp313t pypy311_pp73",
        "abi3-py39,  3.13.0t,                    cp313t",
        "abi3-py39,  3.16.0,                     cp39-abi3",
        "abi3,       3.11.7,                     cp311-abi3",
        "abi3,       3.13.0t 3.12.1,             cp313t cp312-abi3",
    })
    void oneUnitForEachAbi(String features, String interpreters, String labels) {
        List<Interpreter> asked = interpreters(interpreters);
        Plan plan = Planner.plan(request(project(features), asked));
        assertThat(plan.units().stream().map(Unit::label).collect(Collectors.joining(" ")))
                .isEqualTo(labels);
        assertThat(plan.units().get(0).interpreter()).as("who asks first").contains(asked.get(0));
    }

    /** PyO3 0.30 knows the stable ABI of free-threaded builds, from 3.15 on. */
    @ParameterizedTest
    @CsvSource({
        "-,                       3.15.0 3.15.0t,               cp315 cp315t",
        "abi3t-py315,             3.15.0 3.15.0t,               cp315-abi3t",
        "abi3t-py315,             3.14.0 3.14.0t 3.15.0t,       cp314 cp314t cp315-abi3t",
        "abi3-py310 abi3t-py315,  3.12.1 3.14.0 3.15.0 3.15.0t, cp310-abi3 cp315-abi3t",
        "abi3-py310 abi3t-py315,  3.14.0t pypy3.11.14,          cp314t pypy311_pp73",
        "abi3-py310 abi3t,        3.15.0t 3.14.0,               cp315-abi3t cp310-abi3",
        "abi3t,                   3.16.0,                       -",
        "-,                       3.13.0t,                      -",
        "abi3-py39,               3.8.18,                       -",
        "abi3-py39,               pypy3.10.14,                  -",
    })
    void theNewestPyO3(String features, String interpreters, String labels) {
        Project project = PROJECTS.computeIfAbsent("0.30 " + features, key -> TestProject.at(
                        root.resolve("p" + PROJECTS.size()).resolve("project"))
                .withExtension("mod")
                .write("../pyo3/Cargo.toml", PYO3_30)
                .write("Cargo.toml", manifest(features.equals("-") ? "" : features))
                .resolve());
        PlanRequest request = request(project, interpreters(interpreters));
        if (labels.equals("-")) {
            assertThat(catchThrowableOfType(BuildFailure.class, () -> Planner.plan(request))
                            .problem())
                    .isInstanceOf(Planner.UnsupportedPython.class);
        } else {
            assertThat(Planner.plan(request).units().stream().map(Unit::label).collect(Collectors.joining(" ")))
                    .isEqualTo(labels);
        }
    }

    private static final String PYO3_30 = """
            [package]
            name = "pyo3"
            version = "0.30.1"
            [features]
            abi3 = []
            abi3-py39 = ["abi3-py310"]
            abi3-py310 = ["abi3"]
            abi3t = []
            abi3t-py315 = ["abi3t"]
            """;

    private static String manifest(String features) {
        String list = features.isEmpty() ? "" : "\"" + features.replace(" ", "\", \"") + "\"";
        return TestProject.manifest("mod").replace("../pyo3\"", "../pyo3\", features = [" + list + "]");
    }

    @Test
    void theTagsOfTheStableAbis() {
        Abi both = new Abi.Stable(new PythonVersion(3, 15), true);
        assertThat(both.pythonTag() + "-" + both.abiTag()).isEqualTo("cp315-abi3.abi3t");
        assertThat(both.describe()).isEqualTo("CPython 3.15 and later (abi3t)");
        assertThat(both.fileName("m", OperatingSystem.LINUX)).isEqualTo("m.abi3t.so");
        assertThat(both.fileName("m", OperatingSystem.WINDOWS)).isEqualTo("m.pyd");
    }

    /** Features that are on for some Pythons decide about their ABI. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pyo3/abi3-py311 | >=3.11 | 3.9.1 3.10.2 3.11.7 3.12.1 | cp39: cp310: cp311-abi3:pyo3/abi3-py311",
                "pyo3/abi3-py310 | >=3.12 | 3.9.1 3.11.7 3.12.1 3.13.0 | cp39: cp311: cp310-abi3:pyo3/abi3-py310",
                "stable          | >=3.11 | 3.9.1 3.11.7 3.13.0t       | cp39: cp311-abi3:stable,pyo3/abi3-py311 cp313t:stable",
            })
    void featuresOfSomePythonsChooseTheirAbi(String feature, String versions, String interpreters, String units) {
        Project project = TestProject.at(root.resolve("c" + feature.replace('/', '-') + versions.substring(2))
                        .resolve("project"))
                .withExtension("mod")
                .write(
                        "Cargo.toml",
                        TestProject.manifest("mod") + "[features]\nstable = [\"pyo3/abi3-py311\"]\n",
                        "pyproject.toml",
                        "[tool.maturin]\nfeatures = [{ feature = \"" + feature + "\", python-version = \"" + versions
                                + "\" }]\n")
                .resolve();
        assertThat(Planner.plan(request(project, interpreters(interpreters))).units().stream()
                        .map(unit -> unit.label() + ":"
                                + String.join(",", unit.features().besides()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(units);
    }

    /** What a feature of the crate switches on can be left away for a Python that is too old; a dependency's own can't. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default = ['fast', 'stable']  fast = []  stable = ['pyo3/abi3-py311'] |               | fast",
                "default = []  stable = ['pyo3/abi3-py311']                            | stable        | ''",
                "default = ['fast']  fast = []                                         | pyo3/abi3-py311 | fast",
                "default = ['outer']  outer = ['inner']  inner = ['pyo3/abi3-py310']   |               | ''",
            },
            quoteCharacter = '"')
    void aWheelOfItsOwnForAPythonThatIsTooOld(String features, String asked, String only) {
        TestProject written = TestProject.at(
                        root.resolve("o" + (features + asked).hashCode()).resolve("project"))
                .withExtension("mod")
                .write(
                        "Cargo.toml",
                        TestProject.manifest("mod") + "[features]\n"
                                + features.replace("'", "\"").replace("]  ", "]\n"));
        if (asked != null) {
            CargoSettings settings = TestProject.settings();
            written.cargo(new CargoSettings(
                    settings.executable(),
                    List.of(asked),
                    false,
                    false,
                    true,
                    false,
                    0,
                    false,
                    Optional.empty(),
                    List.of(),
                    Map.of()));
        }
        Project project = written.resolve();
        Cargo cargo = Cargo.find(RealPythons.host(), project.cargo(), Events.ignored());
        Plan plan = Planner.plan(new PlanRequest(
                project,
                Setting.byDefault("dev"),
                List.of(TargetRequest.ofHost(project, interpreters("3.9.1 3.12.1"))),
                Optional.empty(),
                () -> FeatureTable.withoutStableAbi(project, cargo)));
        assertThat(plan.units()).hasSize(2);
        assertThat(plan.units().get(0).label()).isEqualTo("cp39");
        assertThat(plan.units().get(0).features().only()).contains(only.equals("''") ? List.of() : List.of(only));
        assertThat(plan.units().get(1).features()).isEqualTo(Features.OF_PROJECT);
    }

    @Test
    void whoAsksForAllGetsThoseThatCanBe() {
        RecordedEvents events = new RecordedEvents();
        PlanRequest request = request(project("abi3-py39"), interpreters("3.6.15 3.8.18 3.12.1 3.15.0t"));
        assertThat(Planner.planPossible(request, events).units())
                .extracting(Unit::label)
                .containsExactly("cp39-abi3");
        assertThat(events.of(Planner.LeftOut.class))
                .extracting(left -> left.interpreter().fullVersion())
                .containsExactly("3.6.15", "3.8.18", "3.15.0");
        PlanRequest none = request(project("abi3-py39"), interpreters("3.6.15 3.8.18"));
        assertThat(catchThrowableOfType(BuildFailure.class, () -> Planner.planPossible(none, events))
                        .problem())
                .isInstanceOf(Planner.UnsupportedPython.class);
    }

    @Test
    void theStableAbiOfADependencyItselfCannotBeLeftAway() {
        Project project = project("abi3-py39");
        Cargo cargo = Cargo.find(RealPythons.host(), project.cargo(), Events.ignored());
        assertThat(FeatureTable.withoutStableAbi(project, cargo)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-,         3.6.15,  3.7, 3.14",
        "-,         3.15.0,  3.7, 3.14",
        "-,         3.15.0t, 3.13, 3.14",
        "abi3,      3.15.0,  3.7, 3.14",
        "abi3-py39, 3.15.0t, 3.13, 3.14",
    })
    void aPythonThatTheBindingsDoNotSupport(String features, String release, String oldest, String newest) {
        Interpreter interpreter = Interpreters.of(release);
        assertThat(failure(project(features), interpreter).problem())
                .isEqualTo(new Planner.UnsupportedPython(
                        interpreter, "PyO3 0.28.3", PythonVersion.parse(oldest), PythonVersion.parse(newest)));
    }

    @Test
    void aPythonThatIsOlderThanTheStableAbi() {
        Interpreter interpreter = Interpreters.of("3.8.18");
        assertThat(failure(project("abi3-py39"), interpreter).problem())
                .isEqualTo(new Planner.OlderThanStableAbi(interpreter, new PythonVersion(3, 9)));
    }

    @Test
    void aReleaseOfPyO3ThatNobodyKnowsIsAskedByBuilding() {
        Project project = TestProject.at(root.resolve("new/project"))
                .withExtension("mod")
                .write("../pyo3/Cargo.toml", "[package]\nname = 'pyo3'\nversion = '0.99.0'\n")
                .resolve();
        assertThat(Planner.plan(request(project, interpreters("3.99.0"))).units())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({">=3.10, 3.9.18, true", ">=3.10, 3.10.0rc1, false", "<3.12, 3.12.1, true", "==3.11.*, 3.11.7, false"})
    void aPythonThatTheProjectDoesNotAccept(String accepted, String release, boolean refused) {
        Project project = TestProject.at(
                        root.resolve("requires " + PROJECTS.size()).resolve("project"))
                .withExtension("mod")
                .set("requiresPython", accepted)
                .resolve();
        Interpreter interpreter = Interpreters.of(release);
        BuildFailure failure = failure(project, interpreter);
        assertThat(failure != null).isEqualTo(refused);
        if (refused) {
            assertThat(failure.problem()).isEqualTo(new Planner.RefusedPython(interpreter, accepted));
        }
    }

    private static BuildFailure failure(Project project, Interpreter interpreter) {
        return catchThrowableOfType(BuildFailure.class, () -> Planner.plan(request(project, List.of(interpreter))));
    }

    @Test
    void everyAbiHasAPlaceOfItsOwnThatStaysTheSame() {
        Project project = project("-");
        Plan plan = Planner.plan(request(project, interpreters("3.11.7 3.12.1")));
        Path target = project.outputDirectory()
                .resolve("rust")
                .resolve(project.toolchain().host().value());
        assertThat(plan.units())
                .extracting(Unit::directory)
                .containsExactly(target.resolve("cp311"), target.resolve("cp312"));
        assertThat(TestDirectory.of(plan.units().get(0)))
                .isEqualTo(new TestDirectory(target.resolve("cp311-test"), "cp311 test"));
    }

    @Test
    void aPlaceThatProjectsMayShareKeepsThemApart() {
        Project project = project("-");
        Path own = project.directory().resolve("build");
        assertThat(directory(project, own).startsWith(own.resolve(host(project))))
                .isTrue();

        Path elsewhere = root.resolve("elsewhere").toAbsolutePath();
        Path first = directory(project, elsewhere);
        assertThat(first).endsWithRaw(Path.of(host(project), "cp311"));
        assertThat(first.getParent().getParent().getParent()).isEqualTo(elsewhere);
        assertThat(directory(project("-"), elsewhere)).isEqualTo(first);
        Project twin = TestProject.at(root.resolve("twin").resolve("mod"))
                .withExtension("mod")
                .resolve();
        assertThat(directory(twin, elsewhere)).isNotEqualTo(first);
    }

    private static String host(Project project) {
        return project.toolchain().host().value();
    }

    private static Path directory(Project project, Path root) {
        return Planner.plan(
                        new PlanRequest(project, Setting.byDefault("dev"), interpreters("3.11.7"), Optional.of(root)))
                .units()
                .get(0)
                .directory();
    }

    @Test
    void saysWhatIsBuiltForWhom() {
        String platform = project("-").toolchain().host().classifier();
        assertThat(Planner.plan(request(project("-"), interpreters("3.11.7 3.12.1 3.13.0t pypy3.11.14")))
                        .describe())
                .isEqualTo("mod 0.1.0 (PyO3 0.28.3) for CPython 3.11, 3.12, 3.13t, PyPy 3.11 on " + platform
                        + ", release");
        assertThat(Planner.plan(request(project("abi3-py39"), interpreters("3.11.7")))
                        .describe())
                .isEqualTo("mod 0.1.0 (PyO3 0.28.3) for CPython 3.9 and later (abi3) on " + platform + ", release");
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX,   3.11.7,      m.cpython-311-x86_64-linux-gnu.so, m.abi3.so",
        "MACOS,   pypy3.11.14, m.pypy311-pp73-x86_64-linux-gnu.so, m.abi3.so",
        "WINDOWS, 3.11.7,      m.cpython-311-x86_64-linux-gnu.so, m.pyd",
    })
    void namesTheFile(OperatingSystem os, String release, String specific, String stable) {
        assertThat(new Abi.VersionSpecific(Interpreters.of(release)).fileName("m", os))
                .isEqualTo(specific);
        assertThat(new Abi.Stable(new PythonVersion(3, 9)).fileName("m", os)).isEqualTo(stable);
    }

    @Test
    void eachTargetHasUnitsOfItsOwn() {
        Project project = project("-");
        TargetTriple arm = TargetTriple.parse("aarch64-unknown-linux-gnu");
        TargetTools tools = new TargetTools(
                arm, true, new Linker.Usual(), false, List.of("--target=" + arm), List.of(), Map.of("A", "b"));
        TargetPython python = TargetPython.of(arm, Implementation.CPYTHON, new PythonVersion(3, 12), false);
        Plan plan = Planner.plan(new PlanRequest(
                project,
                Setting.byDefault("release"),
                List.of(
                        TargetRequest.ofHost(project, interpreters("3.11.7")),
                        new TargetRequest(tools, List.of(python))),
                Optional.empty(),
                Optional::empty));
        assertThat(plan.units()).extracting(Unit::label).containsExactly("cp311", "cp312 linux-aarch_64");
        assertThat(plan.describe())
                .isEqualTo("mod 0.1.0 (PyO3 0.28.3) for CPython 3.11, 3.12 on "
                        + project.toolchain().host().classifier() + ", linux-aarch_64, release");
        Unit foreign = plan.units().get(1);
        assertThat(foreign.directory())
                .isEqualTo(project.outputDirectory()
                        .resolve("rust")
                        .resolve(arm.value())
                        .resolve("cp312"));
        assertThat(foreign.interpreter()).isEmpty();
        assertThat(foreign.abi().fileName("m", OperatingSystem.LINUX)).isEqualTo("m.cpython-312-aarch64-linux-gnu.so");
        assertThat(UnitEnvironment.of(plan, foreign))
                .containsEntry("A", "b")
                .containsEntry(
                        "PYO3_CONFIG_FILE",
                        foreign.directory().resolve("pyo3-config.txt").toString())
                .containsEntry("PYO3_BUILD_EXTENSION_MODULE", "1")
                .containsEntry("PYO3_PYTHON", null);
        assertThat(UnitEnvironment.of(plan, plan.units().get(0)))
                .containsEntry("PYO3_PYTHON", "/python/3.11.7/bin/python")
                .doesNotContainKey("PYO3_CONFIG_FILE");
    }

    @ParameterizedTest
    @CsvSource({
        "3.12,     false, version=3.12 abi3=false,",
        "3.12,     true,  version=3.9 abi3=true,",
        "3.13t,    false, version=3.13 abi3=false, build_flags=Py_GIL_DISABLED",
        "pypy3.11, false, version=3.11 abi3=false,",
    })
    void pyO3LearnsAboutAForeignPythonFromAFile(String python, boolean stable, String lines, String flags) {
        Interpreter interpreter = Interpreters.of(python.endsWith("t") ? "3.13.0t" : python + ".0");
        Abi abi = stable ? new Abi.Stable(new PythonVersion(3, 9), false) : new Abi.VersionSpecific(interpreter);
        List<String> text = PyO3ConfigFile.text(abi, interpreter).lines().toList();
        assertThat(text)
                .contains(lines.split(" "))
                .contains("implementation=" + (python.startsWith("pypy") ? "PyPy" : "CPython"))
                .contains("shared=true", "pointer_width=64", "suppress_build_script_link_lines=false");
        assertThat(text.stream().filter(line -> line.startsWith("build_flags")).findFirst())
                .isEqualTo(Optional.ofNullable(flags));
    }

    @Test
    void pyO3LearnsAboutPythonFromTheEnvironment() {
        Interpreter interpreter = Interpreters.of("3.13.0t");
        assertThat(PyO3Environment.extension(interpreter))
                .containsEntry("PYO3_PYTHON", "/python/3.13.0t/bin/python")
                .containsEntry("PYTHON_SYS_EXECUTABLE", "/python/3.13.0t/bin/python")
                .containsEntry("PYO3_ENVIRONMENT_SIGNATURE", "cpython-3.13t-64bit")
                .containsEntry("PYO3_BUILD_EXTENSION_MODULE", "1");
        assertThat(PyO3Environment.embedding(interpreter)).containsEntry("PYO3_BUILD_EXTENSION_MODULE", null);
        assertThat(TargetTriple.parse("x86_64-unknown-linux-gnu").classifier()).isEqualTo("linux-x86_64");
    }

    /** PyO3 is compiled anew when the name of the program changes. */
    @Test
    void aPythonHasOneNameByWhicheverItWasAskedFor() {
        Set<String> names = RealPythons.all().stream()
                .map(python -> PyO3Environment.extension(python).get("PYO3_PYTHON"))
                .collect(Collectors.toSet());
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Path.of(name).toRealPath()).hasToString(name));
    }
}
