package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at signatures as macOS does, and computes every digest anew. */
public record CodeSignature(String identifier, int flags, long execLimit, long execFlags) {

    /** The signatures of a file's slices, each of which is right; a slice without one is an error. */
    public static List<CodeSignature> of(Path file) throws Exception {
        List<CodeSignature> all = new ArrayList<>();
        for (byte[] slice : slices(Files.readAllBytes(file))) {
            all.add(ofSlice(slice));
        }
        return all;
    }

    static List<byte[]> slices(byte[] file) {
        ByteBuffer head = ByteBuffer.wrap(file);
        if (head.getInt(0) != 0xcafebabe) {
            return List.of(file);
        }
        List<byte[]> slices = new ArrayList<>();
        for (int i = 0; i < head.getInt(4); i++) {
            int at = head.getInt(8 + 20 * i + 8);
            assertThat(at % (1 << head.getInt(8 + 20 * i + 16))).isZero();
            slices.add(Arrays.copyOfRange(file, at, at + head.getInt(8 + 20 * i + 12)));
        }
        return slices;
    }

    private static CodeSignature ofSlice(byte[] slice) throws Exception {
        ByteBuffer file = ByteBuffer.wrap(slice).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt(0)).isEqualTo(0xfeedfacf);
        int signature = -1;
        long textSize = 0;
        int at = 32;
        for (int i = 0; i < file.getInt(16); i++) {
            String segment = new String(slice, at + 8, 16, StandardCharsets.US_ASCII).replace("\0", "");
            if (file.getInt(at) == 0x1d) {
                signature = file.getInt(at + 8);
                assertThat(signature + file.getInt(at + 12)).isEqualTo(slice.length);
            } else if (file.getInt(at) == 0x19 && segment.equals("__LINKEDIT")) {
                assertThat(file.getLong(at + 40) + file.getLong(at + 48)).isEqualTo(slice.length);
                assertThat(file.getLong(at + 32))
                        .isGreaterThanOrEqualTo(file.getLong(at + 48))
                        .matches(size -> size % 0x1000 == 0);
            } else if (file.getInt(at) == 0x19 && segment.equals("__TEXT")) {
                textSize = file.getLong(at + 48);
            }
            at += file.getInt(at + 4);
        }
        assertThat(at).isEqualTo(32 + file.getInt(20));
        assertThat(signature).isPositive().matches(place -> place % 16 == 0);
        CodeSignature found = ofBlob(slice, signature);
        assertThat(found.execLimit()).isEqualTo(textSize);
        return found;
    }

    private static CodeSignature ofBlob(byte[] slice, int signature) throws Exception {
        ByteBuffer blob =
                ByteBuffer.wrap(slice, signature, slice.length - signature).slice();
        assertThat(blob.getInt(0)).isEqualTo(0xfade0cc0);
        Map<Integer, ByteBuffer> parts = new LinkedHashMap<>();
        for (int i = 0; i < blob.getInt(8); i++) {
            int part = blob.getInt(16 + 8 * i);
            parts.put(blob.getInt(12 + 8 * i), blob.slice(part, blob.getInt(part + 4)));
        }
        assertThat(parts).containsOnlyKeys(0, 2, 0x10000);
        assertThat(parts.get(2))
                .isEqualTo(ByteBuffer.allocate(12).putInt(0, 0xfade0c01).putInt(4, 12));
        assertThat(parts.get(0x10000))
                .isEqualTo(ByteBuffer.allocate(8).putInt(0, 0xfade0b01).putInt(4, 8));
        ByteBuffer directory = parts.get(0);
        assertThat(directory.getInt(0)).isEqualTo(0xfade0c02);
        assertThat(directory.getInt(8)).isEqualTo(0x20400);
        assertThat(directory.getInt(32)).as("signed is all before").isEqualTo(signature);
        assertThat(directory.get(36)).isEqualTo((byte) 32);
        assertThat(directory.get(37)).isEqualTo((byte) 2);
        int page = 1 << directory.get(39);
        int digests = directory.getInt(16);
        assertThat(directory.getInt(28)).isEqualTo((signature + page - 1) / page);
        for (int i = 0; i < directory.getInt(28); i++) {
            byte[] expected = sha256(Arrays.copyOfRange(slice, i * page, Math.min(signature, (i + 1) * page)));
            assertThat(bytes(directory, digests + 32 * i, 32)).as("page " + i).isEqualTo(expected);
        }
        assertThat(directory.getInt(24)).isEqualTo(2);
        assertThat(bytes(directory, digests - 64, 32)).isEqualTo(sha256(bytes(parts.get(2), 0, 12)));
        assertThat(bytes(directory, digests - 32, 32)).isEqualTo(new byte[32]);
        int name = directory.getInt(20);
        int end = name;
        while (directory.get(end) != 0) {
            end++;
        }
        String identifier = new String(bytes(directory, name, end - name), StandardCharsets.UTF_8);
        return new CodeSignature(identifier, directory.getInt(12), directory.getLong(72), directory.getLong(80));
    }

    private static byte[] bytes(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
