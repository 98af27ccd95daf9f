package io.github.nativemaven.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Runs processes: both outputs are read to their end, and no process outlives the call or this JVM.
 *
 * <p>When the calling thread is interrupted, when the time is over, or when the JVM ends, the process and everything
 * that it started are ended. What a process leaves behind when it ends by itself is left alone where it has closed the
 * outputs, as servers do; else it is given a moment, and ended.
 */
public final class ProcessRunner {
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Events events;

    /** @param events told of each process, for whoever looks for a fault */
    public ProcessRunner(Events events) {
        this.events = events;
    }

    /**
     * How a process ended.
     *
     * @param exitCode its exit code; on Unix 128 + n when signal n ended it
     * @param output everything that it printed to standard output, where it was asked to be kept, else empty
     * @param error everything that it printed to standard error, where it was asked to be kept, else empty
     * @param time how long it ran
     */
    public record Result(int exitCode, String output, String error, Duration time) {
        /** Whether the exit code is 0. */
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * A program that could not be started.
     *
     * @param command what should have run
     */
    public record NotStarted(Command command) implements Problem {}

    /**
     * A program that could not be started, because the directory that it should run in isn't there.
     *
     * @param command what should have run
     */
    public record NoDirectory(Command command) implements Problem {}

    /**
     * A process that did not end in time.
     *
     * @param command what ran
     * @param limit how long it was given
     */
    public record TimedOut(Command command, Duration limit) implements Problem {}

    /** The build was interrupted while a process ran; the process has been ended. */
    public record Interrupted(Command command) implements Problem {}

    /** Runs a command to its end and keeps what it prints, which should be short. */
    public Result capture(Command command, Duration limit) {
        StringBuffer output = new StringBuffer();
        StringBuffer error = new StringBuffer();
        Result result = run(command, limit, line -> output.append(line).append('\n'), line -> error.append(line)
                .append('\n'));
        return new Result(result.exitCode(), output.toString(), error.toString(), result.time());
    }

    /** Runs a command to its end, however long, and passes on each line as it comes, from two threads. */
    public Result run(Command command, Consumer<String> output, Consumer<String> error) {
        return run(command, null, output, error);
    }

    private Result run(Command command, Duration limit, Consumer<String> output, Consumer<String> error) {
        long start = System.nanoTime();
        Process process = start(command);
        ProcessTree tree = new ProcessTree(process.toHandle());
        Thread ender = new Thread(tree::end);
        if (!addHook(ender)) {
            // The JVM is ending: nobody else would end this process.
            tree.end();
            throw new Interrupted(command).asFailure();
        }
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        Thread outputReader = reader(process.getInputStream(), output, broken, "stdout of " + process.pid());
        Thread errorReader = reader(process.getErrorStream(), error, broken, "stderr of " + process.pid());
        boolean ended = false;
        try {
            process.getOutputStream().close();
            if (!await(process, tree, limit)) {
                throw new TimedOut(command, limit).asFailure();
            }
            readToEnd(tree, List.of(outputReader, errorReader));
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted(command).asFailure(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!ended) {
                tree.end();
            }
            removeHook(ender);
        }
        if (broken.get() != null) {
            throw broken.get();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        events.tell(new Events.Detail(
                "pid " + process.pid() + " exit " + process.exitValue() + " after " + time.toMillis() + " ms"));
        return new Result(process.exitValue(), "", "", time);
    }

    /** Waits for the end, and looks around now and then, at first often. */
    private static boolean await(Process process, ProcessTree tree, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        long pause = FIRST_LOOK.toNanos();
        while (true) {
            long left = limit == null ? Long.MAX_VALUE : limit.toNanos() - (System.nanoTime() - start);
            if (process.waitFor(Math.min(pause, left), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (left <= pause) {
                return false;
            }
            tree.look();
            pause = Math.min(2 * pause, LAST_LOOK.toNanos());
        }
    }

    /** Whoever keeps the outputs open after the process has ended would be waited for for ever. */
    private static void readToEnd(ProcessTree tree, List<Thread> readers) throws InterruptedException {
        long start = System.nanoTime();
        for (Thread reader : readers) {
            Duration left = PATIENCE.minusNanos(System.nanoTime() - start);
            reader.join(Math.max(1, left.toMillis()));
        }
        if (readers.stream().anyMatch(Thread::isAlive)) {
            tree.end();
            for (Thread reader : readers) {
                reader.join(PATIENCE.toMillis());
            }
        }
    }

    private Process start(Command command) {
        events.tell(new Events.Detail("in " + command.directory() + ": " + command));
        ProcessBuilder builder = new ProcessBuilder(command.arguments())
                .directory(command.directory().toFile());
        Map<String, String> environment = builder.environment();
        command.environment().forEach((name, value) -> {
            if (value == null) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        });
        try {
            return builder.start();
        } catch (IOException e) {
            Problem problem =
                    Files.isDirectory(command.directory()) ? new NotStarted(command) : new NoDirectory(command);
            throw problem.asFailure(e);
        }
    }

    private static Thread reader(
            InputStream stream, Consumer<String> sink, AtomicReference<RuntimeException> broken, String name) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        String line;
                        while ((line = lines.readLine()) != null) {
                            accept(sink, line, broken);
                        }
                    } catch (IOException e) {
                        // The process was ended while its output was read: there is nothing more to read.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A sink that throws must not stop the reading: the process would wait for ever to be read. */
    private static void accept(Consumer<String> sink, String line, AtomicReference<RuntimeException> broken) {
        try {
            sink.accept(line);
        } catch (RuntimeException e) {
            broken.compareAndSet(null, e);
        }
    }

    private static boolean addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has run or runs.
        }
    }

    /** The working directory for programs that don't care. */
    public static Path anywhere() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
