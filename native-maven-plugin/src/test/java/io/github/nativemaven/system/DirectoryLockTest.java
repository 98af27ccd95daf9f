package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.OtherJvm;
import io.github.nativemaven.RecordedEvents;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DirectoryLockTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path directory;

    @Test
    void aFreeDirectoryIsMadeAndTakenAtOnce() throws Exception {
        Path missing = directory.resolve("a/b");
        for (int i = 0; i < 3; i++) {
            try (DirectoryLock ignored = DirectoryLock.acquire(missing, events)) {
                assertThat(missing).isDirectory();
            }
        }
        assertThat(events.of(Event.class)).isEmpty();
    }

    @Test
    void waitsForAnotherThreadAndSaysSoOnce() throws Exception {
        CompletableFuture<DirectoryLock> second;
        try (DirectoryLock ignored = DirectoryLock.acquire(directory, events)) {
            second = CompletableFuture.supplyAsync(this::acquire);
            assertThatThrownBy(() -> second.get(150, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(events.of(DirectoryLock.Waiting.class)).containsExactly(new DirectoryLock.Waiting(directory));
        }
        second.get(10, TimeUnit.SECONDS).close();
        assertThat(events.of(Event.class)).hasSize(1);
    }

    private DirectoryLock acquire() {
        try {
            return DirectoryLock.acquire(directory, events);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void oneAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int j = 0; j < 5; j++) {
                    try (DirectoryLock ignored = acquire()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                    }
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        try (DirectoryLock ignored = DirectoryLock.acquire(directory, events)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory, events)).isInstanceOf(java.io.IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        try (DirectoryLock held = DirectoryLock.acquire(directory, events)) {
            Thread caller = Thread.currentThread();
            new Thread(() -> {
                        while (events.of(DirectoryLock.Waiting.class).isEmpty()) {
                            Thread.onSpinWait();
                        }
                        caller.interrupt();
                    })
                    .start();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory, events))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void waitsForAnotherProcessUntilThatEvenDies() throws Exception {
        CompletableFuture<DirectoryLock> second;
        try (OtherJvm jvm = OtherJvm.start(Holds.class, directory)) {
            assertThat(jvm.line()).isEqualTo("held");
            second = CompletableFuture.supplyAsync(this::acquire);
            assertThatThrownBy(() -> second.get(150, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
        second.get(10, TimeUnit.SECONDS).close();
        assertThat(events.of(DirectoryLock.Waiting.class)).hasSize(1);
    }

    /** Takes the lock, and never gives it back. */
    static final class Holds {
        public static void main(String[] arguments) throws Exception {
            DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]), Events.ignored());
            System.out.println("held");
            Thread.sleep(60_000);
            lock.close();
        }
    }
}
