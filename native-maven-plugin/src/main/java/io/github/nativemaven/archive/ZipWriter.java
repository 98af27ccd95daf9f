package io.github.nativemaven.archive;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Writes a zip file, entry by entry, without holding any large one in memory. Many entries, and the parts of a large one,
 * are compressed side by side; how many threads there are doesn't show in the bytes.
 */
public final class ZipWriter implements AutoCloseable {
    /** Fewer small entries are written before threads have started. */
    private static final int MANY = 100;

    /** What is larger is compressed on its way into the file, in parts. */
    private static final long SMALL = 1024 * 1024;

    private static final int PRESSES_PER_THREAD = 4;
    private static final int BLOCKS_PER_THREAD = 2;

    /** What deflate adds at most to what it can't make smaller: five bytes to each 16 KiB, and a few to each part. */
    private static final int MOST_ADDED = 1000;

    private final ZipOutput zip;
    private final int level;
    private final Press press;
    private Workers workers;

    private ZipWriter(ZipOutput zip, int level) {
        this.zip = zip;
        this.level = level;
        this.press = new Press(level);
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
     * @param level how hard to compress, from 0 for not at all to 9
     */
    public static void write(Path file, Instant time, int level, Body body) throws IOException {
        AtomicFiles.write(file, aside -> {
            try (ZipOutput zip = new ZipOutput(aside, time)) {
                try (ZipWriter writer = new ZipWriter(zip, level)) {
                    body.write(writer);
                }
                zip.finish();
            }
        });
    }

    /**
     * Writes entries, in their order.
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
        List<Press> presses = Stream.generate(() -> new Press(level))
                .limit((long) workers().count() * PRESSES_PER_THREAD)
                .toList();
        try {
            addAll(entries, presses, digests);
            return digests;
        } finally {
            stop();
            presses.forEach(Press::close);
        }
    }

    /** Each press works on the entry whose place, counted round, is its own, once the one before is written. */
    private void addAll(List<Entry> entries, List<Press> presses, List<Digest> digests) throws IOException {
        List<Future<Press>> pressed = new ArrayList<>(Collections.nCopies(presses.size(), null));
        for (int i = 0; i < entries.size() + presses.size(); i++) {
            int place = i % presses.size();
            if (i >= presses.size()) {
                Entry due = entries.get(i - presses.size());
                Future<Press> made = pressed.set(place, null);
                digests.add(made == null ? add(due) : add(due, Workers.result(made)));
            }
            if (i < entries.size() && isSmall(entries.get(i))) {
                Press press = presses.get(place);
                Content content = entries.get(i).content();
                pressed.set(place, workers().submit(() -> press.press(content)));
            }
        }
    }

    private static boolean isSmall(Entry entry) throws IOException {
        return entry.content().size() <= SMALL;
    }

    private Workers workers() {
        if (workers == null) {
            workers = new Workers();
        }
        return workers;
    }

    private void stop() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }

    private Digest add(Entry entry, Press pressed) throws IOException {
        Digest digest = pressed.digest();
        zip.entry(
                entry,
                level == 0,
                new ZipOutput.Written(pressed.crc(), digest.size(), pressed.length()),
                pressed.bytes());
        return digest;
    }

    /** Writes one entry. */
    public Digest add(Entry entry) throws IOException {
        if (isSmall(entry)) {
            return add(entry, press.press(entry.content()));
        }
        MessageDigest sha256 = sha256();
        long size = entry.content().size();
        ZipOutput.Written written = zip.entry(entry, level == 0, size + size / MOST_ADDED, out -> {
            try (InputStream in = entry.content().open()) {
                return level == 0 ? store(in, out, sha256) : deflate(in, out, sha256);
            }
        });
        return new Digest(sha256.digest(), written.size());
    }

    private static ZipOutput.Written store(InputStream in, ZipOutput out, MessageDigest sha256) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[Press.BUFFER];
        long size = 0;
        for (int read; (read = in.read(buffer)) >= 0; size += read) {
            sha256.update(buffer, 0, read);
            crc.update(buffer, 0, read);
            out.write(buffer, read);
        }
        return new ZipOutput.Written(crc.getValue(), size, size);
    }

    /** Each block works on the part whose place, counted round, is its own, once the one before is written. */
    private ZipOutput.Written deflate(InputStream in, ZipOutput out, MessageDigest sha256) throws IOException {
        List<Block> blocks = Stream.generate(() -> new Block(level))
                .limit((long) workers().count() * BLOCKS_PER_THREAD)
                .toList();
        List<Future<Block>> pressed = new ArrayList<>(Collections.nCopies(blocks.size(), null));
        CRC32 crc = new CRC32();
        long size = 0;
        long compressed = 0;
        try {
            Block before = null;
            boolean more = true;
            for (int i = 0, left = 0; more || left > 0; i++) {
                int place = i % blocks.size();
                Future<Block> due = pressed.set(place, null);
                if (due != null) {
                    Block made = Workers.result(due);
                    out.write(made.output(), made.length());
                    compressed += made.length();
                    left--;
                }
                if (more) {
                    Block block = blocks.get(place);
                    int filled = block.fill(in, before);
                    pressed.set(place, workers().submit(block::press));
                    left++;
                    sha256.update(block.input(), block.inputAt(), filled);
                    crc.update(block.input(), block.inputAt(), filled);
                    size += filled;
                    more = filled == Block.SIZE;
                    before = block;
                }
            }
        } finally {
            // One that is still being compressed, because another could not be read or written, is waited for.
            blocks.forEach(Block::close);
        }
        return new ZipOutput.Written(crc.getValue(), size, compressed);
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
    public void close() {
        stop();
        press.close();
    }
}
