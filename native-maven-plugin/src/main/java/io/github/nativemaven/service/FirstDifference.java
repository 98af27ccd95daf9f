package io.github.nativemaven.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where two streams begin to differ, and the texts that are there. A difference in a build id is passed over where another
 * one follows: it is made of all bytes, and tells nothing of them.
 *
 * @param offset in bytes from the start; the length of the shorter where the other only goes on
 * @param one the printable text of the first around that place; empty where there is none
 * @param other that of the second
 */
record FirstDifference(long offset, String one, String other) {
    private static final int BLOCK = 64 * 1024;
    /** As much is known before and behind a place. */
    private static final int AROUND = 64;

    private static final int SHOWN = 40;
    private static final int SHORTEST_TEXT = 4;
    private static final byte[] BUILD_ID = "\3\0\0\0GNU\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BUILD_ID_LENGTH = 20;

    /** Reads both to the first difference; empty where there is none. */
    static Optional<FirstDifference> find(InputStream one, InputStream other) throws IOException {
        byte[] a = new byte[AROUND + BLOCK + AROUND];
        byte[] b = new byte[a.length];
        Optional<FirstDifference> buildId = Optional.empty();
        int sizeA = one.readNBytes(a, AROUND, BLOCK + AROUND);
        int sizeB = other.readNBytes(b, AROUND, BLOCK + AROUND);
        for (long base = 0; ; base += BLOCK) {
            int endA = AROUND + Math.min(sizeA, BLOCK);
            int endB = AROUND + Math.min(sizeB, BLOCK);
            int from = AROUND;
            for (int at; (at = Arrays.mismatch(a, from, endA, b, from, endB)) >= 0; ) {
                int place = from + at;
                FirstDifference found = new FirstDifference(
                        base + place - AROUND, text(a, place, AROUND + sizeA), text(b, place, AROUND + sizeB));
                int behind = behindBuildId(a, place);
                if (behind < 0) {
                    return Optional.of(found);
                }
                buildId = buildId.or(() -> Optional.of(found));
                from = Math.min(behind, Math.min(endA, endB));
            }
            if (sizeA <= BLOCK && sizeB <= BLOCK) {
                return buildId;
            }
            sizeA = next(one, a, sizeA);
            sizeB = next(other, b, sizeB);
        }
    }

    /** Keeps the end of what was read, and reads on. */
    private static int next(InputStream in, byte[] bytes, int size) throws IOException {
        System.arraycopy(bytes, BLOCK, bytes, 0, AROUND + Math.max(0, size - BLOCK));
        int kept = Math.max(0, size - BLOCK);
        return kept + in.readNBytes(bytes, AROUND + kept, bytes.length - AROUND - kept);
    }

    /** Where a build id ends that a place is in; -1 where it is in none. */
    private static int behindBuildId(byte[] bytes, int place) {
        for (int at = place; at > place - BUILD_ID_LENGTH; at--) {
            int mark = at - BUILD_ID.length;
            if (mark >= 0 && Arrays.equals(bytes, mark, at, BUILD_ID, 0, BUILD_ID.length)) {
                return at + BUILD_ID_LENGTH;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes, int place, int end) {
        int from = place;
        while (from > Math.max(0, place - SHOWN) && isPrintable(bytes[from - 1])) {
            from--;
        }
        int to = place;
        while (to < Math.min(end, place + SHOWN) && isPrintable(bytes[to])) {
            to++;
        }
        return to - from < SHORTEST_TEXT ? "" : new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private static boolean isPrintable(byte character) {
        return character >= ' ' && character < 0x7f;
    }
}
