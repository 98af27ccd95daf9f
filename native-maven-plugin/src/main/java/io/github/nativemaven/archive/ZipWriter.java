package io.github.nativemaven.archive;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes a zip file, entry by entry, without holding any of it in memory. */
public final class ZipWriter implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");

    private final ZipArchiveOutputStream zip;
    private final LocalDateTime time;

    private ZipWriter(ZipArchiveOutputStream zip, Instant time) {
        this.zip = zip;
        // Zip has local times; UTC is taken for all, so that the builder's time zone doesn't show.
        this.time = LocalDateTime.ofInstant(time.isBefore(EARLIEST) ? EARLIEST : time, ZoneOffset.UTC);
    }

    /** Writes the entries. */
    @FunctionalInterface
    public interface Body {
        void write(ZipWriter zip) throws IOException;
    }

    /**
     * A checksum and a size.
     *
     * @param sha256 32 bytes
     * @param size in bytes
     */
    public record Digest(byte[] sha256, long size) {
        /** The checksum as 64 hexadecimal digits. */
        public String hex() {
            return HexFormat.of().formatHex(sha256);
        }
    }

    /**
     * Writes a zip file aside and moves it into place.
     *
     * @param file where it shall be
     * @param time the time of every entry; zip keeps two seconds' precision, from 1980 on
     * @param level how hard to compress, from 0 to 9
     */
    public static void write(Path file, Instant time, int level, Body body) throws IOException {
        AtomicFiles.write(file, aside -> {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(aside.toFile())) {
                zip.setUseZip64(Zip64Mode.AsNeeded);
                zip.setLevel(level == 0 ? Deflater.NO_COMPRESSION : level);
                try (ZipWriter writer = new ZipWriter(zip, time)) {
                    body.write(writer);
                }
            }
        });
    }

    /** Writes one entry. */
    public Digest add(Entry entry) throws IOException {
        ZipArchiveEntry header = new ZipArchiveEntry(entry.path());
        header.setUnixMode(0100000 | (entry.executable() ? 0755 : 0644));
        header.setTimeLocal(time);
        zip.putArchiveEntry(header);
        MessageDigest sha256 = sha256();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = entry.content().open()) {
            for (int read; (read = in.read(buffer)) >= 0; size += read) {
                sha256.update(buffer, 0, read);
                zip.write(buffer, 0, read);
            }
        }
        zip.closeArchiveEntry();
        return new Digest(sha256.digest(), size);
    }

    /** The checksum that every record of an archive uses. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.finish();
    }
}
