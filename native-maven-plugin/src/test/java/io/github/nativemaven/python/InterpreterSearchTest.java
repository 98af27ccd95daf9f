package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class InterpreterSearchTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final Map<String, String> environment = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();

    /**
     * PATH has {@code first} and {@code second}; pyenv has four more.
     */
    @BeforeEach
    void machine() throws IOException {
        python("first/python3", "cpython", "3.11.2");
        python("first/python3.13t", "cpython", "3.13.0t");
        python("second/python3", "cpython", "3.9.2");
        python("second/python3.12", "cpython", "3.12.1");
        python("second/pypy3.10", "pypy", "3.10.14");
        FakePython.program(directory.resolve("second/python3.8"), "exit 1");
        python("pyenv/versions/3.10.4/bin/python", "cpython", "3.10.4");
        python("pyenv/versions/3.10.13/bin/python", "cpython", "3.10.13");
        python("pyenv/versions/3.10.13/bin/python3.10", "cpython", "3.10.13");
        python("pyenv/versions/2.7.18/bin/python", "cpython", "2.7.18");
        python("pyenv/versions/pypy3.10-7.3.17/bin/python", "pypy", "3.10.14");
        environment.put("PATH", directory.resolve("first") + ":" + directory.resolve("second"));
        environment.put("PYENV_ROOT", directory.resolve("pyenv").toString());
    }

    private Path python(String path, String implementation, String release) throws IOException {
        return FakePython.write(directory.resolve(path), implementation, release);
    }

    private InterpreterSearch search() throws IOException {
        Host host = RealPythons.host(directory, environment);
        ProcessRunner runner = new ProcessRunner(Events.ignored());
        Path project = Files.createDirectories(directory.resolve("project"));
        return new InterpreterSearch(
                host, project, new InterpreterProbe(directory.resolve("cache"), host, runner, LIMIT), runner, event -> {
                    if (!(event instanceof Events.Detail)) {
                        events.add(event);
                    }
                });
    }

    private List<String> find(String... asked) throws IOException {
        return search().find(Arrays.asList(asked)).stream()
                .map(i -> directory.relativize(i.executable()).toString())
                .toList();
    }

    private Problem problem(String... asked) {
        return catchThrowableOfType(BuildFailure.class, () -> find(asked)).problem();
    }

    @ParameterizedTest
    @CsvSource({
        "python3.12, second/python3.12",
        "python3, first/python3",
        "python3.10, pyenv/versions/3.10.13/bin/python",
        "python3.11, first/python3",
        "3.11, first/python3",
        "3.9, second/python3",
        "3.10, pyenv/versions/3.10.13/bin/python",
        "3.10.4, pyenv/versions/3.10.4/bin/python",
        "3.13t, first/python3.13t",
        "python3.13t, first/python3.13t",
        "pypy3.10, second/pypy3.10",
        "pypy-3.10, second/pypy3.10",
        "cpython-3.12, second/python3.12",
        "../second/python3.12, second/python3.12",
        "' 3.12 ', second/python3.12",
    })
    void oneWishFindsOneInterpreter(String asked, String found) throws IOException {
        assertThat(find(asked)).containsExactly(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3.14", "3.14", "3.13", "pypy3.9", "3.11.3", "jython", "../nowhere/python", "3"})
    void whatIsNotThereIsToldWithWhatIs(String asked) {
        assertThat(problem("3.12", asked))
                .isEqualTo(new InterpreterSearch.NotFound(
                        asked, List.of("3.9.2", "3.10.13", "3.10.4", "3.11.2", "3.12.1", "3.13.0t", "PyPy 3.10.14")));
    }

    @Test
    void theOrderOfTheWishesStays() throws IOException {
        assertThat(find("3.12", "3.9", "pypy3.10"))
                .containsExactly("second/python3.12", "second/python3", "second/pypy3.10");
    }

    @Test
    void oneAbiIsBuiltOnce() throws IOException {
        assertThat(find("3.10.4", "python3.10", "3.10.4")).containsExactly("pyenv/versions/3.10.4/bin/python");
        assertThat(events).singleElement().satisfies(event -> {
            InterpreterSearch.SameAbi same = (InterpreterSearch.SameAbi) event;
            assertThat(same.asked()).isEqualTo("python3.10");
            assertThat(same.leftOut().fullVersion()).isEqualTo("3.10.13");
            assertThat(same.served().fullVersion()).isEqualTo("3.10.4");
        });
    }

    @Test
    void oneInstallationUnderTwoNamesIsNoNews() throws IOException {
        python("second/python3.9", "cpython", "3.9.2");
        assertThat(find("python3.9", "3.9", "../second/python3")).containsExactly("second/python3.9");
        assertThat(events).isEmpty();
    }

    @Test
    void allIsOneForEachAbi() throws IOException {
        assertThat(find("all"))
                .containsExactly(
                        "second/python3",
                        "pyenv/versions/3.10.13/bin/python",
                        "first/python3",
                        "second/python3.12",
                        "first/python3.13t",
                        "second/pypy3.10");
        assertThat(events)
                .as("one that is broken; one that is too old is no news")
                .singleElement()
                .satisfies(event -> {
                    InterpreterSearch.LeftOut leftOut = (InterpreterSearch.LeftOut) event;
                    assertThat(leftOut.asked()).isEqualTo("all");
                    assertThat(leftOut.program()).isEqualTo(directory.resolve("second/python3.8"));
                    assertThat(leftOut.failure().problem()).isInstanceOf(InterpreterProbe.NotAPython.class);
                });
    }

    @Test
    void programsThatHangAreWaitedForSideBySide() throws IOException {
        for (String name : List.of("python3.8", "python3.14", "python3.15", "pypy3.8")) {
            FakePython.program(directory.resolve("second").resolve(name), "exec sleep 60");
        }
        long start = System.nanoTime();
        assertThat(find(">=3.12")).containsExactly("second/python3.12");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(events).hasSize(4).allSatisfy(event -> assertThat(
                        ((InterpreterSearch.LeftOut) event).failure().problem())
                .isInstanceOf(InterpreterProbe.NoAnswer.class));
        assertThat(problem("3.12", "3.14"))
                .isEqualTo(new InterpreterProbe.NoAnswer(directory.resolve("second/python3.14"), LIMIT));
    }

    @Test
    void noiseIsNoAnswer() throws IOException {
        Path python = python("second/python3.14", "cpython", "3.14.1");
        String script = Files.readString(python);
        FakePython.program(python, "echo loading...\n" + script + "echo bye");
        assertThat(find("3.14")).containsExactly("second/python3.14");
        FakePython.program(directory.resolve("second/python3.15"), "echo loading...");
        assertThat(problem("3.15"))
                .isEqualTo(new InterpreterProbe.NotAPython(directory.resolve("second/python3.15"), 0, "loading..."));
    }

    @ParameterizedTest
    @CsvSource({"all, true", ">=3.10, true", "'>=3.10,<3.12', true", "3.10, false", "python3, false", "./x, false"})
    void someWordsAskForWhateverIsThere(String words, boolean several) {
        assertThat(InterpreterSearch.isOpen(words)).isEqualTo(several);
    }

    @Test
    void aRangeIsOneCPythonForEachVersion() throws IOException {
        assertThat(find(">=3.10,<3.13"))
                .containsExactly("pyenv/versions/3.10.13/bin/python", "first/python3", "second/python3.12");
        assertThat(find("==3.10.4")).containsExactly("pyenv/versions/3.10.4/bin/python");
        assertThat(problem(">=3.13")).isInstanceOf(InterpreterSearch.NotFound.class);
        assertThat(problem(">=3.x")).isInstanceOf(InterpreterSearch.Unreadable.class);
    }

    @Test
    void aBrokenProgramIsNamed() {
        assertThat(problem("python3.8"))
                .isEqualTo(new InterpreterProbe.NotAPython(directory.resolve("second/python3.8"), 1, ""));
        assertThat(problem("../second/python3.8")).isInstanceOf(InterpreterProbe.NotAPython.class);
    }

    @Test
    void aPythonThatIsTooOldIsNamed() {
        assertThat(problem("2.7"))
                .isEqualTo(new InterpreterProbe.TooOld(
                        directory.resolve("pyenv/versions/2.7.18/bin/python"), "2.7.18", new PythonVersion(3, 7)));
    }

    @Test
    void anEmptyWishIsUnreadable() {
        assertThat(problem("")).isInstanceOf(InterpreterSearch.Unreadable.class);
    }

    @Test
    void withoutAWishTheFirstOfPathIsUsed() throws IOException {
        assertThat(find()).containsExactly("first/python3");
        Files.delete(directory.resolve("first/python3"));
        assertThat(find()).containsExactly("second/python3");
        Files.delete(directory.resolve("second/python3"));
        python("second/python", "cpython", "3.8.1");
        assertThat(find()).containsExactly("second/python");
    }

    @Test
    void anActiveEnvironmentComesBeforePath() throws IOException {
        python("conda/bin/python", "cpython", "3.12.8");
        environment.put("CONDA_PREFIX", directory.resolve("conda").toString());
        assertThat(find()).containsExactly("conda/bin/python");
        assertThat(find("3.12")).containsExactly("conda/bin/python");
        python("venv/bin/python", "cpython", "3.12.9");
        environment.put("VIRTUAL_ENV", directory.resolve("venv").toString());
        assertThat(find()).containsExactly("venv/bin/python");
        environment.put("PYO3_PYTHON", "python3.12");
        assertThat(find()).containsExactly("second/python3.12");
    }

    @Test
    void aStaleEnvironmentIsPassedOverAloud() throws IOException {
        environment.put("VIRTUAL_ENV", directory.resolve("gone").toString());
        assertThat(find()).containsExactly("first/python3");
        assertThat(events)
                .containsExactly(new InterpreterSearch.PassedOver(
                        "VIRTUAL_ENV", directory.resolve("gone").toString()));
    }

    @Test
    void aWrongVariableIsNoWishToPassOver() {
        environment.put("PYO3_PYTHON", "python3.14");
        assertThat(problem()).isInstanceOf(InterpreterSearch.NotFound.class);
    }

    @Test
    void nothingOnPathIsToldWithWhatIsElsewhere() {
        environment.put("PATH", directory.resolve("empty").toString());
        assertThat(problem()).isEqualTo(new InterpreterSearch.NoPython(List.of("3.10.13", "3.10.4", "PyPy 3.10.14")));
    }

    @Test
    void anEnvironmentsDirectoryStandsForItsPython() throws IOException {
        python("project/env/bin/python", "cpython", "3.12.9");
        assertThat(find("./env")).containsExactly("project/env/bin/python");
    }

    @Test
    void shimsStandForWhatPyenvWouldStart() throws IOException {
        for (String name : List.of("python3", "python3.10", "python3.99", "python")) {
            FakePython.program(directory.resolve("pyenv/shims").resolve(name), "exit 99");
        }
        Files.createSymbolicLink(directory.resolve("pyenv/versions/3.10.13/bin/python3"), Path.of("python"));
        environment.put("PATH", directory.resolve("pyenv/shims") + ":" + environment.get("PATH"));
        assertThat(find()).as("no version is selected").containsExactly("first/python3");
        Files.writeString(directory.resolve("pyenv/version"), "3.99.1\n3.10\n");
        assertThat(find()).as("global").containsExactly("pyenv/versions/3.10.13/bin/python");
        Files.writeString(directory.resolve("project/.python-version"), "# mine\nsystem 3.10.4\n");
        assertThat(find()).as("local").containsExactly("first/python3");
        Files.writeString(directory.resolve(".python-version"), "3.10.4");
        assertThat(find("python3.10")).as("local, not there").containsExactly("pyenv/versions/3.10.13/bin/python");
        environment.put("PYENV_VERSION", "3.10.4");
        assertThat(find("python")).as("variable").containsExactly("pyenv/versions/3.10.4/bin/python");
    }

    @Test
    void theWindowsLaunchersLinesAreRead() {
        assertThat(InterpreterSearch.launched("""
                        Installed Pythons found by py Launcher for Windows
                         -V:3.13 *        C:\\Program Files\\Python313\\python.exe
                         -3.9-32          d:\\py 39\\python.exe
                         -V:Store/3.1     \\\\server\\share\\python.exe

                        """))
                .containsExactly(
                        "C:\\Program Files\\Python313\\python.exe",
                        "d:\\py 39\\python.exe",
                        "\\\\server\\share\\python.exe");
    }
}
