package io.github.nativemaven.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A part of a file in memory. Positions are in bytes from the part's start; each is checked. Never changes. */
final class Block {
    private final Path path;
    private final long base;
    private final ByteBuffer bytes;

    Block(Path path, long base, ByteBuffer bytes) {
        this.path = path;
        this.base = base;
        this.bytes = bytes;
    }

    /** Where in the file it begins. */
    long base() {
        return base;
    }

    int length() {
        return bytes.limit();
    }

    MalformedBinaryException malformed(long at, String reason) {
        return new MalformedBinaryException(path, base + at, reason);
    }

    int u8(long at) {
        return bytes.get(index(at, 1)) & 0xff;
    }

    int u16(long at) {
        return bytes.getShort(index(at, 2)) & 0xffff;
    }

    long u32(long at) {
        return bytes.getInt(index(at, 4)) & 0xffff_ffffL;
    }

    /** A 64-bit number; one that needs the highest bit is negative, which no check of a place or size lets through. */
    long u64(long at) {
        return bytes.getLong(index(at, 8));
    }

    /** A number of a machine's word. */
    long word(long at, boolean wide) {
        return wide ? u64(at) : u32(at);
    }

    private int index(long at, int width) {
        if (at < 0 || at > bytes.limit() - width) {
            throw malformed(Math.min(Math.max(at, 0), bytes.limit()), width + " bytes expected, the part ends before");
        }
        return (int) at;
    }

    /** The bytes before the next zero byte, or -1 where there is none. */
    int lengthOfString(long at) {
        int limit = bytes.limit();
        for (int i = index(at, 1), start = i; i < limit; i++) {
            if (bytes.get(i) == 0) {
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
        return new String(bytes.array(), (int) at, length, StandardCharsets.UTF_8);
    }

    /** Whether the bytes at a place are these; false also where fewer follow. */
    boolean startsWith(long at, byte[] expected) {
        if (at < 0 || at > bytes.limit() - expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes.get((int) at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** A part of this part. */
    Block part(long at, long length, String what) {
        if (at < 0 || length < 0 || at > bytes.limit() || length > bytes.limit() - at) {
            throw malformed(Math.min(Math.max(at, 0), bytes.limit()), what + " reaches beyond what holds it");
        }
        ByteBuffer copy = ByteBuffer.wrap(java.util.Arrays.copyOfRange(bytes.array(), (int) at, (int) (at + length)));
        return new Block(path, base + at, copy.order(bytes.order()));
    }
}
