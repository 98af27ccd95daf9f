package io.github.nativemaven.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs processes: both outputs are read to their end, and no process outlives the call or this JVM.
 *
 * <p>When the calling thread is interrupted, when the time is over, or when the JVM ends, the process and everything
 * that it started are ended.
 */
public final class ProcessRunner {
    private static final Duration GRACE = Duration.ofMillis(300);

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
        Thread ender = new Thread(() -> endTree(process.toHandle()));
        boolean hooked = addHook(ender);
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        Thread outputReader = reader(process.getInputStream(), output, broken, "stdout of " + process.pid());
        Thread errorReader = reader(process.getErrorStream(), error, broken, "stderr of " + process.pid());
        try {
            process.getOutputStream().close();
            if (limit == null) {
                process.waitFor();
            } else if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimedOut(command, limit).asFailure();
            }
            outputReader.join();
            errorReader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted(command).asFailure(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            endTree(process.toHandle());
            if (hooked) {
                removeHook(ender);
            }
        }
        if (broken.get() != null) {
            throw broken.get();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        events.tell(new Events.Detail(
                "pid " + process.pid() + " exit " + process.exitValue() + " after " + time.toMillis() + " ms"));
        return new Result(process.exitValue(), "", "", time);
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
            throw new NotStarted(command).asFailure(e);
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

    /** Asks the process and all that it started to end, and ends what has not after a moment. */
    private static void endTree(ProcessHandle root) {
        if (!root.isAlive()) {
            return;
        }
        ProcessHandle[] tree =
                Stream.concat(root.descendants(), Stream.of(root)).toArray(ProcessHandle[]::new);
        for (ProcessHandle handle : tree) {
            handle.destroy();
        }
        long end = System.nanoTime() + GRACE.toNanos();
        for (ProcessHandle handle : tree) {
            while (handle.isAlive() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            handle.destroyForcibly();
        }
    }

    /** The working directory for programs that don't care. */
    public static Path anywhere() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
