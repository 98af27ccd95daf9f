package io.github.nativemaven.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The Unix modes of the entries of a zip file, which {@link java.util.zip.ZipFile} doesn't tell. (What tells them takes
 * twenty times as long to load as this takes to run.)
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE, sections 4.3.12 and 4.3.16</a>
 */
final class ZipModes {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int MADE_ON_UNIX = 3;

    private ZipModes() {}

    /** Modes by name; none for entries of other systems, nor where the directory can't be made out. */
    static Map<String, Integer> read(Path zip) throws IOException {
        try (FileChannel channel = FileChannel.open(zip)) {
            ByteBuffer tail = read(channel, Math.max(0, channel.size() - END_LENGTH - LONGEST_COMMENT), channel.size());
            for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == END_SIGNATURE) {
                    long start = Integer.toUnsignedLong(tail.getInt(at + 16));
                    long end = start + Integer.toUnsignedLong(tail.getInt(at + 12));
                    return end <= channel.size() ? modes(read(channel, start, end)) : Map.of();
                }
            }
            return Map.of();
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(to - from)).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // One read may give less than all.
        }
        return buffer.flip();
    }

    private static Map<String, Integer> modes(ByteBuffer directory) {
        Map<String, Integer> modes = new HashMap<>();
        int at = 0;
        while (at + ENTRY_LENGTH <= directory.limit() && directory.getInt(at) == ENTRY_SIGNATURE) {
            int name = Short.toUnsignedInt(directory.getShort(at + 28));
            int extra = Short.toUnsignedInt(directory.getShort(at + 30));
            int comment = Short.toUnsignedInt(directory.getShort(at + 32));
            if (at + ENTRY_LENGTH + name > directory.limit()) {
                break;
            }
            if (directory.get(at + 5) == MADE_ON_UNIX) {
                String text = new String(directory.array(), at + ENTRY_LENGTH, name, StandardCharsets.UTF_8);
                modes.put(text, directory.getInt(at + 38) >>> 16);
            }
            at += ENTRY_LENGTH + name + extra + comment;
        }
        return modes;
    }
}
