package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SideBySideTest {
    @ParameterizedTest
    @CsvSource({"1, 5, 1", "2, 5, 2", "3, 3, 3", "8, 2, 2", "4, 1, 1", "4, 0, 0"})
    void soManyRunAtOnceAndTheirValuesStayInOrder(int atOnce, int tasks, int most) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(Math.max(1, most));
        List<Supplier<Integer>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            int value = i;
            all.add(() -> {
                peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                if (value < most) {
                    await(together);
                }
                running.decrementAndGet();
                return value;
            });
        }
        List<Integer> values = SideBySide.run(atOnce, all);
        assertThat(values).hasSize(tasks).isSorted();
        assertThat(peak).hasValue(most);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void oneThatThrowsStopsNoOther(int atOnce) {
        AtomicBoolean last = new AtomicBoolean();
        List<Supplier<String>> tasks = List.of(
                () -> "a",
                () -> {
                    throw new IllegalArgumentException("first");
                },
                () -> {
                    throw new IllegalStateException("second");
                },
                () -> {
                    last.set(true);
                    return "d";
                });
        assertThat(catchThrowableOfType(RuntimeException.class, () -> SideBySide.run(atOnce, tasks)))
                .hasMessage("first");
        assertThat(last).isTrue();
    }

    @Test
    void anInterruptEndsAllOfThemBeforeItIsTold() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        AtomicInteger ended = new AtomicInteger();
        Supplier<String> waits = () -> {
            started.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                ended.incrementAndGet();
            }
            return "";
        };
        AtomicReference<BuildFailure> failure = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            failure.set(catchThrowableOfType(
                    BuildFailure.class, () -> SideBySide.run(2, List.of(waits, waits, waits, waits))));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        started.await();
        caller.interrupt();
        caller.join();
        assertThat(failure.get().problem()).isEqualTo(new SideBySide.Interrupted());
        assertThat(ended).as("two ran, two were never begun").hasValue(2);
        assertThat(flag).isTrue();
    }
}
