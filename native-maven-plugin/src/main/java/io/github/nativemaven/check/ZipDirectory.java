package io.github.nativemaven.check;

import io.github.nativemaven.platform.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The entries of a zip file that every reader reads in the same way: its directory is at its end and nothing behind it,
 * each entry says the same in its place as in the directory, and no two share bytes.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>
 */
final class ZipDirectory {
    /** Instead of a number that doesn't fit 32 bits. */
    static final long ELSEWHERE = 0xffff_ffffL;

    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int MOST_OF_DIRECTORY = 64 << 20;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;
    private static final int LARGE_NUMBERS = 1;
    /** Deflate can't do better than 1032 to 1. */
    private static final long HIGHEST_RATIO = 1100;

    private static final int WINDOW = 1 << 16;

    private final FileChannel file;
    private final long size;
    private final List<Member> members = new ArrayList<>();

    /**
     * One entry.
     *
     * @param name with {@code /}; that of a directory ends so
     * @param deflated whether its bytes are compressed
     * @param compressed how many bytes it has in the file
     * @param size how many bytes it says that it has
     * @param crc the checksum that it says it has
     * @param start where in the file its header begins
     * @param at where in the file its bytes begin
     * @param mode its Unix mode with its type; 0 where it was made on another system
     */
    record Member(String name, boolean deflated, long compressed, long size, long crc, long start, long at, int mode) {
        boolean isDirectory() {
            return name.endsWith("/");
        }
    }

    private ZipDirectory(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** @throws MalformedException when it is no such file */
    static ZipDirectory read(FileChannel file) throws IOException {
        ZipDirectory directory = new ZipDirectory(file);
        directory.readAll();
        return directory;
    }

    /** In the order of the directory. */
    List<Member> members() {
        return members;
    }

    static MalformedException malformed(String subject, String reason) {
        return new MalformedException("zip file", subject, reason);
    }

    private void readAll() throws IOException {
        long tailAt = Math.max(0, size - ZipEnd.LONGEST);
        ZipEnd end = ZipEnd.read(block(tailAt, size), tailAt);
        if (end.length() > MOST_OF_DIRECTORY) {
            throw malformed("", "its directory of " + end.length() + " bytes is too large");
        }
        readCentral(block(end.start(), end.limit()), end.count(), end.start());
        checkOverlaps();
    }

    private void readCentral(ByteBuffer central, long count, long limit) throws IOException {
        int at = 0;
        for (long i = 0; i < count; i++) {
            if (at + CENTRAL_LENGTH > central.limit() || central.getInt(at) != CENTRAL) {
                throw malformed("", "its directory has fewer entries than it says");
            }
            int name = u16(central, at + 28);
            int next = at + CENTRAL_LENGTH + name + u16(central, at + 30) + u16(central, at + 32);
            if (next > central.limit()) {
                throw malformed("", "an entry reaches beyond its directory");
            }
            members.add(member(central, at, name, limit));
            at = next;
        }
        if (at != central.limit()) {
            throw malformed("", "its directory has more entries than it says");
        }
    }

    private Member member(ByteBuffer central, int at, int nameLength, long limit) throws IOException {
        byte[] raw = new byte[nameLength];
        central.get(at + CENTRAL_LENGTH, raw);
        String name = new String(raw, StandardCharsets.UTF_8);
        int method = u16(central, at + 10);
        if ((u16(central, at + 8) & ENCRYPTED) != 0) {
            throw malformed(name, "the entry is encrypted");
        }
        if (method != STORED && method != DEFLATED) {
            throw malformed(name, "the entry is compressed by method " + method + ", which installers don't know");
        }
        long unpacked = u32(central, at + 24);
        long compressed = u32(central, at + 20);
        long start = u32(central, at + 42);
        if (unpacked == ELSEWHERE || compressed == ELSEWHERE || start == ELSEWHERE) {
            ByteBuffer large = largeNumbers(central, at, nameLength, name);
            unpacked = unpacked == ELSEWHERE ? next(large, name) : unpacked;
            compressed = compressed == ELSEWHERE ? next(large, name) : compressed;
            start = start == ELSEWHERE ? next(large, name) : start;
        }
        long data = checkLocal(raw, name, method, start, limit);
        if (compressed > limit - data) {
            throw malformed(name, "the entry reaches into the directory");
        }
        if (method == STORED ? unpacked != compressed : unpacked / HIGHEST_RATIO > compressed) {
            throw malformed(name, "the entry can't have the " + unpacked + " bytes that it says");
        }
        int mode = central.get(at + 5) == UNIX ? central.getInt(at + 38) >>> 16 : 0;
        return new Member(name, method == DEFLATED, compressed, unpacked, u32(central, at + 16), start, data, mode);
    }

    /** The numbers of an entry that don't fit 32 bits. */
    private static ByteBuffer largeNumbers(ByteBuffer central, int entry, int nameLength, String name) {
        int at = entry + CENTRAL_LENGTH + nameLength;
        int end = at + u16(central, entry + 30);
        while (at + 4 <= end) {
            int length = u16(central, at + 2);
            if (u16(central, at) == LARGE_NUMBERS && at + 4 + length <= end) {
                return central.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
            }
            at += 4 + length;
        }
        throw malformed(name, "the entry's size or place is missing");
    }

    private static long next(ByteBuffer large, String name) {
        long number = large.remaining() < Long.BYTES ? -1 : large.getLong();
        if (number < 0) {
            throw malformed(name, "the entry's size or place is missing");
        }
        return number;
    }

    /** Where the bytes begin of an entry that says in its place what the directory says of it. */
    private long checkLocal(byte[] raw, String name, int method, long at, long limit) throws IOException {
        if (at > limit - LOCAL_LENGTH || at < 0) {
            throw malformed(name, "the entry is not where the directory says");
        }
        ByteBuffer local = block(at, at + LOCAL_LENGTH);
        int length = u16(local, 26);
        long data = at + LOCAL_LENGTH + length + u16(local, 28);
        if (local.getInt(0) != LOCAL || data > limit) {
            throw malformed(name, "the entry is not where the directory says");
        }
        ByteBuffer ownName = block(at + LOCAL_LENGTH, at + LOCAL_LENGTH + length);
        if (!ownName.equals(ByteBuffer.wrap(raw)) || u16(local, 8) != method) {
            throw malformed(name, "the entry says something else in its place than in the directory");
        }
        return data;
    }

    private void checkOverlaps() {
        List<Member> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparingLong(Member::start));
        long end = 0;
        for (Member member : sorted) {
            if (member.start() < end) {
                throw malformed(member.name(), "the entry shares bytes with another");
            }
            end = member.at() + member.compressed();
        }
    }

    private static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long u32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private ByteBuffer block(long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(to - from)).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw malformed("", "it became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    /** The bytes of an entry, as many as there are, whatever it says. */
    InputStream open(Member member) {
        InputStream raw = new Part(member.at(), member.at() + member.compressed());
        // Without a header, as in zip files.
        return member.deflated() ? new InflaterInputStream(raw, new Inflater(true), WINDOW) : raw;
    }

    /** A part of the file. */
    private final class Part extends InputStream {
        private long at;
        private final long end;

        Part(long at, long end) {
            this.at = at;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            int most = (int) Math.min(Math.min(length, WINDOW), end - at);
            int read = file.read(ByteBuffer.wrap(into, offset, most), at);
            at += Math.max(read, 0);
            return read;
        }
    }
}
