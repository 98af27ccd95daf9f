package io.github.nativemaven.watch;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Tells what happens in directories: by the operating system, as long as that can; else by looking again and again. For
 * one thread.
 */
public final class FileWatcher implements AutoCloseable {
    private final Events events;
    private DirectoryWatcher watcher;

    /** How the system's own watcher is opened. */
    interface Opener {
        DirectoryWatcher open() throws IOException;
    }

    FileWatcher(Opener opener, Events events) {
        this.events = events;
        try {
            this.watcher = opener.open();
        } catch (IOException e) {
            fallBack(e);
        }
    }

    /**
     * A system watches no more; from now on files are looked at again and again, which is slower.
     *
     * @param reason what the system said
     */
    public record LimitReached(String reason) implements Event {}

    /** On macOS the JDK itself looks only every other second. */
    public static FileWatcher open(OperatingSystem os, Events events) {
        return new FileWatcher(os == OperatingSystem.MACOS ? PollingWatcher::new : SystemWatcher::new, events);
    }

    private void fallBack(IOException cause) {
        events.tell(new LimitReached(String.valueOf(cause.getMessage())));
        watcher = new PollingWatcher();
    }

    /**
     * Watches these directories from now on, and no others.
     *
     * @param directories absolute; those that aren't there are passed over
     */
    public void watch(Set<Path> directories) {
        try {
            watcher.watch(directories);
        } catch (IOException e) {
            watcher.close();
            fallBack(e);
            watch(directories);
        }
    }

    /** Waits for something to happen; {@link Changes#NONE} when the time is over. */
    public Changes await(Duration limit) throws InterruptedException {
        return watcher.await(limit);
    }

    @Override
    public void close() {
        watcher.close();
    }
}
