package io.github.nativemaven.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFilesTest {
    @TempDir
    Path root;

    @Test
    void areWhatTheyWereBefore() throws IOException {
        Trees.write(root, "Cargo.toml", "", "Cargo.lock", "old", "member/Cargo.toml", "");
        LockFiles locks = LockFiles.of(root.resolve("member"));
        Files.writeString(root.resolve("Cargo.lock"), "new");
        Files.writeString(root.resolve("member/Cargo.lock"), "made");
        locks.restore();
        assertThat(root.resolve("Cargo.lock")).hasContent("old");
        assertThat(root.resolve("member/Cargo.lock")).doesNotExist();
    }
}
