package io.github.nativemaven.service;

import io.github.nativemaven.service.WatchedModule.Edit;
import io.github.nativemaven.service.WatchedModule.Superseded;
import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** One round of one project, in a thread of its own: given up while it compiles, finished once it installs. */
final class WatchRound implements WatchedModule.Gate {
    private final WatchedModule module;
    private final Edit edit;
    private final Thread thread;
    private boolean open;
    private boolean superseded;
    private Edit again;

    private WatchRound(WatchedModule module, Edit edit) {
        this.module = module;
        this.edit = edit;
        this.thread = new Thread(this::run, "round of " + module.directory().getFileName());
        this.thread.setDaemon(true);
    }

    static WatchRound start(WatchedModule module, Edit edit) {
        WatchRound round = new WatchRound(module, edit);
        round.thread.start();
        return round;
    }

    WatchedModule module() {
        return module;
    }

    private void run() {
        module.events().tell(new WatchEvent.RoundStarted());
        try {
            module.round(edit, this);
        } catch (Superseded e) {
            giveUp(e.changed());
        } catch (BuildFailure e) {
            fail(e);
        } catch (IOException | RuntimeException e) {
            fail(new WatchEvent.Unexpected(e).asFailure(e));
        }
    }

    private synchronized void giveUp(Set<Path> changed) {
        again = changed.isEmpty() ? edit : edit.and(new Edit(changed, false, System.nanoTime()));
    }

    /** What goes wrong while the round is given up goes wrong because of that. */
    private void fail(BuildFailure failure) {
        synchronized (this) {
            open = false;
            if (superseded) {
                again = edit;
                return;
            }
        }
        if (isEnding()) {
            return;
        }
        module.failed(failure);
        module.events()
                .tell(new WatchEvent.RoundFailed(
                        module.directory(), edit.files().stream().toList(), failure));
    }

    /** When the JVM ends, cargo has been ended too: that it failed then is nothing to be told. */
    private static boolean isEnding() {
        Thread hook = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** The round's sources have changed. */
    synchronized void supersede() {
        superseded = true;
        if (open) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized void open() {
        if (superseded) {
            throw new Superseded(Set.of());
        }
        open = true;
    }

    @Override
    public synchronized void close() {
        open = false;
        // Whoever interrupted came too late to end anything.
        Thread.interrupted();
        if (superseded) {
            throw new Superseded(Set.of());
        }
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    /** What must be done again, once the round is done. */
    synchronized Optional<Edit> again() {
        return Optional.ofNullable(again);
    }

    /** Ends it. */
    void end() {
        supersede();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
