package io.github.nativemaven.archive;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The file of a zip: a header before each entry, their bytes, and the directory at its end. What is larger than 4 GiB has
 * its numbers in fields of 64 bits, and only that.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">.ZIP File Format Specification</a>
 */
final class ZipOutput implements Closeable {
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final LocalDateTime LATEST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int WIDE_END = 0x06064b50;
    private static final int WIDE_END_LOCATOR = 0x07064b50;

    private static final int UTF_8_NAMES = 1 << 11;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3 << 8;
    private static final int VERSION = 20;
    private static final int WIDE_VERSION = 45;
    private static final int WIDE_FIELD = 1;
    private static final long WIDE = 0xffff_ffffL;
    private static final int MANY = 0xffff;

    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_NAME = 0xffff;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private final int time;
    private long flushed;
    private long entries;

    /**
     * One entry that is being written.
     *
     * @param at where its header is
     * @param wide whether the header has room for sizes beyond 4 GiB
     */
    private record Begun(byte[] name, int mode, int method, long at, boolean wide) {}

    /**
     * @param file which must not be there yet
     * @param time of every entry; zip has local times, and UTC is taken for all, so that the builder's time zone doesn't
     *     show
     */
    ZipOutput(Path file, Instant time) throws IOException {
        LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        LocalDateTime said = local.isBefore(EARLIEST) ? EARLIEST : local.isAfter(LATEST) ? LATEST : local;
        int date = said.getYear() - EARLIEST.getYear() << 9 | said.getMonthValue() << 5 | said.getDayOfMonth();
        int clock = said.getHour() << 11 | said.getMinute() << 5 | said.getSecond() / 2;
        this.time = date << 16 | clock;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Gives out the bytes of an entry. */
    @FunctionalInterface
    interface Body {
        /** @return what was given out, before and after it was compressed */
        Written write(ZipOutput out) throws IOException;
    }

    /**
     * What the header says of an entry's bytes.
     *
     * @param crc their CRC-32
     * @param size in bytes
     * @param compressed in bytes, as they are in the file
     */
    record Written(long crc, long size, long compressed) {}

    /**
     * Writes an entry whose sizes are known.
     *
     * @param stored whether its bytes are as they are
     * @param bytes of which the first are the entry's
     */
    void entry(Entry entry, boolean stored, Written written, byte[] bytes) throws IOException {
        Begun begun = begin(entry, stored, false);
        local(begun, written);
        write(bytes, (int) written.compressed());
        end(begun, written);
    }

    /**
     * Writes an entry whose sizes are known when all of it is written.
     *
     * @param most at most so many bytes will be given out; more is an error where the header has no room
     */
    Written entry(Entry entry, boolean stored, long most, Body body) throws IOException {
        Begun begun = begin(entry, stored, most >= WIDE);
        local(begun, new Written(0, 0, 0));
        Written written = body.write(this);
        if (!begun.wide() && (written.size() >= WIDE || written.compressed() >= WIDE)) {
            throw new IOException(entry.origin() + " became larger while it was read");
        }
        long end = position();
        flush();
        channel.position(begun.at());
        local(begun, written);
        flush();
        channel.position(end);
        flushed = end;
        end(begun, written);
        return written;
    }

    private Begun begin(Entry entry, boolean stored, boolean wide) throws IOException {
        byte[] name = entry.path().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME) {
            throw new IOException("a name in an archive of " + name.length + " bytes: " + entry.path());
        }
        int mode = 0100000 | (entry.executable() ? 0755 : 0644);
        return new Begun(name, mode, stored ? STORED : DEFLATED, position(), wide);
    }

    private void local(Begun entry, Written written) throws IOException {
        ByteBuffer header = littleEndian(30 + entry.name().length + 20);
        header.putInt(LOCAL).putShort((short) (entry.wide() ? WIDE_VERSION : VERSION));
        common(header, entry, written, entry.wide(), entry.wide() ? 20 : 0);
        header.put(entry.name());
        if (entry.wide()) {
            header.putShort((short) WIDE_FIELD).putShort((short) 16);
            header.putLong(written.size()).putLong(written.compressed());
        }
        write(header.array(), header.position());
    }

    /** What both headers of an entry have in common. */
    private void common(ByteBuffer header, Begun entry, Written written, boolean wide, int extra) {
        header.putShort((short) UTF_8_NAMES).putShort((short) entry.method()).putInt(time);
        header.putInt((int) written.crc());
        header.putInt((int) (wide ? WIDE : written.compressed()));
        header.putInt((int) (wide ? WIDE : written.size()));
        header.putShort((short) entry.name().length).putShort((short) extra);
    }

    private void end(Begun entry, Written written) {
        boolean far = entry.at() >= WIDE;
        int extra = (entry.wide() ? 16 : 0) + (far ? 8 : 0);
        boolean any = extra > 0;
        ByteBuffer header = littleEndian(46 + entry.name().length + 28);
        header.putInt(CENTRAL).putShort((short) (UNIX | (any ? WIDE_VERSION : VERSION)));
        header.putShort((short) (any ? WIDE_VERSION : VERSION));
        common(header, entry, written, entry.wide(), any ? extra + 4 : 0);
        header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        header.putInt(entry.mode() << 16).putInt((int) (far ? WIDE : entry.at()));
        header.put(entry.name());
        if (any) {
            header.putShort((short) WIDE_FIELD).putShort((short) extra);
        }
        if (entry.wide()) {
            header.putLong(written.size()).putLong(written.compressed());
        }
        if (far) {
            header.putLong(entry.at());
        }
        directory.write(header.array(), 0, header.position());
        entries++;
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes bytes of the entry that is being written. */
    void write(byte[] bytes, int length) throws IOException {
        if (length > buffer.remaining()) {
            flush();
        }
        if (length <= buffer.capacity()) {
            buffer.put(bytes, 0, length);
            return;
        }
        // The channel copies through a buffer of its own, which is as large as what is written at once.
        for (int at = 0; at < length; ) {
            at += channel.write(ByteBuffer.wrap(bytes, at, Math.min(BUFFER, length - at)));
        }
        flushed += length;
    }

    private long position() {
        return flushed + buffer.position();
    }

    private void flush() throws IOException {
        flushed += buffer.position();
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Writes the directory; nothing can be added any more. */
    void finish() throws IOException {
        long at = position();
        long size = directory.size();
        write(directory.toByteArray(), directory.size());
        boolean wide = entries >= MANY || at >= WIDE || size >= WIDE;
        ByteBuffer end = littleEndian(98);
        if (wide) {
            end.putInt(WIDE_END).putLong(44).putShort((short) (UNIX | WIDE_VERSION));
            end.putShort((short) WIDE_VERSION).putInt(0).putInt(0);
            end.putLong(entries).putLong(entries).putLong(size).putLong(at);
            end.putInt(WIDE_END_LOCATOR).putInt(0).putLong(at + size).putInt(1);
        }
        short count = (short) Math.min(entries, MANY);
        end.putInt(END).putInt(0).putShort(count).putShort(count);
        end.putInt((int) Math.min(size, WIDE)).putInt((int) Math.min(at, WIDE)).putShort((short) 0);
        write(end.array(), end.position());
        flush();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
