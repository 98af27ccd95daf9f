package io.github.nativemaven.check;

import java.nio.ByteBuffer;

/**
 * What the end of a zip file says of its directory. One with more than 65534 entries, or 4 GiB, says it in a record of
 * its own before the end, which is named there.
 *
 * @param count how many entries it has
 * @param start where it begins
 * @param length how many bytes it has
 * @param limit where it has to end
 */
record ZipEnd(long count, long start, long length, long limit) {
    /** Of the longest end: with its record, what names that, and its comment. */
    static final int LONGEST = 22 + 0xffff + 20 + 56;

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int RECORD = 0x06064b50;
    private static final int RECORD_LENGTH = 56;
    private static final int FULL = 0xffff;

    /** @param tail the last bytes of the file, all where there are fewer than {@link #LONGEST} */
    static ZipEnd read(ByteBuffer tail, long tailAt) {
        int end = find(tail);
        int count = Short.toUnsignedInt(tail.getShort(end + 10));
        long length = Integer.toUnsignedLong(tail.getInt(end + 12));
        long start = Integer.toUnsignedLong(tail.getInt(end + 16));
        if (tail.getShort(end + 4) != 0
                || tail.getShort(end + 6) != 0
                || Short.toUnsignedInt(tail.getShort(end + 8)) != count) {
            throw ZipDirectory.malformed("", "it is in several parts");
        }
        boolean elsewhere = count == FULL || length == ZipDirectory.ELSEWHERE || start == ZipDirectory.ELSEWHERE;
        ZipEnd found = elsewhere && end >= LOCATOR_LENGTH && tail.getInt(end - LOCATOR_LENGTH) == LOCATOR
                ? large(tail, tailAt, end - LOCATOR_LENGTH)
                : new ZipEnd(count, start, length, tailAt + end);
        if (found.start < 0 || found.length < 0 || found.start + found.length != found.limit) {
            throw ZipDirectory.malformed("", "its directory is not where its end says");
        }
        return found;
    }

    private static int find(ByteBuffer tail) {
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                if (at + END_LENGTH + Short.toUnsignedInt(tail.getShort(at + 20)) != tail.limit()) {
                    throw ZipDirectory.malformed("", "there is something behind its end");
                }
                return at;
            }
        }
        throw ZipDirectory.malformed("", "it has no end record: it is no zip file, or it was cut off");
    }

    /** The record has to be where it is named, and to fill what is between the directory and its name. */
    private static ZipEnd large(ByteBuffer tail, long tailAt, int locator) {
        int at = locator - RECORD_LENGTH;
        if (at < 0
                || tail.getInt(at) != RECORD
                || tail.getLong(at + 4) != RECORD_LENGTH - 12
                || tail.getLong(locator + 8) != tailAt + at) {
            throw ZipDirectory.malformed("", "the record of its directory is not where its end says");
        }
        if (tail.getInt(at + 16) != 0 || tail.getInt(at + 20) != 0 || tail.getLong(at + 24) != tail.getLong(at + 32)) {
            throw ZipDirectory.malformed("", "it is in several parts");
        }
        return new ZipEnd(tail.getLong(at + 32), tail.getLong(at + 48), tail.getLong(at + 40), tailAt + at);
    }
}
