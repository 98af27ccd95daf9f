package io.github.nativemaven.build;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SideBySide;
import java.util.Map;
import java.util.function.Function;

/**
 * How many compilers may run at once, for all cargos of one Maven: those of one build, and those of modules that are built
 * at the same time. As long as nobody builds, it holds nothing.
 */
public final class JobBudget {
    private final int builds;
    private JobServer server;
    private int users;

    /** @param builds how many builds may run at once */
    public JobBudget(int builds) {
        this.builds = builds;
    }

    /**
     * Begins something that runs cargo. A cargo that is surely alone has all jobs anyway.
     *
     * @param os of this machine
     * @param jobs how many compilers may run at once; where others have begun already, theirs counts
     * @param cargos how many cargos it runs at once
     */
    public synchronized Share begin(OperatingSystem os, ProcessRunner processes, int jobs, int cargos) {
        if (builds == 1 && cargos == 1) {
            return new Share(null);
        }
        if (users == 0) {
            server = JobServer.open(os, processes, jobs, builds * cargos);
        }
        users++;
        return new Share(server);
    }

    private synchronized void end() {
        users--;
        if (users == 0) {
            server.close();
            server = null;
        }
    }

    /** What may run cargo, until it is closed. */
    public final class Share implements AutoCloseable {
        private final JobServer shared;

        private Share(JobServer shared) {
            this.shared = shared;
        }

        /**
         * Runs one cargo, as soon as one compiler more may run.
         *
         * @param cargo gets the variables by which cargo knows how many compilers it may run
         * @throws io.github.nativemaven.system.BuildFailure with {@link SideBySide.Interrupted} when the thread is
         *     interrupted while it waits
         */
        public <T> T run(Function<Map<String, String>, T> cargo) {
            if (shared == null) {
                return cargo.apply(Map.of());
            }
            try {
                shared.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SideBySide.Interrupted().asFailure(e);
            }
            try {
                return cargo.apply(shared.environment());
            } finally {
                shared.give();
            }
        }

        @Override
        public void close() {
            if (shared != null) {
                end();
            }
        }
    }
}
