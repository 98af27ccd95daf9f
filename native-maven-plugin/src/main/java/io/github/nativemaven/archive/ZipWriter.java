package io.github.nativemaven.archive;

import io.github.nativemaven.system.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
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

    /** Fewer are written before threads have started, and so are those that are only stored. */
    private static final int MANY = 100;

    /** What is larger is compressed on its way into the file, and not in memory. */
    private static final long SMALL = 1024 * 1024;

    private static final int MOST_THREADS = 8;
    private static final int PRESSES_PER_THREAD = 4;

    private final ZipArchiveOutputStream zip;
    private final LocalDateTime time;
    private final int level;
    private final byte[] buffer = new byte[BUFFER];

    private ZipWriter(ZipArchiveOutputStream zip, LocalDateTime time, int level) {
        this.zip = zip;
        this.time = time;
        this.level = level;
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
                try (ZipWriter writer = new ZipWriter(zip, local, level)) {
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

    private ZipArchiveEntry header(Entry entry) {
        ZipArchiveEntry header = new ZipArchiveEntry(entry.path());
        header.setUnixMode(0100000 | (entry.executable() ? 0755 : 0644));
        header.setTimeLocal(time);
        return header;
    }

    /**
     * Writes entries, in their order. Many are compressed side by side; the bytes are the same.
     *
     * @return what was written, in the same order
     */
    public List<Digest> addAll(List<Entry> entries) throws IOException {
        List<Digest> digests = new ArrayList<>(entries.size());
        if (entries.size() < MANY || level == 0) {
            for (Entry entry : entries) {
                digests.add(add(entry));
            }
            return digests;
        }
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        List<Press> presses = Stream.generate(() -> new Press(level))
                .limit((long) threads * PRESSES_PER_THREAD)
                .toList();
        try {
            addAll(entries, workers, presses, digests);
            return digests;
        } finally {
            workers.shutdownNow();
            awaitEnd(workers);
            presses.forEach(Press::close);
        }
    }

    /** Each press works on the entry whose place, counted round, is its own, once the one before is written. */
    private void addAll(List<Entry> entries, ExecutorService workers, List<Press> presses, List<Digest> digests)
            throws IOException {
        List<Future<Press>> pressed = new ArrayList<>(Collections.nCopies(presses.size(), null));
        for (int i = 0; i < entries.size() + presses.size(); i++) {
            int place = i % presses.size();
            if (i >= presses.size()) {
                Entry due = entries.get(i - presses.size());
                Future<Press> made = pressed.set(place, null);
                digests.add(made == null ? add(due) : add(due, result(made)));
            }
            if (i < entries.size() && isSmall(entries.get(i))) {
                Press press = presses.get(place);
                Content content = entries.get(i).content();
                pressed.set(place, workers.submit(() -> press.press(content)));
            }
        }
    }

    private static boolean isSmall(Entry entry) throws IOException {
        return entry.content().size() <= SMALL;
    }

    private static Press result(Future<Press> pressed) throws IOException {
        try {
            return pressed.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an archive was written");
        }
    }

    private static void awaitEnd(ExecutorService workers) {
        try {
            workers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Digest add(Entry entry, Press pressed) throws IOException {
        ZipArchiveEntry header = header(entry);
        header.setMethod(ZipEntry.DEFLATED);
        header.setSize(pressed.digest().size());
        header.setCompressedSize(pressed.length());
        header.setCrc(pressed.crc());
        zip.addRawArchiveEntry(header, new ByteArrayInputStream(pressed.bytes(), 0, pressed.length()));
        return pressed.digest();
    }

    /** Writes one entry. */
    public Digest add(Entry entry) throws IOException {
        ZipArchiveEntry header = header(entry);
        // An entry of unknown size would get room for sizes beyond 4 GiB.
        header.setSize(entry.content().size());
        zip.putArchiveEntry(header);
        MessageDigest sha256 = sha256();
        long size = 0;
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
