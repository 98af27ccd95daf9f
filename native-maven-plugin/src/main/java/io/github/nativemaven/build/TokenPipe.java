package io.github.nativemaven.build;

import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * A named pipe with a token for each compiler that may run: a cargo is started with one, takes another for each further
 * compiler, and puts those back.
 *
 * @see <a href="https://www.gnu.org/software/make/manual/html_node/POSIX-Jobserver.html">POSIX jobserver interaction</a>
 */
final class TokenPipe implements JobServer {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** What fits into a pipe on every system: else its making would wait for somebody who reads. */
    private static final int MOST = 4096;

    private final Path path;
    private final RandomAccessFile pipe;
    private final Thread remover = new Thread(this::remove);

    private TokenPipe(Path path, RandomAccessFile pipe) {
        this.path = path;
        this.pipe = pipe;
    }

    /**
     * Makes the pipe. Not below the project: a job server's place is written in a list that is parted by spaces.
     *
     * @param jobs how many compilers may run at once
     * @throws IOException where the system has no such pipes
     */
    static TokenPipe open(ProcessRunner processes, int jobs) throws IOException {
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
            TokenPipe pipe = new TokenPipe(path, new RandomAccessFile(path.toFile(), "rw"));
            opened = true;
            pipe.removeAtTheLatest();
            pipe.put(Math.min(jobs, MOST));
            return pipe;
        } finally {
            if (!opened) {
                AtomicFiles.deleteTree(directory);
            }
        }
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("CARGO_MAKEFLAGS", "-j --jobserver-auth=fifo:" + path);
    }

    /** By a channel of its own, since an interrupt closes it. */
    @Override
    public void take() throws InterruptedException {
        try (FileChannel own = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            own.read(ByteBuffer.allocate(1));
        } catch (ClosedByInterruptException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            // Somebody has removed the pipe: no reason to build nothing.
        }
    }

    @Override
    public void give() {
        try {
            put(1);
        } catch (IOException e) {
            // The others go on with the tokens that there are.
        }
    }

    /** Also by a thread that is interrupted. */
    private void put(int tokens) throws IOException {
        pipe.write("+".repeat(tokens).getBytes(StandardCharsets.US_ASCII));
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
            AtomicFiles.deleteTree(path.getParent());
        } catch (IOException e) {
            // It lies among temporary files, which others remove, too.
        }
    }

    @Override
    public void close() {
        remove();
        try (pipe) {
            Runtime.getRuntime().removeShutdownHook(remover);
        } catch (IllegalStateException | IOException e) {
            // The JVM is ending, or the pipe is gone.
        }
    }
}
