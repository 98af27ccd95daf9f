package io.github.nativemaven.build;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** One number of jobs for several cargos that run side by side. */
sealed interface JobServer extends AutoCloseable permits TokenPipe, JobServer.Divided {
    /** What a cargo is told by. */
    Map<String, String> environment();

    /** Waits until one more cargo may be started. */
    void take() throws InterruptedException;

    /** A cargo that was waited for has ended. */
    void give();

    @Override
    void close();

    /**
     * A pipe, where the system has one.
     *
     * @param os of this machine
     * @param jobs how many compilers may run at once, at least 1
     * @param cargos how many cargos may run at once
     */
    static JobServer open(OperatingSystem os, ProcessRunner processes, int jobs, int cargos) {
        if (os != OperatingSystem.WINDOWS) {
            try {
                return TokenPipe.open(processes, jobs);
            } catch (IOException | BuildFailure e) {
                // Without mkfifo, or a place for temporary files, it is done as on Windows.
            }
        }
        return new Divided(jobs, Math.max(1, jobs / cargos));
    }

    /** Each cargo has its part beforehand, and waits until that is left over. */
    final class Divided implements JobServer {
        private final Semaphore left;
        private final int part;

        Divided(int jobs, int part) {
            this.left = new Semaphore(jobs, true);
            this.part = part;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("CARGO_BUILD_JOBS", String.valueOf(part));
        }

        @Override
        public void take() throws InterruptedException {
            left.acquire(part);
        }

        @Override
        public void give() {
            left.release(part);
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
