package io.github.nativemaven.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Tells what happens in directories, but not in those below them. For one thread. */
interface DirectoryWatcher extends AutoCloseable {
    /**
     * Watches these directories from now on, and no others.
     *
     * @param directories absolute; those that aren't there are passed over
     * @throws IOException when the system watches no more
     */
    void watch(Set<Path> directories) throws IOException;

    /** Waits for something to happen; {@link Changes#NONE} when the time is over. */
    Changes await(Duration limit) throws InterruptedException;

    @Override
    void close();
}
