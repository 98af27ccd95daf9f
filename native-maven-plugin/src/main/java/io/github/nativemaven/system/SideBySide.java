package io.github.nativemaven.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs tasks side by side. None of their threads outlives the call. */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Runs all tasks, and starts them in their order. One that throws stops no other.
     *
     * @param atOnce how many run at the same time, at least 1
     * @return what they gave, in the order of the tasks
     * @throws RuntimeException what the first in order of those that failed threw
     * @throws BuildFailure with {@link Interrupted} when the calling thread is interrupted. So are the tasks, and they have ended
     */
    public static <T> List<T> run(int atOnce, List<Supplier<T>> tasks) {
        if (atOnce == 1 || tasks.size() < 2) {
            return oneByOne(tasks);
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, tasks.size()), SideBySide::thread);
        try {
            List<Future<T>> futures =
                    tasks.stream().map(task -> threads.submit(task::get)).toList();
            return values(threads, futures);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The build was interrupted while tasks ran side by side; they have ended. */
    public record Interrupted() implements Problem {}

    private static <T> List<T> oneByOne(List<Supplier<T>> tasks) {
        List<T> values = new ArrayList<>();
        RuntimeException first = null;
        for (Supplier<T> task : tasks) {
            try {
                values.add(task.get());
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return values;
    }

    /** A daemon, so that a JVM that wants to end doesn't wait for what its shutdown hooks are about to end. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rust side by side");
        thread.setDaemon(true);
        return thread;
    }

    private static <T> List<T> values(ExecutorService threads, List<Future<T>> futures) {
        List<T> values = new ArrayList<>();
        Throwable first = null;
        try {
            for (Future<T> future : futures) {
                try {
                    values.add(future.get());
                } catch (ExecutionException e) {
                    first = first == null ? e.getCause() : first;
                }
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            awaitEnd(threads);
            Thread.currentThread().interrupt();
            throw new Interrupted().asFailure(e);
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
        return values;
    }

    /** Until each task has put away what it worked at. */
    private static void awaitEnd(ExecutorService threads) {
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                // Once is enough.
            }
        }
    }
}
