package io.github.nativemaven.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The digests that RECORD may use, and those of {@code direct_url.json}. */
final class Digests {
    static final String SHA256 = "sha256";

    private static final int BUFFER = 1 << 16;

    /** What RECORD may use: SHA-256 and better. */
    private static final Map<String, String> ALGORITHMS =
            Map.of(SHA256, "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

    private Digests() {}

    /** By the name that RECORD has for it; empty for one that RECORD may not use. */
    static Optional<MessageDigest> of(String algorithm) {
        return Optional.ofNullable(ALGORITHMS.get(algorithm)).map(Digests::instance);
    }

    static MessageDigest sha256() {
        return instance(ALGORITHMS.get(SHA256));
    }

    private static MessageDigest instance(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As RECORD has it: in the base 64 of URLs, without padding. */
    static String encoded(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** A file's SHA-256, in hexadecimal digits. */
    static String hexSha256(Path file) throws IOException {
        return HexFormat.of().formatHex(sha256(file));
    }

    /** A file's SHA-256: 32 bytes. */
    static byte[] sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return digest.digest();
    }
}
