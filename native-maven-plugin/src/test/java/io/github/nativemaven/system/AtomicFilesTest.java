package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path directory;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void makesMissingDirectories() throws IOException {
        Path file = directory.resolve("a/b ü/file");
        AtomicFiles.write(file, aside -> Files.writeString(aside, "new"));
        assertThat(file).hasContent("new");
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
        Path file = Trees.touch(directory, "file").resolve("file");
        AtomicFiles.write(file, aside -> {
            Files.writeString(aside, "new");
            assertThat(file).hasContent("file");
            assertThat(aside.getFileName().toString()).startsWith(AtomicFiles.ASIDE);
        });
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void whatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Trees.touch(directory, "file").resolve("file");
        assertThatThrownBy(() -> AtomicFiles.write(file, aside -> {
                    Files.writeString(aside, "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("file");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aReaderNeverSeesHalfAFile() throws Exception {
        Path file = directory.resolve("file");
        String text = "0123456789".repeat(20_000);
        AtomicFiles.writeIfChanged(file, text);
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean half = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                try {
                    half.compareAndSet(false, Files.size(file) != text.length());
                } catch (IOException e) {
                    half.set(true);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 100; i++) {
            AtomicFiles.write(file, aside -> Files.writeString(aside, text));
        }
        done.set(true);
        reader.join();
        assertThat(half).isFalse();
    }

    @Test
    void anUntouchedFileKeepsItsTime() throws IOException {
        Path file = Trees.write(directory, "file", "text").resolve("file");
        Files.setLastModifiedTime(file, LONG_AGO);
        AtomicFiles.writeIfChanged(file, "text");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
        AtomicFiles.writeIfChanged(file, "Text");
        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(LONG_AGO);
        assertThat(file).hasContent("Text");
    }

    @Test
    void deletesATreeButNotWhatItsLinksLeadTo() throws IOException {
        Path kept = Trees.touch(directory, "kept/file", "tree/a/b", "tree/c").resolve("kept");
        Files.createSymbolicLink(directory.resolve("tree/link"), kept);
        Files.createSymbolicLink(directory.resolve("tree/broken"), directory.resolve("nowhere"));
        AtomicFiles.deleteTree(directory.resolve("tree"));
        assertThat(names()).containsExactly("kept");
        assertThat(kept.resolve("file")).exists();
        AtomicFiles.deleteTree(directory.resolve("tree"));
    }

    @Test
    void deletesALinkInsteadOfItsTarget() throws IOException {
        Path kept = Trees.touch(directory, "kept/file").resolve("kept");
        AtomicFiles.deleteTree(Files.createSymbolicLink(directory.resolve("link"), kept));
        assertThat(names()).containsExactly("kept");
        assertThat(kept.resolve("file")).exists();
    }
}
