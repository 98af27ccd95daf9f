package io.github.nativemaven.archive;

import io.github.nativemaven.system.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writes a compressed tar file: POSIX headers, no owner, one time for all. */
public final class TarGzWriter {
    private TarGzWriter() {}

    /**
     * Writes a file aside and moves it into place.
     *
     * @param file where it shall be
     * @param time the time of every entry, to the second
     * @param entries in the order in which they are written
     */
    public static void write(Path file, Instant time, Collection<Entry> entries) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        AtomicFiles.write(file, aside -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                    new GzipCompressorOutputStream(new BufferedOutputStream(Files.newOutputStream(aside)), parameters),
                    StandardCharsets.UTF_8.name())) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                tar.setAddPaxHeadersForNonAsciiNames(true);
                for (Entry entry : entries) {
                    add(tar, entry, time);
                }
            }
        });
    }

    private static void add(TarArchiveOutputStream tar, Entry entry, Instant time) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry(entry.path());
        header.setSize(entry.content().size());
        header.setMode(0100000 | (entry.executable() ? 0755 : 0644));
        header.setModTime(time.getEpochSecond() * 1000);
        header.setIds(0, 0);
        header.setNames("", "");
        tar.putArchiveEntry(header);
        try (InputStream in = entry.content().open()) {
            in.transferTo(tar);
        }
        tar.closeArchiveEntry();
    }
}
