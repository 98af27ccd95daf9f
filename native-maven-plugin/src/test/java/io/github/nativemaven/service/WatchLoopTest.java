package io.github.nativemaven.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.build.BuildProblem;
import io.github.nativemaven.build.TargetSettings;
import io.github.nativemaven.cargo.CargoEvent;
import io.github.nativemaven.install.TestEnvironment;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.wheel.WheelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real cargo, a real environment, and a Python that asks it; the crate is compiled in a moment. */
@DisabledOnOs(OS.WINDOWS)
class WatchLoopTest {
    private final RecordedEvents events = new RecordedEvents();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private Path environment;
    private Thread loop;

    @TempDir
    Path root;

    private BuildRequest build(TestProject project) {
        return new BuildRequest(
                project.request(),
                Setting.byDefault("dev"),
                new Setting<>(List.of(RealPythons.newest().executable().toString()), "test"),
                TargetSettings.NONE,
                Optional.empty(),
                Optional.empty(),
                new WheelSettings(
                        Optional.empty(),
                        Setting.byDefault(WheelSettings.AuditMode.SKIP),
                        0,
                        Instant.EPOCH.plusSeconds(400000000),
                        List.of(),
                        Setting.byDefault(false)));
    }

    private void start(TestProject... projects) throws IOException {
        environment = root.resolve("environment");
        TestEnvironment.create(environment);
        DevelopRequest develop = new DevelopRequest(Optional.of(environment), List.of(), true);
        WatchLoop watched = new WatchLoop(RealPythons.host(), events);
        loop = new Thread(() -> {
            try {
                for (TestProject project : projects) {
                    watched.add(events, new WatchRequest(build(project), develop, Optional.empty()));
                }
                watched.run();
            } catch (IOException | RuntimeException e) {
                broken.set(e);
            }
        });
        loop.start();
        await(() -> !events.of(WatchEvent.Watching.class).isEmpty());
    }

    @AfterEach
    void end() throws InterruptedException {
        if (loop != null) {
            loop.interrupt();
            loop.join(20_000);
            assertThat(loop.isAlive()).isFalse();
        }
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (broken.get() != null) {
                throw new AssertionError(broken.get());
            }
            assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private <E extends Event> E await(Class<E> type, int count) {
        await(() -> events.of(type).size() >= count);
        return events.of(type).get(count - 1);
    }

    private String python(String code) {
        ProcessRunner.Result result = new ProcessRunner(Events.ignored())
                .capture(
                        Command.of(root, environment.resolve("bin/python").toString(), "-c", code),
                        Duration.ofMinutes(1));
        assertThat(result.error()).isEmpty();
        return result.output().strip();
    }

    private static void answer(Path source, String answer) {
        try {
            String text = Files.readString(source)
                    .replaceAll("PyLong_FromLong\\([^:]*\\) }", "PyLong_FromLong(" + answer + ") }");
            AtomicFiles.write(source, aside -> Files.writeString(aside, text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSavedSourceIsInARunningPython() throws IOException {
        TestProject project = TestProject.at(root.resolve("a project")).withExtension("mod");
        Path source = root.resolve("a project/src/lib.rs");
        start(project);
        assertThat(python("import mod; print(mod.answer())")).isEqualTo("42");

        answer(source, "43");
        WatchEvent.Installed installed = await(WatchEvent.Installed.class, 1);
        assertThat(installed.changed()).containsExactly(source);
        assertThat(installed.reloadable()).isTrue();
        assertThat(installed.result().compiled()).isEqualTo(1);
        assertThat(installed.library().orElseThrow()).isRegularFile();
        assertThat(python("import mod; print(mod.answer())")).isEqualTo("43");

        answer(source, "missing");
        assertThat(await(WatchEvent.RoundFailed.class, 1).failure().problem())
                .isInstanceOf(BuildProblem.CompilationFailed.class);
        assertThat(events.of(CargoEvent.Diagnostic.class)).isNotEmpty();
        assertThat(python("import mod; print(mod.answer())"))
                .as("the last good one stays")
                .isEqualTo("43");

        Trees.write(source.getParent(), "further/mod.rs", "pub const ANSWER: super::c_long = 45;");
        answer(source, "further::ANSWER");
        Files.writeString(source, "mod further;\n" + Files.readString(source));
        await(WatchEvent.Installed.class, 2);
        assertThat(python("import mod; print(mod.answer())")).isEqualTo("45");

        // Of a folder that was made meanwhile.
        Files.writeString(source.resolveSibling("further/mod.rs"), "pub const ANSWER: super::c_long = 46;");
        await(() -> python("import mod; print(mod.answer())").equals("46"));
        assertThat(libraries()).as("the older ones are gone").hasSizeLessThanOrEqualTo(1);
    }

    private List<Path> libraries() throws IOException {
        Path hot = Path.of(python("import _mod_hot; print(_mod_hot.HERE)"));
        try (var files = Files.list(hot)) {
            return files.filter(file -> file.toString().endsWith(".so")).toList();
        }
    }

    @Test
    void aPythonTakesNewCodeAndKeepsTheOld() throws IOException {
        TestProject project = TestProject.at(root.resolve("project"))
                .withExtension("mixed")
                .set("moduleName", "pkg.sub._core")
                .write(
                        "src/lib.rs", TestProject.source("_core"),
                        "pkg/__init__.py", "from .api import answer_as_text\nfrom .sub import answer\n",
                        "pkg/api.py",
                                "from .sub._core import answer\n\n\ndef answer_as_text():\n    return str(answer())\n",
                        "pkg/sub/__init__.py", "from ._core import answer\n");
        Path source = root.resolve("project/src/lib.rs");
        start(project);
        Path script = Files.writeString(root.resolve("session.py"), """
                import importlib, pickle, sys
                import pkg, pkg.sub
                old = pkg.answer
                def show(*more):
                    print(pkg.answer(), pkg.sub.answer(), pkg.answer_as_text(), old(), *more, flush=True)
                show(pkg.sub._core.__name__)
                for line in sys.stdin:
                    exec(line)
                """);
        Process process = new ProcessBuilder(environment.resolve("bin/python").toString(), script.toString())
                .redirectErrorStream(true)
                .start();
        try (var in = process.outputWriter();
                var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("42 42 42 42 pkg.sub._core");
            answer(source, "43");
            await(WatchEvent.Installed.class, 1);
            in.write("importlib.reload(pkg); show(pickle.loads(pickle.dumps(pkg.answer)) is pkg.answer)\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("43 43 43 42 True");
            answer(source, "44");
            await(WatchEvent.Installed.class, 2);
            in.write("importlib.reload(pkg.sub._core); show()\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("44 44 44 42");
            answer(source, "45");
            await(WatchEvent.Installed.class, 3);
            in.write("importlib.reload(pkg.sub); show()\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("45 45 45 42");
        }
        assertThat(root.resolve("project/pkg/sub")).isDirectoryNotContaining("glob:**.so");
        Files.writeString(root.resolve("project/pkg/api.py"), "def answer_as_text():\n    return 'text'\n");
        assertThat(await(WatchEvent.PythonChanged.class, 1).changed())
                .containsExactly(root.resolve("project/pkg/api.py"));
    }

    @Test
    void whatIsInstalledIsNeverOlderThanTheSource() throws IOException {
        TestProject project = TestProject.at(root.resolve("project")).withExtension("mod");
        Path source = root.resolve("project/src/lib.rs");
        start(project);
        for (int i = 0; i < 10; i++) {
            answer(source, "10" + i);
            pause(i % 2 == 0 ? 70 : 180);
        }
        await(() -> python("import mod; print(mod.answer())").equals("109"));
        assertThat(events.of(WatchEvent.RoundFailed.class)).isEmpty();
        assertThat(events.of(WatchEvent.Installed.class)).hasSizeLessThan(10);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyFilesAreOneRoundAndUntouchedOnesNone() throws IOException {
        TestProject project = TestProject.at(root.resolve("project")).withExtension("mod");
        Path source = root.resolve("project/src");
        start(project);
        for (int i = 0; i < 300; i++) {
            Trees.write(source, "unused" + i + ".rs", "// " + i);
        }
        answer(source.resolve("lib.rs"), "43");
        assertThat(await(WatchEvent.Installed.class, 1).changed()).hasSizeGreaterThan(300);
        AtomicFiles.write(source.resolve("unused1.rs"), aside -> Files.writeString(aside, "// 1"));
        Trees.write(root.resolve("project"), "notes.txt", "of no interest");
        pause(400);
        assertThat(events.of(WatchEvent.Installed.class)).hasSize(1);
        assertThat(events.of(WatchEvent.RoundStarted.class)).hasSize(1);
    }

    @Test
    void manifestsAreReadAgainAndANewEnvironmentIsFilled() throws IOException {
        TestProject project = TestProject.at(root.resolve("project")).withExtension("mod");
        start(project);
        Path manifest = root.resolve("project/Cargo.toml");
        String good = Files.readString(manifest);
        Files.writeString(manifest, good + "\n[broken");
        await(WatchEvent.RoundFailed.class, 1);
        Files.writeString(manifest, good);
        await(WatchEvent.Installed.class, 1);
        Files.writeString(manifest, good.replace("[lib]", "[features]\nx = []\n[lib]"));
        await(WatchEvent.Installed.class, 2);
        AtomicFiles.deleteTree(environment);
        TestEnvironment.create(environment);
        answer(root.resolve("project/src/lib.rs"), "44");
        await(WatchEvent.Installed.class, 3);
        assertThat(python("import mod; print(mod.answer())")).isEqualTo("44");
        Files.writeString(root.resolve("project/pom.xml"), "<project> </project>");
        assertThat(await(WatchEvent.PomChanged.class, 1).pom()).isEqualTo(root.resolve("project/pom.xml"));
    }

    @Test
    void severalProjectsAreWatchedTogetherAndARenamedFolderEndsAll() throws Exception {
        TestProject one = TestProject.at(root.resolve("one")).withExtension("one");
        TestProject two = TestProject.at(root.resolve("two")).withExtension("two");
        start(one, two);
        answer(root.resolve("two/src/lib.rs"), "2");
        assertThat(await(WatchEvent.Installed.class, 1).project().name().value())
                .isEqualTo("two");
        answer(root.resolve("one/src/lib.rs"), "1");
        await(WatchEvent.Installed.class, 2);
        assertThat(python("import one, two; print(one.answer(), two.answer())")).isEqualTo("1 2");
        Files.move(root.resolve("one"), root.resolve("renamed"));
        assertThat(await(WatchEvent.FolderGone.class, 1).directory()).isEqualTo(root.resolve("one"));
        loop.join(20_000);
        assertThat(loop.isAlive()).isFalse();
    }
}
