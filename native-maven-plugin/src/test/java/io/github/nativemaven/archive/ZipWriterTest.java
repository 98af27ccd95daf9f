package io.github.nativemaven.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large entries and many of them, read by others: Commons Compress, and Python's zipfile. */
class ZipWriterTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:34:56Z");

    @TempDir
    Path directory;

    /** Parts that can't be made smaller, that can, and that are like something far before. */
    private static byte[] mixed(int size) {
        byte[] bytes = new byte[size];
        Random random = new Random(size);
        random.nextBytes(bytes);
        for (int at = 70_000; at + 140_000 < size; at += 210_000) {
            Arrays.fill(bytes, at, at + 70_000, (byte) 'x');
            System.arraycopy(bytes, at - 20_000, bytes, at + 70_000, 10_000);
        }
        return bytes;
    }

    private static Entry entry(String path, byte[] bytes) {
        return new Entry(path, new Content.Bytes(bytes), false, path);
    }

    private void pythonAccepts(Path file) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "-m", "zipfile", "-t", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEqualToIgnoringNewLines("Done testing");
    }

    /** Below, at and above what is compressed in memory, and one or no byte behind a part. */
    @ParameterizedTest
    @CsvSource({
        "0, 6",
        "1, 6",
        "1048576, 6",
        "1048577, 6",
        "1572864, 6",
        "1572865, 1",
        "5000000, 6",
        "5000000, 9",
        "5000000, 0",
        "1000, 0"
    })
    void aLargeEntryIsReadAsItWasWritten(int size, int level) throws Exception {
        byte[] bytes = mixed(size);
        Path file = directory.resolve("x.zip");
        ZipWriter.write(file, TIME, level, zip -> {
            zip.add(entry("before", mixed(300)));
            ZipWriter.Digest digest = zip.add(entry("large", bytes));
            assertThat(digest.size()).isEqualTo(size);
            assertThat(digest.hex()).isEqualTo(HexFormat.of().formatHex(sha256().digest(bytes)));
            zip.add(entry("behind", mixed(300)));
        });
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            for (String name : List.of("before", "large", "behind")) {
                byte[] expected = name.equals("large") ? bytes : mixed(300);
                assertThat(zip.getEntry(name).getSize()).isEqualTo(expected.length);
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    assertThat(in.readAllBytes()).isEqualTo(expected);
                }
            }
        }
        pythonAccepts(file);
    }

    private static MessageDigest sha256() {
        return ZipWriter.sha256();
    }

    /** Parts know what was before them: they cost hardly more than if all were one. */
    @Test
    void partsAreAsSmallAsTheWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        while (text.length() < 4_000_000) {
            text.append("name").append(random.nextInt(5000)).append(" = ").append(random.nextInt(100));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("x.zip");
        ZipWriter.write(file, TIME, 6, zip -> zip.add(entry("text", bytes)));
        int whole = new Press(6).press(new Content.Bytes(bytes)).length();
        assertThat(Files.size(file)).isLessThan(whole + whole / 1000);
    }

    /** Text between what is random: only that is stored which has nothing else in it. */
    @Test
    void whatIsRandomIsStoredAndTheRestIsNot() throws Exception {
        byte[] bytes = new byte[8 * Block.SIZE + 100_000];
        new Random(3).nextBytes(bytes);
        Arrays.fill(bytes, 2 * Block.SIZE, 4 * Block.SIZE, (byte) 'x');
        Arrays.fill(bytes, 6 * Block.SIZE, 6 * Block.SIZE + Block.SIZE / 2, (byte) 'x');
        Path file = directory.resolve("x.zip");
        ZipWriter.write(file, TIME, 6, zip -> zip.add(entry("x", bytes)));
        long random = bytes.length - 2 * Block.SIZE - Block.SIZE / 2;
        assertThat(Files.size(file)).isBetween(random, random + random / 500);
        pythonAccepts(file);
    }

    @Test
    void aLargeEntryAmongManyIsWrittenInItsPlace() throws Exception {
        List<Entry> entries = IntStream.range(0, 200)
                .mapToObj(i -> entry("f" + i, mixed(i % 50 == 7 ? 3_000_000 : 400)))
                .toList();
        Path file = directory.resolve("x.zip");
        ZipWriter.write(file, TIME, 6, zip -> zip.addAll(entries));
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            assertThat(Collections.list(zip.getEntriesInPhysicalOrder()))
                    .extracting(ZipArchiveEntry::getName)
                    .isEqualTo(entries.stream().map(Entry::path).toList());
        }
        pythonAccepts(file);
    }

    @Test
    void moreEntriesThanSixteenBitsCount() throws Exception {
        List<Entry> entries = IntStream.range(0, 66_000)
                .mapToObj(i -> entry("f" + i, new byte[0]))
                .toList();
        Path file = directory.resolve("x.zip");
        ZipWriter.write(file, TIME, 6, zip -> zip.addAll(entries));
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            assertThat(Collections.list(zip.getEntries())).hasSize(66_000);
        }
        pythonAccepts(file);
    }

    /** What may become larger than 4 GiB gets room for that, and is read also where it didn't. */
    @Test
    void anEntryWithSizesOfSixtyFourBits() throws Exception {
        byte[] bytes = mixed(1000);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        Path file = directory.resolve("x.zip");
        try (ZipOutput zip = new ZipOutput(file, TIME)) {
            for (String name : List.of("one", "other")) {
                zip.entry(entry(name, bytes), true, 5_000_000_000L, out -> {
                    out.write(bytes, bytes.length);
                    return new ZipOutput.Written(crc.getValue(), bytes.length, bytes.length);
                });
            }
            zip.finish();
        }
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            try (InputStream in = zip.getInputStream(zip.getEntry("other"))) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
        pythonAccepts(file);
    }
}
