package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.Interpreters;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.PythonVersion;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @CsvSource({
        "-,         3.6.15,  3.7, 3.14",
        "-,         3.15.0,  3.7, 3.14",
        "-,         3.15.0t, 3.7, 3.14",
        "abi3,      3.15.0,  3.7, 3.14",
        "abi3-py39, 3.15.0t, 3.7, 3.14",
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
        Path elsewhere = Path.of("/elsewhere");
        Plan moved = Planner.plan(
                new PlanRequest(project, Setting.byDefault("dev"), interpreters("3.11.7"), Optional.of(elsewhere)));
        Path place = moved.units().get(0).directory();
        assertThat(place.getParent().getParent().getParent()).isEqualTo(elsewhere);
        assertThat(elsewhere.relativize(place).toString().replace('\\', '/'))
                .matches("mod-[0-9a-f]{12}/" + project.toolchain().host() + "/cp311");
        assertThat(TestDirectory.of(plan.units().get(0)))
                .isEqualTo(new TestDirectory(target.resolve("cp311-test"), "cp311 test"));
    }

    /** To cargo two crates of one name are the same, wherever they lie. */
    @Test
    void projectsThatShareAPlaceHaveDirectoriesOfTheirOwn() {
        Path shared = Path.of("/elsewhere");
        List<Path> places = Stream.of("one", "two")
                .map(name -> TestProject.at(root.resolve(name + "/project"))
                        .withExtension("mod")
                        .resolve())
                .map(project ->
                        new PlanRequest(project, Setting.byDefault("dev"), interpreters("3.11.7"), Optional.of(shared)))
                .map(request -> Planner.plan(request).units().get(0).directory())
                .toList();
        assertThat(places).doesNotHaveDuplicates().allSatisfy(place -> assertThat(place.startsWith(shared)).isTrue());
        Project project = project("-");
        Path own = project.directory().resolve("cache");
        Plan plan = Planner.plan(
                new PlanRequest(project, Setting.byDefault("dev"), interpreters("3.11.7"), Optional.of(own)));
        assertThat(plan.units().get(0).directory())
                .isEqualTo(own.resolve(project.toolchain().host().value()).resolve("cp311"));
    }

    @Test
    void aStableAbiWithoutAVersionIsBuiltOnceForTheOldest() {
        Plan plan = Planner.plan(request(project("abi3"), interpreters("3.12.1 3.13.0t 3.10.4 3.11.7")));
        assertThat(plan.units()).extracting(Unit::label).containsExactly("cp310-abi3", "cp313t");
        assertThat(plan.units().get(0).interpreter())
                .as("whose version PyO3 takes")
                .contains(Interpreters.of("3.10.4"));
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
