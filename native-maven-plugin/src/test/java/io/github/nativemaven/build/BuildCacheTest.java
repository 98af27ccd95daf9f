package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.Trees;
import io.github.nativemaven.system.ByteSize;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildCacheTest {
    @TempDir
    Path root;

    private final RecordedEvents events = new RecordedEvents();

    /** Three of 1000 bytes and a little, used one after the other, in two projects, and others' directories beside them. */
    @BeforeEach
    void fill() throws IOException {
        int day = 1;
        for (String name : List.of("mod-1/triple/cp310", "mod-1/triple/cp311", "mod-2/triple/cp310")) {
            Path directory = Trees.write(
                    root.resolve(name), ".lock", "", "CACHEDIR.TAG", "", "release/deps/x", "x".repeat(1000));
            Files.setLastModifiedTime(directory, FileTime.fromMillis(day++ * 86_400_000L));
        }
        Trees.write(root, "target/CACHEDIR.TAG", "", "target/release/y", "y".repeat(5000), "notes/.lock", "mine");
    }

    private List<String> full() {
        return List.of("mod-1/triple/cp310", "mod-1/triple/cp311", "mod-2/triple/cp310").stream()
                .filter(name -> Files.exists(root.resolve(name).resolve("release/deps/x")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "3000, '',                 3",
        "2999, '',                 2",
        "1999, '',                 1",
        "0,    '',                 0",
        "0,    mod-1/triple/cp310, 1",
        "2000, mod-1/triple/cp310, 2",
    })
    void whatWasUsedLongestAgoGoesFirst(long limit, String kept, int left) throws IOException {
        new BuildCache(root, events).trim(new ByteSize(limit), List.of(root.resolve(kept)));
        assertThat(full()).hasSize(left);
        assertThat(events.of(BuildEvent.Emptied.class)).hasSize(3 - left);
        if (left > 0) {
            assertThat(full()).contains(kept.isEmpty() ? "mod-2/triple/cp310" : kept);
        }
        assertThat(root.resolve("target/release/y")).exists();
        assertThat(root.resolve("notes/.lock")).hasContent("mine");
    }

    @Test
    void oneThatABuildUsesStays() throws IOException {
        Path used = root.resolve("mod-1/triple/cp310");
        try (DirectoryLock lock = DirectoryLock.acquire(used, Events.ignored())) {
            new BuildCache(root, events).trim(new ByteSize(0), List.of());
        }
        assertThat(full()).containsExactly("mod-1/triple/cp310");
    }

    @Test
    void anEmptyOneIsNewToTheNextBuild() throws IOException {
        Path directory = root.resolve("mod-1/triple/cp310");
        new BuildCache(root, events).trim(new ByteSize(0), List.of());
        assertThat(BuildDirectories.isNew(directory, "release")).isTrue();
        assertThat(directory.toFile().list()).containsExactly(".lock");
    }

    @Test
    void whatACrashHasLeftGoesToo() throws IOException {
        Path directory = Trees.write(root.resolve("mod-3/triple/cp310"), ".lock", "", ".rust-old/release/x", "x");
        new BuildCache(root, events).trim(new ByteSize(0), List.of());
        assertThat(directory.toFile().list()).containsExactly(".lock");
    }
}
