package io.github.nativemaven.archive;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes a zip file, entry by entry, without holding any of it in memory. */
public final class ZipWriter implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final LocalDateTime LATEST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int CENTRAL_HEADER_LENGTH = 46;
    private static final int END_LENGTH = 22;

    private final ZipArchiveOutputStream zip;
    private final LocalDateTime time;

    private ZipWriter(ZipArchiveOutputStream zip, LocalDateTime time) {
        this.zip = zip;
        this.time = time;
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
     * @param time the time of every entry; zip keeps two seconds' precision, from 1980 to 2107
     * @param level how hard to compress, from 0 to 9
     */
    public static void write(Path file, Instant time, int level, Body body) throws IOException {
        LocalDateTime local = local(time);
        AtomicFiles.write(file, aside -> {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(aside.toFile())) {
                zip.setUseZip64(Zip64Mode.AsNeeded);
                zip.setLevel(level);
                try (ZipWriter writer = new ZipWriter(zip, local)) {
                    body.write(writer);
                }
            }
            if (ZoneId.systemDefault().getRules().getValidOffsets(local).isEmpty()) {
                setTime(aside, local);
            }
        });
    }

    /** Zip has local times; UTC is taken for all, so that the builder's time zone doesn't show. */
    private static LocalDateTime local(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        if (local.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return local.isAfter(LATEST) ? LATEST : local;
    }

    /** Writes the time into every header again: the library can't say one that the builder's clocks leave out in spring. */
    private static void setTime(Path file, LocalDateTime time) throws IOException {
        int date = time.getYear() - 1980 << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
        int clock = time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer end = read(channel, channel.size() - END_LENGTH, END_LENGTH);
            long at = Integer.toUnsignedLong(end.getInt(16));
            ByteBuffer header = read(channel, at, CENTRAL_HEADER_LENGTH);
            while (header.getInt(0) == CENTRAL_HEADER) {
                ByteBuffer both = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                both.putInt(0, date << 16 | clock);
                channel.write(both.duplicate(), at + 12);
                channel.write(both, Integer.toUnsignedLong(header.getInt(42)) + 10);
                at += CENTRAL_HEADER_LENGTH + header.getShort(28) + header.getShort(30) + header.getShort(32);
                header = read(channel, at, CENTRAL_HEADER_LENGTH);
            }
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
            // One read may give less than all; beyond the end there are zeros.
        }
        return buffer;
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
