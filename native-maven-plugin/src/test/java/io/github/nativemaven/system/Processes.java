package io.github.nativemaven.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks at processes from outside. */
final class Processes {
    private Processes() {}

    /** Whether a process runs. One that has ended, and that nobody has buried, doesn't. */
    static boolean runs(long pid) {
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return false;
        }
        try {
            String state = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return state.charAt(state.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? false
                    : ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** Whether something becomes true within a few seconds. */
    static boolean soon(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > Duration.ofSeconds(5).toNanos()) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }
}
