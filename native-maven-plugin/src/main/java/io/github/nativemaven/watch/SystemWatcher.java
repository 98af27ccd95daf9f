package io.github.nativemaven.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Has the operating system tell: inotify on Linux, its like on Windows. */
final class SystemWatcher implements DirectoryWatcher {
    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    /** @throws IOException when the system watches no more */
    SystemWatcher() throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
    }

    @Override
    public void watch(Set<Path> directories) throws IOException {
        for (Iterator<Map.Entry<Path, WatchKey>> all = keys.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Path, WatchKey> entry = all.next();
            if (!directories.contains(entry.getKey()) || !entry.getValue().isValid()) {
                entry.getValue().cancel();
                all.remove();
            }
        }
        for (Path directory : directories) {
            if (!keys.containsKey(directory) && Files.isDirectory(directory)) {
                register(directory);
            }
        }
    }

    private void register(Path directory) throws IOException {
        try {
            keys.put(
                    directory,
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (NoSuchFileException | NotDirectoryException e) {
            // It went meanwhile; the directory above it tells that.
        }
    }

    @Override
    public Changes await(Duration limit) throws InterruptedException {
        WatchKey key = service.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        Set<Path> paths = new TreeSet<>();
        boolean lost = false;
        for (; key != null; key = service.poll()) {
            Path directory = (Path) key.watchable();
            for (WatchEvent<?> event : key.pollEvents()) {
                lost |= event.kind() == StandardWatchEventKinds.OVERFLOW;
                if (event.context() instanceof Path name) {
                    paths.add(directory.resolve(name));
                }
            }
            if (!key.reset()) {
                keys.remove(directory);
                paths.add(directory);
            }
        }
        return new Changes(paths, lost);
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
