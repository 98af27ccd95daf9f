package io.github.nativemaven.watch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks again and again: where the system doesn't tell, or only after seconds. */
final class PollingWatcher implements DirectoryWatcher {
    private static final long PAUSE_MILLIS = 150;

    private final Map<Path, Map<Path, String>> seen = new HashMap<>();

    @Override
    public void watch(Set<Path> directories) {
        seen.keySet().retainAll(directories);
        for (Path directory : directories) {
            seen.computeIfAbsent(directory, PollingWatcher::look);
        }
    }

    @Override
    public Changes await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Changes changes = look();
            long left = (end - System.nanoTime()) / 1_000_000;
            if (!changes.isEmpty() || left <= 0) {
                return changes;
            }
            Thread.sleep(Math.min(PAUSE_MILLIS, left));
        }
    }

    private Changes look() {
        Set<Path> changed = new TreeSet<>();
        for (Map.Entry<Path, Map<Path, String>> directory : seen.entrySet()) {
            Map<Path, String> before = directory.getValue();
            Map<Path, String> now = look(directory.getKey());
            if (!now.equals(before)) {
                now.forEach((file, state) -> {
                    if (!state.equals(before.get(file))) {
                        changed.add(file);
                    }
                });
                before.keySet().stream().filter(file -> !now.containsKey(file)).forEach(changed::add);
                directory.setValue(now);
            }
        }
        return Changes.of(changed);
    }

    /** The state of each file; of a directory only that it is there, for what is in it isn't asked for. */
    private static Map<Path, String> look(Path directory) {
        Map<Path, String> states = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                states.put(file, state(file));
            }
        } catch (IOException e) {
            // Gone, or not to be read: nothing is in it.
        }
        return states;
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? "directory"
                    : attributes.size() + " " + attributes.lastModifiedTime().toInstant();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        seen.clear();
    }
}
