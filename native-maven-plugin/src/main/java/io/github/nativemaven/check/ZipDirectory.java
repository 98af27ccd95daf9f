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
 * each entry says the same in its place as in the directory, and no two share bytes. What needs zip64 is refused: no
 * wheel is as large.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int MOST_OF_DIRECTORY = 64 << 20;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;
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

    private static MalformedException malformed(String subject, String reason) {
        return new MalformedException("zip file", subject, reason);
    }

    private void readAll() throws IOException {
        ByteBuffer tail = block(Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size);
        int end = endRecord(tail);
        long endAt = size - tail.limit() + end;
        int count = u16(tail, end + 10);
        long length = u32(tail, end + 12);
        long start = u32(tail, end + 16);
        if (u16(tail, end + 4) != 0 || u16(tail, end + 6) != 0 || u16(tail, end + 8) != count) {
            throw malformed("", "it is in several parts");
        }
        if (start + length != endAt) {
            throw malformed("", "its directory is not where its end says, or it is larger than a wheel is");
        }
        if (length > MOST_OF_DIRECTORY) {
            throw malformed("", "its directory of " + length + " bytes is too large");
        }
        readCentral(block(start, endAt), count, start);
        checkOverlaps();
    }

    private static int endRecord(ByteBuffer tail) {
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                if (at + END_LENGTH + u16(tail, at + 20) != tail.limit()) {
                    throw malformed("", "there is something behind its end");
                }
                return at;
            }
        }
        throw malformed("", "it has no end record");
    }

    private void readCentral(ByteBuffer central, int count, long limit) throws IOException {
        int at = 0;
        for (int i = 0; i < count; i++) {
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
        long compressed = u32(central, at + 20);
        long start = u32(central, at + 42);
        long data = checkLocal(raw, name, method, start, limit);
        if (compressed > limit - data) {
            throw malformed(name, "the entry reaches into the directory");
        }
        int mode = central.get(at + 5) == UNIX ? central.getInt(at + 38) >>> 16 : 0;
        return new Member(
                name, method == DEFLATED, compressed, u32(central, at + 24), u32(central, at + 16), start, data, mode);
    }

    /** Where the bytes begin of an entry that says in its place what the directory says of it. */
    private long checkLocal(byte[] raw, String name, int method, long at, long limit) throws IOException {
        if (at > limit - LOCAL_LENGTH) {
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
