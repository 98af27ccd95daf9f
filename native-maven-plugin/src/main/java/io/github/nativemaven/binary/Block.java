package io.github.nativemaven.binary;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A part of a file in memory. Positions are in bytes from the part's start; each is checked. Never changes.
 *
 * <p>An array and not a buffer: a table of symbols is read once, by a JVM that has just started, and a buffer's many
 * small methods cost it several times as much.
 */
final class Block {
    private final Path path;
    private final long base;
    private final byte[] bytes;
    private final boolean bigEndian;

    Block(Path path, long base, byte[] bytes, ByteOrder order) {
        this.path = path;
        this.base = base;
        this.bytes = bytes;
        this.bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    /** A part that a file doesn't have. */
    static Block none(Path path) {
        return new Block(path, 0, new byte[0], ByteOrder.LITTLE_ENDIAN);
    }

    Path path() {
        return path;
    }

    /** Where in the file it begins. */
    long base() {
        return base;
    }

    int length() {
        return bytes.length;
    }

    /** All of it, as a copy. */
    byte[] bytes() {
        return bytes.clone();
    }

    MalformedBinaryException malformed(long at, String reason) {
        return new MalformedBinaryException(path, base + at, reason);
    }

    int u8(long at) {
        return bytes[index(at, 1)] & 0xff;
    }

    int u16(long at) {
        int i = index(at, 2);
        int first = bytes[i] & 0xff;
        int second = bytes[i + 1] & 0xff;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    long u32(long at) {
        int i = index(at, 4);
        int number = bigEndian
                ? bytes[i] << 24 | (bytes[i + 1] & 0xff) << 16 | (bytes[i + 2] & 0xff) << 8 | bytes[i + 3] & 0xff
                : bytes[i + 3] << 24 | (bytes[i + 2] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | bytes[i] & 0xff;
        return number & 0xffff_ffffL;
    }

    /** A 64-bit number; one that needs the highest bit is negative, which no check of a place or size lets through. */
    long u64(long at) {
        index(at, 8);
        long first = u32(at);
        long second = u32(at + 4);
        return bigEndian ? first << 32 | second : second << 32 | first;
    }

    /** A number of a machine's word. */
    long word(long at, boolean wide) {
        return wide ? u64(at) : u32(at);
    }

    private int index(long at, int width) {
        if (at < 0 || at > bytes.length - width) {
            throw malformed(Math.min(Math.max(at, 0), bytes.length), width + " bytes expected, the part ends before");
        }
        return (int) at;
    }

    /** The bytes before the next zero byte, or -1 where there is none. */
    int lengthOfString(long at) {
        int limit = bytes.length;
        for (int i = index(at, 1), start = i; i < limit; i++) {
            if (bytes[i] == 0) {
                return i - start;
            }
        }
        return -1;
    }

    /**
     * A text that ends with a zero byte.
     *
     * @throws MalformedBinaryException when it has no end within this part, or is beyond the budget
     */
    String string(long at, NameBudget budget, String what) {
        int length = lengthOfString(at);
        if (length < 0) {
            throw malformed(at, what + " has no end");
        }
        if (!budget.take(length)) {
            throw malformed(at, "the names are longer than the file: " + what + " is used too often");
        }
        return new String(bytes, (int) at, length, StandardCharsets.UTF_8);
    }

    /** Whether the bytes at a place are these; false also where fewer follow. */
    boolean startsWith(long at, byte[] expected) {
        if (at < 0 || at > bytes.length - expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[(int) at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether all bytes of another part are also at the start of this one. */
    boolean startsWith(Block other) {
        return startsWith(0, other.bytes);
    }

    /** A part of this part. */
    Block part(long at, long length, String what) {
        if (at < 0 || length < 0 || at > bytes.length || length > bytes.length - at) {
            throw malformed(Math.min(Math.max(at, 0), bytes.length), what + " reaches beyond what holds it");
        }
        byte[] copy = Arrays.copyOfRange(bytes, (int) at, (int) (at + length));
        return new Block(path, base + at, copy, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
}
