package io.github.nativemaven.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:34:56Z");
    private static final String LONG = "x".repeat(120) + "/ümläut-" + "y".repeat(120) + ".py";

    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path directory;

    @AfterEach
    void goHome() {
        TimeZone.setDefault(zone);
    }

    /** The two kinds of archives. */
    enum Kind {
        ZIP,
        TAR_GZ;

        void write(Path file, Instant time, Collection<Entry> entries) throws IOException {
            if (this == TAR_GZ) {
                TarGzWriter.write(file, time, entries);
                return;
            }
            ZipWriter.write(file, time, 6, zip -> {
                for (Entry entry : entries) {
                    zip.add(entry);
                }
            });
        }
    }

    private Entries entries(Path tree) {
        Entries entries = new Entries();
        entries.add("b/program", Content.of(tree.resolve("program")), true, "x");
        entries.add("a.py", tree.resolve("a.py"));
        entries.add(LONG, "long");
        return entries;
    }

    private Path tree(String name, String permissions) throws IOException {
        Path tree = Trees.touch(directory.resolve(name), "a.py", "program");
        Files.setPosixFilePermissions(tree.resolve("a.py"), PosixFilePermissions.fromString(permissions));
        Files.setPosixFilePermissions(tree.resolve("program"), PosixFilePermissions.fromString(permissions));
        return tree;
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhereverWheneverAndByWhomeverItIsMade(Kind kind) throws IOException {
        byte[] first = null;
        for (String zone : List.of("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            Path tree = tree(zone, first == null ? "rw-------" : "rwxrwxrwx");
            Path file = directory.resolve(zone + ".archive");
            kind.write(file, TIME, entries(tree).sorted());
            byte[] bytes = Files.readAllBytes(file);
            first = first == null ? bytes : first;
            assertThat(bytes).as(zone).isEqualTo(first);
        }
    }

    /** Local times that some zone's clocks never show, or show twice. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T02:30:00Z, Europe/Berlin",
        "2026-10-25T02:30:00Z, Europe/Berlin",
        "2026-03-08T02:30:00Z, America/New_York",
        "2011-12-30T12:00:00Z, Pacific/Apia",
        "1980-01-01T00:00:00Z, Africa/Cairo",
        "2107-12-31T23:59:58Z, Asia/Tokyo",
    })
    void aZipSaysTheTimeAsItWasGiven(Instant time, String zone) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Path file = directory.resolve("x.zip");
        Kind.ZIP.write(file, time, List.of(new Entry("a", Content.of("x"), false, "x")));
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        byte[] elsewhere = Files.readAllBytes(file);
        Kind.ZIP.write(file, time, List.of(new Entry("a", Content.of("x"), false, "x")));
        assertThat(elsewhere).isEqualTo(Files.readAllBytes(file));
        byte[] bytes = Files.readAllBytes(file);
        int clock = bytes[10] & 0xFF | (bytes[11] & 0xFF) << 8;
        int date = bytes[12] & 0xFF | (bytes[13] & 0xFF) << 8;
        LocalDateTime said = LocalDateTime.of(
                1980 + (date >> 9), date >> 5 & 0xF, date & 0x1F, clock >> 11, clock >> 5 & 0x3F, (clock & 0x1F) * 2);
        assertThat(said).isEqualTo(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            assertThat(zip.getEntry("a").getLastModifiedTime().toInstant()).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01T00:00:00Z, 1980-01-01T00:00", "2200-01-01T00:00:00Z, 2107-12-31T23:59:58"})
    void aZipCanNotSayEveryTime(Instant time, LocalDateTime said) throws IOException {
        Path file = directory.resolve("x.zip");
        Kind.ZIP.write(file, time, List.of(new Entry("a", Content.of("x"), false, "x")));
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            assertThat(zip.getEntry("a").getTimeLocal()).isEqualTo(said);
        }
    }

    /** Of every size: none, less and more than a buffer, more than is compressed in memory. */
    private List<Entry> many() {
        Random random = new Random(7);
        List<Entry> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[i % 100 == 50 ? 1_200_000 : i % 10 == 3 ? 150_000 : i % 7 * 900];
            random.nextBytes(bytes);
            Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 'a');
            many.add(new Entry("f" + i, new Content.Bytes(bytes), i % 2 == 0, "x"));
        }
        return many;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 9})
    void manyEntriesSideBySideAreTheSameBytes(int level) throws IOException {
        Path one = directory.resolve("one.zip");
        Path together = directory.resolve("together.zip");
        List<ZipWriter.Digest> single = new ArrayList<>();
        List<ZipWriter.Digest> all = new ArrayList<>();
        ZipWriter.write(one, TIME, level, zip -> {
            for (Entry entry : many()) {
                single.add(zip.add(entry));
            }
        });
        ZipWriter.write(together, TIME, level, zip -> all.addAll(zip.addAll(many())));
        assertThat(together).hasSameBinaryContentAs(one);
        assertThat(all)
                .extracting(ZipWriter.Digest::hex)
                .isEqualTo(single.stream().map(ZipWriter.Digest::hex).toList());
        assertThat(all)
                .extracting(ZipWriter.Digest::size)
                .isEqualTo(single.stream().map(ZipWriter.Digest::size).toList());
    }

    @Test
    void oneOfManyThatIsGoneLeavesNoArchive() {
        Path file = directory.resolve("x.zip");
        List<Entry> entries = new ArrayList<>(many());
        Path gone = directory.resolve("gone");
        entries.set(222, new Entry("gone", Content.of(gone), false, "x"));
        assertThatThrownBy(() -> ZipWriter.write(file, TIME, 6, zip -> zip.addAll(entries)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("gone");
        assertThat(file).doesNotExist();
    }

    @Test
    void aZipHasWhatWasPutIntoIt() throws IOException {
        Path file = directory.resolve("x.zip");
        List<ZipWriter.Digest> digests = new ArrayList<>();
        ZipWriter.write(file, TIME, 9, zip -> {
            for (Entry entry : entries(tree("t", "rw-------")).sorted()) {
                digests.add(zip.add(entry));
            }
        });
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            List<ZipArchiveEntry> all = Collections.list(zip.getEntriesInPhysicalOrder());
            assertThat(all).extracting(ZipArchiveEntry::getName).containsExactly("a.py", "b/program", LONG);
            assertThat(all).extracting(ZipArchiveEntry::getUnixMode).containsExactly(0100644, 0100755, 0100644);
            assertThat(all).allMatch(entry -> entry.getTimeLocal().equals(LocalDateTime.of(2026, 1, 31, 12, 34, 56)));
            assertThat(all)
                    .allMatch(entry -> entry.getGeneralPurposeBit().usesUTF8ForNames()
                            || entry.getName().chars().allMatch(c -> c < 128));
            try (InputStream in = zip.getInputStream(all.get(1))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("program");
            }
        }
        assertThat(digests.get(2).size()).isEqualTo(4);
        assertThat(digests.get(2).hex()).isEqualTo("fc66f021c67d064c1490a12b5a4d4d2f5167ca692a16ca12f1f3a4cda29a6fa9");
    }

    @Test
    void aTarHasWhatWasPutIntoItAndNothingOfItsMaker() throws IOException {
        Path file = directory.resolve("x.tar.gz");
        TarGzWriter.write(file, TIME, entries(tree("t", "rw-------")).sorted());
        byte[] gzip = Files.readAllBytes(file);
        assertThat(List.of(gzip[4], gzip[5], gzip[6], gzip[7]))
                .as("time in gzip's header")
                .containsOnly((byte) 0);
        assertThat(gzip[3]).as("no name in gzip's header").isZero();
        List<TarArchiveEntry> all = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(file)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                all.add(entry);
                if (entry.getName().equals("b/program")) {
                    assertThat(new String(tar.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo("program");
                }
            }
        }
        assertThat(all).extracting(TarArchiveEntry::getName).containsExactly("a.py", "b/program", LONG);
        assertThat(all).extracting(entry -> entry.getMode() & 0777).containsExactly(0644, 0755, 0644);
        assertThat(all)
                .allMatch(entry -> entry.getLastModifiedTime().toInstant().equals(TIME));
        assertThat(all)
                .allMatch(entry -> entry.getLongUserId() == 0
                        && entry.getLongGroupId() == 0
                        && entry.getUserName().isEmpty()
                        && entry.getGroupName().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsLeavesTheOldArchiveAndNothingElse(Kind kind) throws IOException {
        Path file = Trees.write(directory, "x.archive", "old").resolve("x.archive");
        Entry missing = new Entry("a", Content.of(directory.resolve("missing")), false, "x");
        List<Entry> entries = List.of(new Entry("0", Content.of("x"), false, "x"), missing);
        assertThatThrownBy(() -> kind.write(file, TIME, entries)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1000000", "1, 30000", "9, 30000"})
    void levelsSayHowHardToCompress(int level, int most) throws IOException {
        Path file = directory.resolve("x.zip");
        Entry entry = new Entry("a", Content.of("0123456789".repeat(100_000)), false, "x");
        ZipWriter.write(file, TIME, level, zip -> zip.add(entry));
        if (level == 0) {
            assertThat(Files.size(file)).isGreaterThan(most);
        } else {
            assertThat(Files.size(file)).isLessThan(most);
        }
    }

    @Test
    void aLinkStandsForWhatItPointsTo() throws IOException {
        Path target = Trees.write(directory, "target", "text").resolve("target");
        Content content = Content.of(Files.createSymbolicLink(directory.resolve("link"), target));
        assertThat(content.size()).isEqualTo(4);
        try (InputStream in = content.open()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("text");
        }
    }
}
