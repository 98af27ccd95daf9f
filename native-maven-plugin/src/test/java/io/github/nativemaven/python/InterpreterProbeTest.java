package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InterpreterProbeTest {
    @TempDir
    Path directory;

    private final List<String> processes = new CopyOnWriteArrayList<>();

    private InterpreterProbe probe(Duration limit) {
        ProcessRunner runner = new ProcessRunner(event -> {
            String text = ((Events.Detail) event).text();
            if (text.startsWith("in ")) {
                processes.add(text);
            }
        });
        return new InterpreterProbe(directory.resolve("cache"), RealPythons.host(), runner, limit);
    }

    private InterpreterProbe probe() {
        return probe(InterpreterProbe.LIMIT);
    }

    private Path real() {
        return RealPythons.newest().executable();
    }

    /** A program that prints a text, and ends with an exit code. */
    private Path program(String name, String script) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Problem problem(Path program) {
        return catchThrowableOfType(BuildFailure.class, () -> probe().probe(program))
                .problem();
    }

    @Test
    void everyInterpreterOfThisMachineTellsWhatItIs() {
        for (Interpreter interpreter : RealPythons.all()) {
            String flags = interpreter.version().minor() == 7 ? "m" : "";
            assertThat(interpreter.fullVersion()).startsWith(interpreter.version() + ".");
            assertThat(interpreter.markers())
                    .hasSize(11)
                    .containsEntry("python_version", interpreter.version().toString());
            assertThat(interpreter.scheme().purelib()).isAbsolute();
            if (interpreter.implementation() == Implementation.CPYTHON && !interpreter.freeThreaded()) {
                assertThat(interpreter.abiTag())
                        .isEqualTo("cp" + interpreter.version().tag() + flags);
                assertThat(interpreter.extensionSuffix()).contains(interpreter.soabi());
            }
            interpreter.sharedLibrary().ifPresent(library -> assertThat(library)
                    .isRegularFile()
                    .hasParent(interpreter.libraryDirectory()));
        }
    }

    @Test
    void aSecondQuestionStartsNoProcess() {
        Path python = real();
        Interpreter first = probe().probe(python);
        assertThat(processes).hasSize(1);
        assertThat(probe().probe(python)).isEqualTo(first);
        assertThat(processes).hasSize(1);
    }

    @Test
    void aCorruptCacheIsAskedAnew() throws IOException {
        Path python = real();
        Interpreter first = probe().probe(python);
        for (String rubbish : List.of("", "{", "%s\n", "%s\n{\"version\": 7}", "%s\n{\"version\": \"3.11.1\"}", "\0")) {
            try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
                Path file = files.filter(f -> f.toString().endsWith(".json"))
                        .findFirst()
                        .orElseThrow();
                String fingerprint = Files.readAllLines(file).get(0);
                Files.writeString(file, rubbish.replace("%s", fingerprint));
            }
            processes.clear();
            assertThat(probe().probe(python)).isEqualTo(first);
            assertThat(processes).as(rubbish).hasSize(1);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenOnlyCostsTime() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file where the directory should be");
        assertThat(probe().probe(real()).fullVersion()).startsWith("3.");
    }

    @Test
    void anotherProgramUnderTheSameNameIsAskedAnew() throws IOException {
        Path link = directory.resolve("python");
        List<Interpreter> all = RealPythons.all();
        Files.createSymbolicLink(link, all.get(0).executable());
        Interpreter before = probe().probe(link);
        assertThat(before.executable()).isEqualTo(link);
        Files.delete(link);
        Files.createSymbolicLink(link, all.get(all.size() - 1).executable());
        assertThat(probe().probe(link).fullVersion())
                .isEqualTo(all.get(all.size() - 1).fullVersion());
    }

    @Test
    void aChangedEnvironmentFileIsAskedAnew() throws IOException {
        Path environment = Files.createDirectories(directory.resolve("environment"));
        Path python = Files.createDirectories(environment.resolve("bin")).resolve("python");
        Files.createSymbolicLink(python, real());
        assertThat(probe().probe(python).isVirtual()).isFalse();
        Path configuration = environment.resolve("pyvenv.cfg");
        Files.writeString(configuration, "home = " + real().getParent() + "\n");
        Interpreter virtual = probe().probe(python);
        assertThat(virtual.isVirtual()).isTrue();
        assertThat(virtual.prefix()).isEqualTo(environment);
        assertThat(virtual.scheme().data()).isEqualTo(environment);
        assertThat(virtual.scheme().headers()).startsWithRaw(environment);
        Files.setLastModifiedTime(configuration, FileTime.fromMillis(0));
        processes.clear();
        probe().probe(python);
        assertThat(processes).hasSize(1);
    }

    @Test
    void theHostPlatformVariableDecides() {
        Path python = real();
        Host host = RealPythons.host();
        Map<String, String> environment = new HashMap<>(host.environment());
        environment.put("_PYTHON_HOST_PLATFORM", "linux-armv7l");
        InterpreterProbe other = new InterpreterProbe(
                directory.resolve("cache"),
                new Host(host.os(), environment, host.home()),
                new ProcessRunner(Events.ignored()));
        String own = probe().probe(python).platform();
        assertThat(other.probe(python).platform()).isEqualTo("linux-armv7l");
        assertThat(probe().probe(python).platform()).isEqualTo(own);
    }

    @Test
    void foldersWithSpacesUmlautsAndQuotesWork() throws IOException {
        Path odd = Files.createDirectories(directory.resolve("a 'b' \"c\" ü $d"));
        Path environment = Files.createDirectories(odd.resolve("bin"));
        Files.createSymbolicLink(environment.resolve("python"), real());
        Files.writeString(odd.resolve("pyvenv.cfg"), "home = " + real().getParent() + "\n");
        InterpreterProbe probe =
                new InterpreterProbe(odd.resolve("cache"), RealPythons.host(), new ProcessRunner(Events.ignored()));
        assertThat(probe.probe(environment.resolve("python")).prefix()).isEqualTo(odd);
        assertThat(probe.probe(environment.resolve("python")).prefix()).isEqualTo(odd);
    }

    @Test
    void noiseOfTheEnvironmentIsPassedOver() throws IOException {
        Path environment = directory.resolve("noisy");
        Path python = Files.createDirectories(environment.resolve("bin")).resolve("python");
        Files.createSymbolicLink(python, real());
        Files.writeString(environment.resolve("pyvenv.cfg"), "home = " + real().getParent() + "\n");
        Path packages = Files.createDirectories(probe().probe(python).scheme().purelib());
        Files.writeString(
                packages.resolve("sitecustomize.py"),
                "import atexit, sys\nprint('{ hello <<interpreter')\n"
                        + "atexit.register(lambda: print('interpreter>> bye'))\n"
                        + "sys.stdout.write('no newline')\n");
        Files.setLastModifiedTime(environment.resolve("pyvenv.cfg"), FileTime.fromMillis(0));
        processes.clear();
        assertThat(probe().probe(python).prefix()).isEqualTo(environment);
        assertThat(processes).hasSize(1);
    }

    @Test
    void aScriptStandsForTheInterpreterThatItStarts() throws IOException {
        Path shim = program("shim", "exec '" + real() + "' \"$@\"");
        assertThat(probe().probe(shim).executable()).isEqualTo(real());
        assertThat(probe().probe(shim).executable()).isEqualTo(real());
        assertThat(processes).hasSize(2);
    }

    @Test
    void whatIsNoPythonIsSaidSo() throws IOException {
        Path broken = program("broken", "echo one; echo two >&2; exit 3");
        assertThat(problem(broken)).isEqualTo(new InterpreterProbe.NotAPython(broken, 3, "one\ntwo"));
        Path liar = program("liar", "echo '<<interpreter{\"version\": \"3.11.1\"interpreter>>'");
        assertThat(problem(liar)).isInstanceOf(InterpreterProbe.NotAPython.class);
        Path printer = program("printer", "cat \"$4\"");
        assertThat(problem(printer)).isInstanceOf(InterpreterProbe.NotAPython.class);
        Path silent = Path.of("/bin/true");
        assertThat(problem(silent)).isEqualTo(new InterpreterProbe.NotAPython(silent, 0, ""));
    }

    @Test
    void aProgramForAnotherMachineIsSaidSo() throws IOException {
        Path foreign = directory.resolve("foreign");
        byte[] header = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 1}, 0, header, 0, 7);
        Files.write(foreign, header);
        assertThat(foreign.toFile().setExecutable(true)).isTrue();
        assertThat(problem(foreign)).isInstanceOf(InterpreterProbe.NotRunnable.class);
        Path missing = directory.resolve("missing");
        assertThat(problem(missing)).isEqualTo(new InterpreterProbe.NotRunnable(missing, "no such file"));
    }

    @Test
    void oldAndUnknownPythonsAreSaidSo() throws IOException {
        Path old = program("old", "echo '<<interpreter{\"version\": \"2.7.18\"}interpreter>>'");
        assertThat(problem(old)).isEqualTo(new InterpreterProbe.TooOld(old, "2.7.18", new PythonVersion(3, 7)));
        Path iron = program(
                "iron",
                "echo '<<interpreter{\"version\": \"3.8.1\", \"implementation\": \"ironpython\"}interpreter>>'");
        assertThat(problem(iron)).isEqualTo(new InterpreterProbe.UnknownImplementation(iron, "ironpython"));
    }

    @Test
    void aProgramThatHangsIsEnded() throws IOException {
        Path hanging = program("hanging", "sleep 30");
        Duration limit = Duration.ofMillis(200);
        long start = System.nanoTime();
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> probe(limit).probe(hanging));
        assertThat(failure.problem()).isEqualTo(new InterpreterProbe.NoAnswer(hanging, limit));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
