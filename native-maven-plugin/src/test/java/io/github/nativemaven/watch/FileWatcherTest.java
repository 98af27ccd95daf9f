package io.github.nativemaven.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileWatcherTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path directory;

    /** Everything that happens until something is among it, or ten seconds have passed. */
    private static Set<Path> await(FileWatcher watcher, Path path) throws InterruptedException {
        Set<Path> all = new TreeSet<>();
        for (int i = 0; i < 100 && !all.contains(path); i++) {
            all.addAll(watcher.await(Duration.ofMillis(100)).paths());
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(
            value = OperatingSystem.class,
            names = {"LINUX", "MACOS"})
    void tellsWhatIsMadeWrittenRenamedAndRemoved(OperatingSystem os) throws Exception {
        Path file = directory.resolve("lib.rs");
        Files.writeString(file, "1");
        try (FileWatcher watcher = FileWatcher.open(os, events)) {
            watcher.watch(Set.of(directory, directory.resolve("isn't there")));
            assertThat(watcher.await(Duration.ofMillis(1)).isEmpty()).isTrue();
            Files.writeString(file, "two");
            assertThat(await(watcher, file)).contains(file);
            Path aside = Files.writeString(directory.resolve("aside"), "three");
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(await(watcher, file)).contains(file);
            Path made = Files.createDirectory(directory.resolve("made"));
            assertThat(await(watcher, made)).contains(made);
            watcher.watch(Set.of(directory, made));
            Path inside = Files.writeString(made.resolve("inside.rs"), "");
            assertThat(await(watcher, inside)).contains(inside);
            Files.delete(file);
            assertThat(await(watcher, file)).contains(file);
        }
        assertThat(events.of(FileWatcher.LimitReached.class)).isEmpty();
    }

    @Test
    void looksItselfWhereTheSystemWatchesNoMore() throws Exception {
        DirectoryWatcher full = new DirectoryWatcher() {
            @Override
            public void watch(Set<Path> directories) throws IOException {
                throw new IOException("User limit of inotify watches reached");
            }

            @Override
            public Changes await(Duration limit) {
                throw new IllegalStateException();
            }

            @Override
            public void close() {}
        };
        try (FileWatcher watcher = new FileWatcher(() -> full, events)) {
            watcher.watch(Set.of(directory));
            Path file = Files.writeString(directory.resolve("lib.rs"), "");
            assertThat(await(watcher, file)).contains(file);
        }
        assertThat(events.of(FileWatcher.LimitReached.class))
                .containsExactly(new FileWatcher.LimitReached("User limit of inotify watches reached"));
    }

    @Test
    void looksItselfWhereThereIsNoWatcherAtAll() throws Exception {
        try (FileWatcher watcher = new FileWatcher(
                () -> {
                    throw new IOException("User limit of inotify instances reached");
                },
                events)) {
            watcher.watch(Set.of(directory));
            Path file = Files.writeString(directory.resolve("lib.rs"), "");
            assertThat(await(watcher, file)).contains(file);
        }
        assertThat(events.of(FileWatcher.LimitReached.class)).hasSize(1);
    }
}
