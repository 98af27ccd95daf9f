package io.github.nativemaven.build;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * One number of jobs for several cargos that run side by side: a named pipe, out of which each takes a token for every
 * compiler beyond its first, and puts it back. Where there are no such pipes, the jobs are divided beforehand.
 *
 * @see <a href="https://www.gnu.org/software/make/manual/html_node/POSIX-Jobserver.html">POSIX jobserver interaction</a>
 */
final class JobServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final Path directory;
    private final FileChannel pipe;
    private final Thread remover = new Thread(this::remove);

    private JobServer(Map<String, String> environment, Path directory, FileChannel pipe) {
        this.environment = environment;
        this.directory = directory;
        this.pipe = pipe;
    }

    /**
     * Makes the pipe, with the tokens that are left when each cargo has its first.
     *
     * @param os of this machine
     * @param jobs how many compilers may run at once
     * @param cargos how many cargos will run at once, not more than jobs
     */
    static JobServer open(OperatingSystem os, ProcessRunner processes, int jobs, int cargos) {
        if (cargos > 1 && os != OperatingSystem.WINDOWS) {
            try {
                return pipe(processes, jobs - cargos);
            } catch (IOException | BuildFailure e) {
                // Without mkfifo, or a place for temporary files, it is done as on Windows.
            }
        }
        int share = Math.max(1, jobs / cargos);
        return new JobServer(Map.of("CARGO_BUILD_JOBS", String.valueOf(share)), null, null);
    }

    /** Not below the project: a job server's place is written in a list that is parted by spaces. */
    private static JobServer pipe(ProcessRunner processes, int tokens) throws IOException {
        Path directory = Files.createTempDirectory("rust-jobs");
        boolean opened = false;
        try {
            Path path = directory.resolve("tokens");
            Command mkfifo = Command.of(directory, "mkfifo", path.toString());
            if (path.toString().contains(" ")
                    || !processes.capture(mkfifo, LIMIT).succeeded()) {
                throw new IOException("no pipe at " + path);
            }
            // Opened for both: else the opening would wait for somebody at the other end.
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            JobServer server =
                    new JobServer(Map.of("CARGO_MAKEFLAGS", "-j --jobserver-auth=fifo:" + path), directory, channel);
            opened = true;
            server.removeAtTheLatest();
            server.put(tokens);
            return server;
        } finally {
            if (!opened) {
                AtomicFiles.deleteTree(directory);
            }
        }
    }

    /** What a cargo is told by. */
    Map<String, String> environment() {
        return environment;
    }

    /** One cargo has ended, and none takes its place: the others may have its first token. */
    void give() {
        try {
            if (pipe != null) {
                put(1);
            }
        } catch (IOException e) {
            // The others go on with the tokens that there are.
        }
    }

    private void put(int tokens) throws IOException {
        pipe.write(ByteBuffer.wrap("+".repeat(tokens).getBytes(StandardCharsets.US_ASCII)));
    }

    /** A build that is interrupted doesn't come to its end. */
    private void removeAtTheLatest() {
        try {
            Runtime.getRuntime().addShutdownHook(remover);
        } catch (IllegalStateException e) {
            remove();
        }
    }

    private void remove() {
        try {
            AtomicFiles.deleteTree(directory);
        } catch (IOException e) {
            // It lies among temporary files, which others remove, too.
        }
    }

    @Override
    public void close() throws IOException {
        if (pipe != null) {
            pipe.close();
            remove();
            try {
                Runtime.getRuntime().removeShutdownHook(remover);
            } catch (IllegalStateException e) {
                // The JVM is ending.
            }
        }
    }
}
