package io.github.nativemaven.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A string table that grows: what is in it stays where it is. */
final class ElfStrings {
    private final Block old;
    private final ByteArrayOutputStream added = new ByteArrayOutputStream();
    private final Map<String, Long> places = new HashMap<>();

    /** @throws MalformedBinaryException when its last text has no end: what is added behind would become a part of it */
    ElfStrings(Block old) {
        if (old.length() == 0 || old.u8(old.length() - 1L) != 0) {
            throw old.malformed(old.length(), "the dynamic string table has no zero at its end");
        }
        this.old = old;
    }

    /**
     * Where a text is, in bytes from the table's start; it is added where the table lacks it. The table is searched once
     * for each text: a damaged file may ask for one as often as it has entries.
     */
    long place(String text) {
        return places.computeIfAbsent(text, this::find);
    }

    private long find(String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
        long at = find(old, bytes);
        if (at >= 0) {
            return at;
        }
        long inAdded = find(new Block(null, 0, added.toByteArray(), null), bytes);
        if (inAdded >= 0) {
            return old.length() + inAdded;
        }
        at = (long) old.length() + added.size();
        added.writeBytes(bytes);
        return at;
    }

    private static long find(Block table, byte[] text) {
        for (int at = 0; at <= table.length() - text.length; at++) {
            if (table.startsWith(at, text)) {
                return at;
            }
        }
        return -1;
    }

    boolean grew() {
        return added.size() > 0;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(old.bytes());
        all.writeBytes(added.toByteArray());
        return all.toByteArray();
    }
}
