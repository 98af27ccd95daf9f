package io.github.nativemaven.service;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.service.WatchedModule.Edit;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.watch.Changes;
import io.github.nativemaven.watch.FileWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Watches projects, and builds and installs whichever has changed, one after the other. A burst of changes is one; a
 * change of what is being compiled starts that anew.
 */
public final class WatchLoop implements Runnable {
    /** How long nothing must change until a burst is over. */
    private static final Duration QUIET = Duration.ofMillis(50);

    /** How often it is looked whether a round is done. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    /** How often it is looked whether a project is still there. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Host host;
    private final Events events;
    private final List<WatchedModule> modules = new CopyOnWriteArrayList<>();
    private final Map<WatchedModule, Edit> pending = new LinkedHashMap<>();
    private Set<Path> directories = Set.of();
    private int watched;
    private WatchRound running;

    /** @param events told of what concerns all projects */
    public WatchLoop(Host host, Events events) {
        this.host = host;
        this.events = events;
    }

    /**
     * Builds and installs a project, and adds it to those that are watched.
     *
     * @param told of what concerns this project
     * @throws io.github.nativemaven.system.BuildFailure when it can't even be begun with; a failure to compile is told as
     *     an event
     */
    public void add(Events told, WatchRequest request) throws IOException {
        WatchedModule module = new WatchedModule(host, told, request);
        module.start();
        modules.add(module);
    }

    /** Watches until it is interrupted, or the folder of a project is gone. */
    @Override
    public void run() {
        if (modules.isEmpty()) {
            return;
        }
        try (FileWatcher watcher = FileWatcher.open(host.os(), events)) {
            while (allAreThere()) {
                if (watched != modules.size()) {
                    watched = modules.size();
                    attend(watcher);
                    takeWhatCameBefore();
                    events.tell(new WatchEvent.Watching(watched, directories.size()));
                }
                take(watcher.await(patience()), watcher);
                advance(watcher);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (running != null) {
                running.end();
            }
        }
    }

    private boolean allAreThere() {
        Optional<Path> gone = modules.stream()
                .map(WatchedModule::directory)
                .filter(directory -> !Files.isDirectory(directory))
                .findFirst();
        gone.ifPresent(directory -> events.tell(new WatchEvent.FolderGone(directory)));
        return gone.isEmpty();
    }

    private void attend(FileWatcher watcher) throws IOException {
        Set<Path> all = new HashSet<>();
        for (WatchedModule module : modules) {
            all.addAll(module.directories());
        }
        directories = all;
        watcher.watch(all);
    }

    /** What has changed while nobody watched: during the first builds. */
    private void takeWhatCameBefore() throws IOException {
        for (WatchedModule module : modules) {
            module.edit(module.everything()).ifPresent(edit -> pending.merge(module, edit, Edit::and));
        }
    }

    private Duration patience() {
        if (running != null) {
            return GLANCE;
        }
        return pending.isEmpty() ? IDLE : Duration.ofNanos(Math.max(1, untilQuiet()));
    }

    private long untilQuiet() {
        long last = pending.values().stream().mapToLong(Edit::sinceNanos).max().orElseThrow();
        return QUIET.toNanos() - (System.nanoTime() - last);
    }

    private void take(Changes changes, FileWatcher watcher) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        if (changes.lost() || modules.stream().anyMatch(module -> module.hasNewDirectories(changes))) {
            attend(watcher);
        }
        for (WatchedModule module : modules) {
            Optional<Edit> edit = module.edit(changes);
            if (edit.isPresent()) {
                pending.merge(module, edit.get(), Edit::and);
                if (running != null && running.module() == module) {
                    running.supersede();
                }
            }
        }
    }

    private void advance(FileWatcher watcher) throws IOException {
        if (running != null && running.isDone()) {
            WatchedModule module = running.module();
            running.again().ifPresent(edit -> pending.merge(module, edit, (later, earlier) -> earlier.and(later)));
            running = null;
            attend(watcher);
        }
        if (running == null && !pending.isEmpty() && untilQuiet() <= 0) {
            WatchedModule next = pending.keySet().iterator().next();
            running = WatchRound.start(next, pending.remove(next));
        }
    }
}
