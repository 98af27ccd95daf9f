package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.python.VirtualEnvironments.Defect;
import io.github.nativemaven.python.VirtualEnvironments.Origin;
import io.github.nativemaven.python.VirtualEnvironments.Unusable;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class VirtualEnvironmentsTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new TreeMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    private VirtualEnvironments environments() {
        return new VirtualEnvironments(
                RealPythons.host(directory, environment),
                RealPythons.probe(),
                new ProcessRunner(Events.ignored()),
                events::add);
    }

    private Path find(String project) {
        return environments().find(Optional.empty(), directory.resolve(project)).root();
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(BuildFailure.class, call).problem();
    }

    private Path fake(String name) throws IOException {
        Path root = Files.createDirectories(directory.resolve(name));
        Path base = RealPythons.newest().executable();
        Files.createSymbolicLink(Files.createDirectories(root.resolve("bin")).resolve("python"), base);
        Files.writeString(root.resolve("pyvenv.cfg"), "home = " + base.getParent() + "\n");
        return root;
    }

    @Test
    void theNearestDotVenvIsFound() throws IOException {
        Path outer = fake(".venv");
        Files.createDirectories(directory.resolve("a/b/c"));
        assertThat(find("a/b/c")).isEqualTo(outer);
        Path inner = fake("a/.venv");
        assertThat(find("a/b/c")).isEqualTo(inner);
    }

    @Test
    void anActiveEnvironmentComesBeforeDotVenv() throws IOException {
        fake(".venv");
        Path active = fake("active");
        environment.put("VIRTUAL_ENV", active.toString());
        assertThat(find("")).isEqualTo(active);
        environment.remove("VIRTUAL_ENV");
        environment.put("CONDA_PREFIX", active.toString());
        assertThat(find("")).isEqualTo(active);
    }

    @Test
    void aCondaEnvironmentNeedsNoEnvironmentFile() throws IOException {
        Path conda = directory.resolve("conda");
        FakePython.write(conda.resolve("bin/python"), "cpython", "3.11.7");
        environment.put("CONDA_PREFIX", conda.toString());
        assertThat(problem(() -> find(""))).isEqualTo(new Unusable(conda, Origin.CONDA_PREFIX, Defect.SYSTEM_PYTHON));
        Files.createDirectories(conda.resolve("conda-meta"));
        assertThat(find("")).isEqualTo(conda);
    }

    @Test
    void aPythonThatInstallsElsewhereIsNotTheEnvironments() throws IOException {
        Path conda = fake("conda");
        Files.createDirectories(conda.resolve("conda-meta"));
        Files.delete(conda.resolve("pyvenv.cfg"));
        environment.put("CONDA_PREFIX", conda.toString());
        assertThat(problem(() -> find(""))).isEqualTo(new Unusable(conda, Origin.CONDA_PREFIX, Defect.SYSTEM_PYTHON));
    }

    @Test
    void twoActiveEnvironmentsAreOneTooMany() throws IOException {
        Path one = fake("one");
        Path two = fake("two");
        environment.put("VIRTUAL_ENV", one.toString());
        environment.put("CONDA_PREFIX", two.toString());
        environment.put("CONDA_DEFAULT_ENV", "base");
        assertThat(problem(() -> find(""))).isEqualTo(new VirtualEnvironments.TwoEnvironments(one, two, "base"));
        assertThat(environments().find(Optional.of(Path.of("two")), directory).root())
                .isEqualTo(two);
        environment.put("CONDA_PREFIX", one + "/../one");
        assertThat(find("")).isEqualTo(one);
    }

    @Test
    void whatIsNoEnvironmentIsSaidSo() throws IOException {
        assertThat(problem(() -> find(""))).isEqualTo(new VirtualEnvironments.NoEnvironment(directory.resolve("")));
        environment.put("VIRTUAL_ENV", directory.resolve("gone").toString());
        assertThat(problem(() -> find("")))
                .isEqualTo(new Unusable(directory.resolve("gone"), Origin.VIRTUAL_ENV, Defect.MISSING));
        environment.clear();
        Path venv = fake(".venv");
        Files.delete(venv.resolve("bin/python"));
        assertThat(problem(() -> find(""))).isEqualTo(new Unusable(venv, Origin.DIRECTORY, Defect.NO_PYTHON));
        Files.createSymbolicLink(venv.resolve("bin/python"), directory.resolve("removed"));
        assertThat(problem(() -> find(""))).isEqualTo(new Unusable(venv, Origin.DIRECTORY, Defect.NO_PYTHON));
        Files.delete(venv.resolve("pyvenv.cfg"));
        assertThat(problem(() -> find(""))).isEqualTo(new Unusable(venv, Origin.DIRECTORY, Defect.NO_ENVIRONMENT));
    }

    @Test
    void theSystemsPythonIsNoEnvironment() {
        Path prefix = RealPythons.newest().prefix();
        assertThat(problem(() -> environments().find(Optional.of(prefix), directory)))
                .isEqualTo(new Unusable(prefix, Origin.SETTING, Defect.SYSTEM_PYTHON));
    }

    @Test
    void anEnvironmentIsMadeWithPip() {
        Interpreter base = RealPythons.newestWithEnsurepip();
        Path root = directory.resolve("a 'b' \"c\" ü/.venv");
        VirtualEnvironment made = environments().findOrCreate(root, () -> base);
        assertThat(made.interpreter().isVirtual()).isTrue();
        assertThat(made.interpreter().hasPip()).isTrue();
        assertThat(made.interpreter().prefix()).isEqualTo(root);
        assertThat(root.resolve(VirtualEnvironments.UNFINISHED)).doesNotExist();
        assertThat(events).containsExactly(new VirtualEnvironments.Made(root, base, true));
        assertThat(environments().findOrCreate(root, () -> {
                    throw new AssertionError("asked for");
                }))
                .isEqualTo(made);
    }

    /** A Python as Debian ships it without python3-venv: the directory of ensurepip is not there. */
    @Test
    void withoutEnsurepipAnEnvironmentIsMadeWithoutPip() {
        Interpreter base = without(RealPythons.newest(), directory.resolve("no library"));
        Path root = directory.resolve(".venv");
        assertThat(environments().create(root, base).interpreter().hasPip()).isFalse();
        assertThat(events).containsExactly(new VirtualEnvironments.Made(root, base, false));
    }

    /** The same interpreter that claims to have its standard library elsewhere. */
    private static Interpreter without(Interpreter i, Path standardLibrary) {
        return new Interpreter(
                i.executable(),
                i.implementation(),
                i.version(),
                i.fullVersion(),
                i.freeThreaded(),
                i.debug(),
                i.extensionSuffix(),
                i.soabi(),
                i.pointerWidth(),
                i.platform(),
                i.sharedLibrary(),
                i.staticLibrary(),
                i.libraryDirectory(),
                i.prefix(),
                i.basePrefix(),
                i.baseExecutable(),
                standardLibrary,
                i.scheme(),
                i.markers());
    }

    @Test
    void whatIsInTheWayStays() throws IOException {
        Path root = Files.createDirectories(directory.resolve(".venv"));
        Files.writeString(root.resolve("diary.txt"), "dear diary");
        assertThat(problem(() -> environments().findOrCreate(root, RealPythons::newest)))
                .isEqualTo(new Unusable(root, Origin.SETTING, Defect.NO_ENVIRONMENT));
        assertThat(problem(() -> environments().create(root, RealPythons.newest())))
                .isEqualTo(new Unusable(root, Origin.SETTING, Defect.NO_ENVIRONMENT));
        assertThat(root.resolve("diary.txt")).hasContent("dear diary");
    }

    @Test
    void anEnvironmentThatCouldNotBeMadeLeavesNothing() throws IOException {
        Path broken = FakePython.program(
                directory.resolve("broken"), "for last; do :; done; mkdir -p \"$last/bin\"; echo no room >&2; exit 1");
        Path python = FakePython.write(directory.resolve("python"), "cpython", "3.11.7");
        Interpreter base = RealPythons.probe().probe(python);
        Files.move(broken, python, StandardCopyOption.REPLACE_EXISTING);
        Path root = directory.resolve(".venv");
        assertThat(problem(() -> environments().create(root, base)))
                .isEqualTo(new VirtualEnvironments.NotMade(root, base, "no room"));
        assertThat(root).doesNotExist();
    }

    @Test
    void anInterruptedMakingLeavesNothing() throws Exception {
        Path python = FakePython.write(directory.resolve("python"), "cpython", "3.11.7");
        Interpreter base = RealPythons.probe().probe(python);
        FakePython.program(
                python, "for last; do :; done; mkdir -p \"$last/bin\"; echo x > \"$last/pyvenv.cfg\"; exec sleep 30");
        Path root = directory.resolve(".venv");
        List<Problem> problems = new CopyOnWriteArrayList<>();
        Thread build =
                new Thread(() -> problems.add(problem(() -> environments().create(root, base))));
        build.start();
        while (!Files.exists(root.resolve("pyvenv.cfg"))) {
            Thread.sleep(5);
        }
        build.interrupt();
        build.join();
        assertThat(problems).singleElement().isInstanceOf(ProcessRunner.Interrupted.class);
        assertThat(root).doesNotExist();
    }

    @Test
    void twoBuildsMakeOneEnvironment() throws Exception {
        Interpreter base = without(RealPythons.newest(), directory);
        Path root = directory.resolve(".venv");
        List<VirtualEnvironment> made = new CopyOnWriteArrayList<>();
        List<Thread> builds = Stream.generate(
                        () -> new Thread(() -> made.add(environments().findOrCreate(root, () -> base))))
                .limit(3)
                .toList();
        builds.forEach(Thread::start);
        for (Thread build : builds) {
            build.join();
        }
        assertThat(made).hasSize(3).containsOnly(made.get(0));
        assertThat(events)
                .filteredOn(VirtualEnvironments.Made.class::isInstance)
                .hasSize(1);
    }

    @Test
    void whatACutOffAttemptLeftIsMadeAnew() throws IOException {
        Path root = fake(".venv");
        Files.createFile(root.resolve(VirtualEnvironments.UNFINISHED));
        Files.writeString(root.resolve("leftover"), "");
        assertThat(problem(() -> find(""))).isEqualTo(new Unusable(root, Origin.DIRECTORY, Defect.UNFINISHED));
        Interpreter base = without(RealPythons.newest(), directory);
        environments().findOrCreate(root, () -> base);
        assertThat(root.resolve("leftover")).doesNotExist();
        assertThat(find("")).isEqualTo(root);
    }
}
