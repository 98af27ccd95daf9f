package io.github.nativemaven.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStatesTest {
    private final FileStates states = new FileStates();

    @TempDir
    Path directory;

    @Test
    void aFileIsChangedOnceByEachContent() throws IOException {
        Path file = Files.writeString(directory.resolve("lib.rs"), "one");
        List<Path> all = List.of(file, directory.resolve("missing.rs"), directory);
        assertThat(states.changed(all)).containsExactly(file);
        assertThat(states.changed(all)).isEmpty();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        assertThat(states.changed(all)).as("saved without a change").isEmpty();
        Files.writeString(file, "two");
        assertThat(states.changed(all)).containsExactly(file);
        Files.delete(file);
        assertThat(states.changed(all)).containsExactly(file);
        assertThat(states.changed(all)).isEmpty();
    }

    @Test
    void whatIsKnownIsNotNotedAnew() throws IOException {
        Path file = Files.writeString(directory.resolve("lib.rs"), "one");
        states.noteNew(List.of(file));
        Files.writeString(file, "two");
        states.noteNew(List.of(file));
        assertThat(states.changed(List.of(file))).containsExactly(file);
        Files.writeString(file, "three");
        states.note(List.of(file));
        assertThat(states.changed(List.of(file))).isEmpty();
    }
}
