package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * An ad-hoc signature: digests of a file's pages, which nobody vouches for. macOS on Apple's machines loads no file without
 * one. It depends on the file and its name alone.
 *
 * @param identifier the name of what is signed
 * @param limit the bytes of the file before the signature, which are signed
 * @param execOffset where the segment with the code begins
 * @param execSize its bytes
 * @param program whether it is a program, and no library
 * @param info the digest of the property list in the file, where there is one
 * @see <a href="https://github.com/apple-oss-distributions/xnu/blob/main/osfmk/kern/cs_blobs.h">code signing blobs</a>
 */
record MachOSignature(
        String identifier, long limit, long execOffset, long execSize, boolean program, Optional<byte[]> info) {
    private static final int SUPER_BLOB = 0xfade0cc0;
    private static final int CODE_DIRECTORY = 0xfade0c02;
    private static final int REQUIREMENTS = 0xfade0c01;
    private static final int CMS = 0xfade0b01;

    private static final int SLOT_DIRECTORY = 0;
    private static final int SLOT_REQUIREMENTS = 2;
    private static final int SLOT_CMS = 0x10000;

    private static final int WITH_EXEC_SEGMENT = 0x20400;
    private static final int FIXED = 88;
    private static final int AD_HOC = 0x2;
    private static final int SHA256 = 2;
    private static final int DIGEST = 32;
    private static final int PAGE_BITS = 12;
    private static final int MAIN_BINARY = 1;

    /** Those before the pages: the property list and the requirements. */
    private static final int SPECIAL = 2;

    /** A count and three places. */
    private static final int INDEX = 12 + 3 * 8;

    private static final byte[] NO_REQUIREMENTS =
            ByteBuffer.allocate(12).putInt(REQUIREMENTS).putInt(12).putInt(0).array();
    private static final byte[] NO_CMS =
            ByteBuffer.allocate(8).putInt(CMS).putInt(8).array();

    /** Gives the bytes of the file that is signed. */
    @FunctionalInterface
    interface Bytes {
        byte[] read(long at, int length) throws IOException;
    }

    private long pages() {
        return (limit + (1 << PAGE_BITS) - 1) >> PAGE_BITS;
    }

    private byte[] name() {
        return (identifier + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private long directorySize() {
        return FIXED + name().length + (SPECIAL + pages()) * DIGEST;
    }

    /** Its bytes, a multiple of 16. */
    long size() {
        return (INDEX + directorySize() + NO_REQUIREMENTS.length + NO_CMS.length + 15) / 16 * 16;
    }

    /**
     * Makes it.
     *
     * @param file the file as it is before the signature
     */
    byte[] of(Bytes file) throws IOException {
        int size = Math.toIntExact(size());
        int directory = Math.toIntExact(directorySize());
        int behind = INDEX + directory;
        ByteBuffer blob = ByteBuffer.allocate(size);
        blob.putInt(SUPER_BLOB).putInt(behind + NO_REQUIREMENTS.length + NO_CMS.length);
        blob.putInt(3);
        blob.putInt(SLOT_DIRECTORY).putInt(INDEX);
        blob.putInt(SLOT_REQUIREMENTS).putInt(behind);
        blob.putInt(SLOT_CMS).putInt(behind + NO_REQUIREMENTS.length);
        putDirectory(blob, directory, file);
        blob.put(NO_REQUIREMENTS).put(NO_CMS);
        return blob.array();
    }

    private void putDirectory(ByteBuffer blob, int size, Bytes file) throws IOException {
        byte[] name = name();
        blob.putInt(CODE_DIRECTORY).putInt(size).putInt(WITH_EXEC_SEGMENT).putInt(AD_HOC);
        blob.putInt(FIXED + name.length + SPECIAL * DIGEST).putInt(FIXED);
        blob.putInt(SPECIAL).putInt((int) pages()).putInt((int) limit);
        blob.put((byte) DIGEST).put((byte) SHA256).put((byte) 0).put((byte) PAGE_BITS);
        // Spare, scatter, team, spare, and the limit of files that are larger than 4 GB.
        blob.putInt(0).putInt(0).putInt(0).putInt(0).putLong(0);
        blob.putLong(execOffset).putLong(execSize).putLong(program ? MAIN_BINARY : 0);
        blob.put(name);
        MessageDigest sha256 = sha256();
        blob.put(sha256.digest(NO_REQUIREMENTS));
        blob.put(info.orElse(new byte[DIGEST]));
        for (long at = 0; at < limit; at += 1 << PAGE_BITS) {
            blob.put(sha256.digest(file.read(at, (int) Math.min(1 << PAGE_BITS, limit - at))));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
