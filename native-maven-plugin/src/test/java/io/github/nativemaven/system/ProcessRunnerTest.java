package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.OtherJvm;
import io.github.nativemaven.RecordedEvents;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ProcessRunnerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RecordedEvents events = new RecordedEvents();
    private final ProcessRunner runner = new ProcessRunner(events);

    @TempDir
    Path directory;

    private Command shell(String script) {
        return Command.of(directory, "sh", "-c", script);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 0                    | 0",
                "exit 7                    | 7",
                "kill -9 $$                | 137",
                "kill -TERM $$             | 143",
            })
    void tellsHowAProcessEnded(String script, int exitCode) {
        ProcessRunner.Result result = runner.capture(shell(script), LIMIT);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.succeeded()).isEqualTo(exitCode == 0);
    }

    @Test
    void keepsBothOutputsApartInUtf8() {
        ProcessRunner.Result result = runner.capture(shell("echo hällo; echo wörld >&2; printf end"), LIMIT);
        assertThat(result.output()).isEqualTo("hällo\nend\n");
        assertThat(result.error()).isEqualTo("wörld\n");
    }

    @Test
    void readsMoreThanAPipeHolds() {
        String script = "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; "
                + "echo 0123456789012345678901234567890123456789 >&2; i=$((i+1)); done";
        ProcessRunner.Result result = runner.capture(shell(script), LIMIT);
        assertThat(result.output()).hasSize(3000 * 41);
        assertThat(result.error()).hasSize(3000 * 41);
    }

    @Test
    void changesTheEnvironmentAndOnlyThat() {
        Map<String, String> changes = new HashMap<>();
        changes.put("HOME", null);
        changes.put("ADDED", "ü b");
        Command command = new Command(
                List.of("sh", "-c", "echo ${HOME-none} $ADDED ${PATH:+path}; pwd -P; cat"), directory, changes);
        assertThat(runner.capture(command, LIMIT).output()).startsWith("none ü b path\n" + directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-program-anywhere", "/", "/no/such/place"})
    void aProgramThatIsNoneIsAProblem(String program) {
        Command command = Command.of(directory, program);
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> runner.capture(command, LIMIT));
        assertThat(failure.problem()).isEqualTo(new ProcessRunner.NotStarted(command));
        assertThat(failure.getCause()).isNotNull();
    }

    @Test
    void aSinkThatThrowsDoesNotHoldUpTheProcess() {
        String script = "i=0; while [ $i -lt 5000 ]; do echo 01234567890123456789; i=$((i+1)); done";
        IllegalStateException thrown = catchThrowableOfType(
                IllegalStateException.class,
                () -> runner.run(
                        shell(script),
                        line -> {
                            throw new IllegalStateException("no more");
                        },
                        line -> {}));
        assertThat(thrown).hasMessage("no more");
    }

    @Test
    void noProcessOutlivesItsTime() throws Exception {
        AtomicLong child = new AtomicLong();
        Command command = shell("sleep 100 & echo $! >" + "pid; sleep 100");
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> runner.capture(command, Duration.ofMillis(300)));
        child.set(Long.parseLong(
                java.nio.file.Files.readString(directory.resolve("pid")).strip()));
        assertThat(failure.problem()).isEqualTo(new ProcessRunner.TimedOut(command, Duration.ofMillis(300)));
        assertThat(Processes.soon(() -> !Processes.runs(child.get()))).isTrue();
    }

    @Test
    void endsWhoeverIgnoresThePoliteWayWithoutBurningTime() throws Exception {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Command command = shell("trap '' TERM; echo $$ >pid; while :; do sleep 0.05; done");
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> runner.capture(command, Duration.ofMillis(300)));
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertThat(failure.problem()).isInstanceOf(ProcessRunner.TimedOut.class);
        long pid = Long.parseLong(
                java.nio.file.Files.readString(directory.resolve("pid")).strip());
        assertThat(Processes.runs(pid)).isFalse();
        assertThat(Duration.ofNanos(used)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void anInterruptEndsTheProcessAndItsChildren() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        AtomicReference<BuildFailure> failure = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        List<Long> pids = new java.util.concurrent.CopyOnWriteArrayList<>();
        Command command = shell("sleep 100 & echo $!; echo $$; sleep 100");
        Thread caller = new Thread(() -> {
            failure.set(catchThrowableOfType(
                    BuildFailure.class,
                    () -> runner.run(
                            command,
                            line -> {
                                pids.add(Long.valueOf(line));
                                started.countDown();
                            },
                            line -> {})));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        started.await();
        caller.interrupt();
        caller.join();
        assertThat(failure.get().problem()).isEqualTo(new ProcessRunner.Interrupted(command));
        assertThat(interrupted.get()).isTrue();
        assertThat(pids).hasSize(2);
        assertThat(Processes.soon(() -> pids.stream().noneMatch(Processes::runs)))
                .isTrue();
    }

    @Test
    void aChildThatKeepsTheOutputsOpenIsEndedAfterAMoment() throws Exception {
        ProcessRunner.Result result =
                runner.capture(shell("sleep 100 & echo $!; sleep 0.3; exit 3"), Duration.ofSeconds(60));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.time()).isLessThan(Duration.ofSeconds(10));
        long child = Long.parseLong(result.output().strip());
        assertThat(Processes.soon(() -> !Processes.runs(child))).isTrue();
    }

    @Test
    void aServerThatHasClosedTheOutputsIsLeftAlone() {
        ProcessRunner.Result result = runner.capture(
                shell("sleep 5 >/dev/null 2>&1 </dev/null & echo $!; sleep 0.2"), Duration.ofSeconds(60));
        long server = Long.parseLong(result.output().strip());
        assertThat(Processes.runs(server)).isTrue();
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void noProcessOutlivesTheJvm(String signal) throws Exception {
        OtherJvm.assumeHeeds(signal);
        try (OtherJvm jvm = OtherJvm.start(Waits.class, directory)) {
            long first = Long.parseLong(jvm.line());
            long second = Long.parseLong(jvm.line());
            assertThat(Processes.runs(first)).isTrue();
            jvm.signal(signal);
            assertThat(jvm.ends()).isTrue();
            assertThat(Processes.soon(() -> !Processes.runs(first) && !Processes.runs(second)))
                    .isTrue();
        }
    }

    /** Runs a process that has a child, until it is ended. */
    static final class Waits {
        public static void main(String[] arguments) {
            new ProcessRunner(Events.ignored())
                    .run(
                            Command.of(Path.of(arguments[0]), "sh", "-c", "sleep 100 & echo $!; echo $$; sleep 100"),
                            line -> {
                                System.out.println(line);
                                System.out.flush();
                            },
                            line -> {});
        }
    }

    @Test
    void tellsOfEachProcessForWhoeverLooksForAFault() {
        runner.capture(shell("exit 2"), LIMIT);
        assertThat(events.of(Events.Detail.class))
                .extracting(Events.Detail::text)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("in " + directory + ": sh -c 'exit 2'"),
                        second -> assertThat(second).matches("pid \\d+ exit 2 after \\d+ ms"));
    }
}
