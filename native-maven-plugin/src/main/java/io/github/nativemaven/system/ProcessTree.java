package io.github.nativemaven.system;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A process and those that it started, directly or not.
 *
 * <p>The system forgets who started a process as soon as its parent has ended, so those that are there are noted while
 * the parents run. One that is started and left alone between two looks is missed.
 */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ProcessHandle root;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Notes who is there. Costs about as much as a listing of all processes. */
    void look() {
        Stream.concat(Stream.of(root), Stream.of(seen.toArray(ProcessHandle[]::new)))
                .filter(ProcessHandle::isAlive)
                .flatMap(ProcessHandle::descendants)
                .forEach(seen::add);
        seen.removeIf(handle -> !handle.isAlive());
    }

    /** Asks all of them to end, and ends those that have not after a moment. An interrupt waits until this is done. */
    void end() {
        look();
        List<ProcessHandle> all =
                Stream.concat(seen.stream(), Stream.of(root)).distinct().toList();
        all.forEach(ProcessHandle::destroy);
        boolean interrupted = Thread.interrupted();
        interrupted |= awaitEnd(all);
        if (all.stream().anyMatch(ProcessHandle::isAlive)) {
            look();
            all = Stream.concat(seen.stream(), all.stream()).distinct().toList();
            all.forEach(ProcessHandle::destroyForcibly);
            interrupted |= awaitEnd(all);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the thread was interrupted. */
    private static boolean awaitEnd(List<ProcessHandle> all) {
        boolean interrupted = false;
        long start = System.nanoTime();
        while (System.nanoTime() - start < GRACE.toNanos() && all.stream().anyMatch(ProcessHandle::isAlive)) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
