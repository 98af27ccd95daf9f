package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.Trees;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildDirectoriesTest {
    @TempDir
    Path parent;

    /** As cargo leaves it. */
    private Path used(String name, String... further) {
        Path directory = parent.resolve(name);
        Trees.touch(
                directory,
                "CACHEDIR.TAG",
                ".rustc_info.json",
                ".lock",
                "release/.cargo-lock",
                "release/.fingerprint/a-1/lib-a",
                "release/build/a-1/output",
                "release/build/a-1/out/incremental/x",
                "release/deps/liba-1.rlib",
                "release/incremental/a-1/s-x/dep-graph.bin");
        return Trees.touch(directory, further);
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> Trees.relative(directory, file))
                    .sorted()
                    .toList();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewOneStartsAsACopyWithoutWhatBelongsToOneCrateOrProfile() throws IOException {
        Path from = used("cp310", "debug/deps/liba-2.rlib", "wasm32-wasip1/release/x", "doc/index.html");
        Path to = parent.resolve("cp311");
        assertThat(BuildDirectories.seed(to, "release", Events.ignored())).contains(from);
        assertThat(files(to))
                .containsExactly(
                        ".rustc_info.json",
                        "CACHEDIR.TAG",
                        "release/.cargo-lock",
                        "release/.fingerprint/a-1/lib-a",
                        "release/build/a-1/out/incremental/x",
                        "release/build/a-1/output",
                        "release/deps/liba-1.rlib");
        assertThat(to.resolve("release/deps/liba-1.rlib")).hasContent("release/deps/liba-1.rlib");
        assertThat(names()).containsExactly("cp310", "cp311");
    }

    /** With --target, cargo puts the target's files below its name, and those of build scripts where they always are. */
    @Test
    void whatIsBelowTheNameOfTheTargetIsTakenToo() throws IOException {
        parent = parent.resolve("wasm32-wasip1");
        used(
                "cp310",
                "wasm32-wasip1/release/deps/libb.rlib",
                "wasm32-wasip1/release/incremental/x",
                "wasm32-wasip1/debug/deps/libc.rlib",
                "wasm32-wasip2/release/y");
        Path to = parent.resolve("cp311");
        assertThat(BuildDirectories.seed(to, "release", Events.ignored())).isPresent();
        assertThat(files(to))
                .contains("wasm32-wasip1/release/deps/libb.rlib", "release/deps/liba-1.rlib")
                .noneMatch(file -> file.contains("incremental") && file.startsWith("wasm32")
                        || file.contains("debug")
                        || file.contains("wasip2"));
    }

    @Test
    void whereNothingCanBeCopiedTheDirectoryStaysEmptyAndThatIsSaid() throws IOException {
        Path from = used("cp310");
        // As long as a name may be: the one that it is copied to first is longer.
        Path to = parent.resolve("x".repeat(255));
        RecordedEvents events = new RecordedEvents();
        assertThat(BuildDirectories.seed(to, "release", events)).isEmpty();
        assertThat(events.of(BuildEvent.NotSeeded.class)).singleElement().satisfies(event -> {
            assertThat(event.directory()).isEqualTo(to);
            assertThat(event.from()).isEqualTo(from);
            assertThat(event.reason()).isEqualTo("File name too long");
        });
        assertThat(names()).containsExactly("cp310");
    }

    @Test
    void timesAndModesAreKept() throws IOException {
        Path from = used("cp310");
        List<String> files = files(from);
        // Times in another order than that of copying, and close to each other.
        for (int i = 0; i < files.size(); i++) {
            Files.setLastModifiedTime(
                    from.resolve(files.get(i)),
                    FileTime.from(
                            Instant.parse("2026-01-01T00:00:00.123456000Z").minusNanos(i * 1000L)));
        }
        Path script = from.resolve("release/build/a-1/output");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Path to = parent.resolve("cp311");
        BuildDirectories.seed(to, "release", Events.ignored());
        for (String file : files(to)) {
            assertThat(Files.getLastModifiedTime(to.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.getLastModifiedTime(from.resolve(file)));
        }
        assertThat(Files.getPosixFilePermissions(to.resolve("release/build/a-1/output")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }

    /** cargo compares times to the nanosecond. */
    @Test
    void timesKeepTheirNanoseconds() throws IOException {
        Path file = used("cp310").resolve("release/deps/liba-1.rlib");
        Instant time = Instant.parse("2026-01-01T00:00:00.123456789Z");
        try {
            new ProcessBuilder("touch", "-d", time.toString(), file.toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .as("the test itself")
                .isEqualTo(time);
        BuildDirectories.seed(parent.resolve("cp311"), "release", Events.ignored());
        assertThat(Files.getLastModifiedTime(parent.resolve("cp311/release/deps/liba-1.rlib"))
                        .toInstant())
                .isEqualTo(time);
    }

    /** What cargo or rustc change where it lies must be another file. */
    @ParameterizedTest
    @CsvSource({"true, release/deps/liba-1.rlib", "false, release/deps/liba-1.rlib release/deps/liba-1.rmeta"})
    @DisabledOnOs(OS.WINDOWS)
    void archivesAndMetadataAreTheSameFiles(boolean incremental, String shared) throws IOException {
        Path from = used("cp310", "release/deps/liba-1.rmeta", "release/deps/liba.so", "release/deps/a-1.d");
        if (!incremental) {
            AtomicFiles.deleteTree(from.resolve("release/incremental"));
        }
        Path to = parent.resolve("cp311");
        BuildDirectories.seed(to, "release", Events.ignored());
        assertThat(files(to).stream()
                        .filter(file -> isSame(from.resolve(file), to.resolve(file)))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(shared);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void linksStayLinks() throws IOException {
        Path from = used("cp310");
        Files.createSymbolicLink(from.resolve("release/deps/link"), Path.of("liba-1.rlib"));
        BuildDirectories.seed(parent.resolve("cp311"), "release", Events.ignored());
        assertThat(Files.readSymbolicLink(parent.resolve("cp311/release/deps/link")))
                .isEqualTo(Path.of("liba-1.rlib"));
    }

    @Test
    void theOneThatWasUsedLastIsTaken() throws IOException {
        for (String name : List.of("cp310", "cp312", "cp39")) {
            Files.setLastModifiedTime(
                    used(name).resolve("release"), FileTime.fromMillis(name.equals("cp312") ? 2_000_000 : 1_000_000));
        }
        assertThat(BuildDirectories.seed(parent.resolve("cp311"), "release", Events.ignored()))
                .contains(parent.resolve("cp312"));
    }

    @ParameterizedTest
    @CsvSource({
        "nothing there,            cp311, x",
        "no such profile,          cp311, cp310/debug/deps/x",
        "no dependencies,          cp311, cp310/release/x",
        "half copied,              cp311, .rust-cp312/release/deps/x",
        "used by cargo before,     cp311, cp310/release/deps/x cp311/CACHEDIR.TAG",
        "profile there already,    cp311, cp310/release/deps/x cp311/release/x",
        "another build is in it,   cp311, cp310/release/deps/x cp310/.rust-in-use",
    })
    void nothingIsCopiedWhere(String why, String name, String files) throws IOException {
        Trees.touch(parent, files.split(" "));
        Path to = parent.resolve(name);
        List<String> before = Files.exists(to) ? files(to) : List.of();
        assertThat(BuildDirectories.seed(to, "release", Events.ignored())).isEmpty();
        assertThat(Files.exists(to) ? files(to) : List.of()).isEqualTo(before);
    }

    @Test
    void whatACrashHasLeftIsThrownAway() throws IOException {
        used("cp310");
        Trees.touch(parent, ".rust-cp311/release/deps/half", ".rust-cp311/old");
        Path to = parent.resolve("cp311");
        assertThat(BuildDirectories.seed(to, "release", Events.ignored())).isPresent();
        assertThat(files(to)).doesNotContain("release/deps/half", "old");
        assertThat(names()).containsExactly("cp310", "cp311");
    }

    @Test
    @Timeout(30)
    void nobodySeesOneThatIsHalfFilled() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add("release/deps/lib" + i);
        }
        used("cp310", many.toArray(String[]::new));
        Path to = parent.resolve("cp311");
        AtomicBoolean done = new AtomicBoolean();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Thread watcher = new Thread(() -> {
            while (!done.get()) {
                String[] there = to.resolve("release/deps").toFile().list();
                if (there != null && !seen.contains(there.length)) {
                    seen.add(there.length);
                }
            }
        });
        watcher.start();
        BuildDirectories.seed(to, "release", Events.ignored());
        while (seen.isEmpty()) {
            Thread.sleep(1);
        }
        done.set(true);
        watcher.join();
        assertThat(seen).containsExactly(301);
    }

    @Test
    void aDirectoryIsMarkedWhileItIsOpen() throws IOException {
        RecordedEvents events = new RecordedEvents();
        Path from = used("cp310");
        Path to = parent.resolve("cp311");
        try (BuildDirectory opened = BuildDirectory.open(to, "release", events)) {
            assertThat(opened.seed()).contains(from);
            Trees.touch(to, "release/deps/x");
            Files.setLastModifiedTime(
                    to.resolve("release"), FileTime.from(Instant.now().plusSeconds(60)));
            assertThat(BuildDirectories.seed(parent.resolve("cp312"), "release", Events.ignored()))
                    .contains(from);
        }
        assertThat(BuildDirectories.seed(parent.resolve("cp313"), "release", Events.ignored()))
                .contains(to);
        assertThat(files(parent.resolve("cp313"))).doesNotContain(".lock", ".rust-in-use");
    }

    @Test
    void aSiblingThatIsUsedWhileItIsCopiedIsNotTaken() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            many.add("release/deps/lib" + i);
        }
        Path from = used("cp310", many.toArray(String[]::new));
        Path to = parent.resolve("cp311");
        Path aside = parent.resolve(".rust-cp311");
        Thread other = new Thread(() -> {
            while (!Files.exists(aside)) {
                Thread.onSpinWait();
            }
            try {
                BuildDirectory.open(from, "release", Events.ignored()).close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        other.start();
        assertThat(BuildDirectories.seed(to, "release", Events.ignored())).isEmpty();
        other.join();
        assertThat(to).doesNotExist();
        assertThat(aside).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"release, release", "dev, debug", "test, debug", "bench, release", "mine, mine"})
    void cargoNamesDirectoriesByProfile(String profile, String directory) {
        assertThat(BuildDirectory.profileDirectory(profile)).isEqualTo(directory);
    }
}
