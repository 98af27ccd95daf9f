package io.github.nativemaven.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A string table that grows: what is in it stays where it is. */
final class ElfStrings {
    private final Block old;
    private final ByteArrayOutputStream added = new ByteArrayOutputStream();

    ElfStrings(Block old) {
        this.old = old;
    }

    /** Where a text is, in bytes from the table's start; it is added where the table lacks it. */
    long place(String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= old.length() - bytes.length; at++) {
            if (old.startsWith(at, bytes)) {
                return at;
            }
        }
        long at = (long) old.length() + added.size();
        added.writeBytes(bytes);
        return at;
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
