package io.github.nativemaven;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.nativemaven.system.ProcessRunner;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.basjes.gitignore.GitIgnore;
import org.slf4j.Logger;

/** A second JVM that runs a class of the tests. */
public final class OtherJvm implements AutoCloseable {
    /** The number of the signal INT. */
    private static final int INTERRUPT = 2;

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it. Nothing but the JDK, the plugin and the tests is on its class path. */
    public static OtherJvm start(Class<?> main, Object... arguments) throws IOException {
        return start(Map.of(), main, arguments);
    }

    /** Starts it with other variables in its environment. */
    public static OtherJvm start(Map<String, String> environment, Class<?> main, Object... arguments)
            throws IOException {
        String classPath = String.join(
                File.pathSeparator,
                place(main).toString(),
                place(ProcessRunner.class).toString(),
                place(GitIgnore.class).toString(),
                place(Logger.class).toString());
        return start(classPath, environment, main, arguments);
    }

    /** Starts it with the class path of the tests. */
    public static OtherJvm startWithLibraries(Map<String, String> environment, Class<?> main, Object... arguments)
            throws IOException {
        return start(System.getProperty("java.class.path"), environment, main, arguments);
    }

    private static OtherJvm start(String classPath, Map<String, String> environment, Class<?> main, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + environment.getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir")),
                "-cp",
                classPath,
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new OtherJvm(builder.start());
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next line that it prints. */
    public String line() throws IOException {
        return output.readLine();
    }

    /**
     * Leaves a test out whose signal no JVM would heed. What a shell starts with {@code &} may be told to ignore INT, and so is
     * all that it starts in turn.
     */
    public static void assumeHeeds(String signal) throws IOException {
        assumeFalse(
                signal.equals("INT") && ignoresInterrupts(), "INT is ignored here, as in the background of a shell");
    }

    /** Sends a signal: {@code INT}, {@code TERM}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> line.substring("SigIgn:".length()).strip())
                        .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 1 << INTERRUPT - 1) != 0);
    }

    /** Waits for its end. */
    public boolean ends() throws InterruptedException {
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
