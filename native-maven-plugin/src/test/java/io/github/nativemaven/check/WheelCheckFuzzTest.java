package io.github.nativemaven.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.binary.BinaryImages;
import io.github.nativemaven.wheel.RecordFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any file is faulty or right, and one that is right is to other readers what it is to us. */
class WheelCheckFuzzTest {
    private static final String NAME = "a-1.0-cp311-cp311-manylinux_2_17_x86_64.whl";
    private static final String INFO = "a-1.0.dist-info/";
    private static final List<String> METADATA =
            List.of(INFO + "METADATA", INFO + "WHEEL", INFO + "RECORD", INFO + "entry_points.txt");

    static Stream<Arguments> wheels() throws IOException {
        return Stream.of(
                Arguments.of(wheel(ZipOutputStream.DEFLATED)), Arguments.of((Object) wheel(ZipOutputStream.STORED)));
    }

    /** A small wheel without fault. */
    private static byte[] wheel(int method) throws IOException {
        Path library = Files.createTempFile("a", ".so");
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            BinaryImages.linux(library, "libc.so.6", "2.14", "PyInit_a");
            files.put("a/a.cpython-311-x86_64-linux-gnu.so", Files.readAllBytes(library));
        } finally {
            Files.delete(library);
        }
        files.put(METADATA.get(0), utf8("Metadata-Version: 2.4\nName: a\nVersion: 1.0\n"));
        files.put(METADATA.get(1), utf8("Wheel-Version: 1.0\nTag: cp311-cp311-manylinux_2_17_x86_64\n"));
        List<RecordFile.Row> rows = new ArrayList<>();
        files.forEach((path, bytes) -> rows.add(RecordFile.Row.of(path, bytes)));
        rows.add(RecordFile.Row.bare(METADATA.get(2)));
        files.put(METADATA.get(2), utf8(new RecordFile(rows).write()));
        return zip(files, method);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> files, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(method);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc(file.getValue()));
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    @MethodSource("wheels")
    @FuzzTest(maxDuration = "10m")
    void zip(byte[] bytes) throws IOException {
        if (check(bytes).faults().isEmpty()) {
            Map<String, Long> inOrder = new TreeMap<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    inOrder.put(entry.getName(), crc(zip.readAllBytes()));
                }
            }
            assertThat(inOrder).isEqualTo(byDirectory(bytes));
        }
    }

    private static Map<String, Long> byDirectory(byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile("a", ".zip"), bytes);
        Map<String, Long> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), crc(zip.getInputStream(entry).readAllBytes()));
            }
        } finally {
            Files.delete(file);
        }
        return entries;
    }

    /** A wheel with any texts for metadata; each of them ends with a character that none has. */
    @FuzzTest(maxDuration = "10m")
    void metadata(FuzzedDataProvider data) throws IOException {
        String[] texts = data.consumeRemainingAsString().split("\\|", METADATA.size());
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i++) {
            files.put(METADATA.get(i), utf8(texts[i]));
        }
        check(zip(files, ZipOutputStream.STORED)).faults().forEach(fault -> assertThat(fault.kind())
                .isNotIn(Fault.Kind.BAD_ZIP, Fault.Kind.UNREADABLE));
    }

    private static WheelCheck.Outcome check(byte[] bytes) throws IOException {
        Path directory = Files.createTempDirectory("check");
        Path wheel = Files.write(directory.resolve(NAME), bytes);
        try {
            return WheelCheck.check(wheel, OptionalLong.empty());
        } finally {
            Files.delete(wheel);
            Files.delete(directory);
        }
    }
}
