package io.github.nativemaven.install;

import io.github.nativemaven.wheel.RecordFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes wheels for tests: right ones, and ones that are wrong in one way. */
final class TestWheel {
    private final String name;
    private final String version;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Integer> modes = new LinkedHashMap<>();
    private final List<String> requirements = new ArrayList<>();
    private String wheelVersion = "1.0";
    private boolean purelib;
    private String record;

    TestWheel(String name, String version) {
        this.name = name;
        this.version = version;
    }

    TestWheel file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestWheel program(String path, String content) {
        modes.put(path, 0100755);
        return file(path, content);
    }

    TestWheel data(String path, String content) {
        return file(name + "-" + version + ".data/" + path, content);
    }

    TestWheel entryPoints(String text) {
        return file(metadata() + "/entry_points.txt", text);
    }

    TestWheel requires(String requirement) {
        requirements.add(requirement);
        return this;
    }

    TestWheel purelib() {
        purelib = true;
        return this;
    }

    TestWheel wheelVersion(String value) {
        wheelVersion = value;
        return this;
    }

    TestWheel record(String text) {
        record = text;
        return this;
    }

    private String metadata() {
        return name + "-" + version + ".dist-info";
    }

    Path write(Path directory) throws IOException {
        return write(directory, name + "-" + version + "-py3-none-any.whl");
    }

    Path write(Path directory, String fileName) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        StringBuilder headers =
                new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        requirements.forEach(r -> headers.append("Requires-Dist: ").append(r).append('\n'));
        all.put(metadata() + "/METADATA", headers.toString().getBytes(StandardCharsets.UTF_8));
        String wheel = "Wheel-Version: " + wheelVersion + "\nGenerator: test\nRoot-Is-Purelib: " + purelib
                + "\nTag: py3-none-any\n";
        all.put(metadata() + "/WHEEL", wheel.getBytes(StandardCharsets.UTF_8));
        List<RecordFile.Row> rows = new ArrayList<>();
        all.forEach((path, content) -> rows.add(RecordFile.Row.of(path, content)));
        rows.add(RecordFile.Row.bare(metadata() + "/RECORD"));
        String text = record == null ? new RecordFile(rows).write() : record;
        all.put(metadata() + "/RECORD", text.getBytes(StandardCharsets.UTF_8));
        Path file = Files.createDirectories(directory).resolve(fileName);
        try (OutputStream stream = Files.newOutputStream(file);
                ZipArchiveOutputStream zip = new ZipArchiveOutputStream(stream)) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry.getKey());
                header.setUnixMode(modes.getOrDefault(entry.getKey(), 0100644));
                header.setTime(0);
                zip.putArchiveEntry(header);
                zip.write(entry.getValue());
                zip.closeArchiveEntry();
            }
        }
        return file;
    }
}
