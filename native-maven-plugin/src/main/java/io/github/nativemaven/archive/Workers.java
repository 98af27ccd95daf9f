package io.github.nativemaven.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that compress side by side, as many as there are processors. */
final class Workers implements AutoCloseable {
    private static final int MOST = 8;

    private final int count = Math.min(Runtime.getRuntime().availableProcessors(), MOST);
    private final ExecutorService threads = Executors.newFixedThreadPool(count);

    int count() {
        return count;
    }

    <T> Future<T> submit(Callable<T> task) {
        return threads.submit(task);
    }

    /** What a task returned; what it threw is thrown. */
    static <T> T result(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an archive was written");
        }
    }

    /** Waits for what is being done; what has not begun is dropped. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
