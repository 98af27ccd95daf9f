package io.github.nativemaven.check;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Files that should never leave the machine: told by their names, and private keys by what is in them. */
final class Secrets {
    private static final Set<String> NAMES = Set.of(
            ".env",
            ".pypirc",
            ".netrc",
            "_netrc",
            ".npmrc",
            ".git-credentials",
            ".htpasswd",
            ".pgpass",
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ed25519",
            "settings-security.xml",
            ".dockercfg");
    private static final Set<String> DIRECTORIES = Set.of(".git", ".ssh", ".gnupg", ".aws", ".kube");
    private static final Set<String> EXTENSIONS = Set.of("p12", "pfx", "jks", "keystore", "kdbx", "ppk");
    private static final Set<String> HARMLESS = Set.of(".env.example", ".env.sample", ".env.template", ".env.dist");
    private static final String BEGIN = "-----BEGIN ";
    private static final String PRIVATE = "PRIVATE KEY-----";
    private static final int LONGEST_KIND = 40;
    /** Headers as an encrypted key has them, and the first line of the data. */
    private static final int LONGEST_START = 1024;

    private static final int LINES_BEFORE_DATA = 4;
    private static final int SHORTEST_DATA = 40;

    private Secrets() {}

    /** Whether a file is among tests, where keys are made up, and there on purpose. */
    private static boolean isOfTests(String path) {
        return path.toLowerCase(Locale.ROOT).matches("(.*/)?(tests?|testing)/.*");
    }

    static boolean isSecretName(String path) {
        String[] parts = path.toLowerCase(Locale.ROOT).split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            if (DIRECTORIES.contains(parts[i])) {
                return true;
            }
        }
        String name = parts.length == 0 ? "" : parts[parts.length - 1];
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return NAMES.contains(name)
                || EXTENSIONS.contains(extension) && !isOfTests(path)
                || name.startsWith(".env.") && !HARMLESS.contains(name);
    }

    /** Whether a private key is in a file: its first line, and soon a line of what can only be the key. */
    static boolean hasPrivateKey(String path, byte[] bytes) {
        if (isOfTests(path)) {
            return false;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            // Never further: a file may begin a thousand keys and end none.
            int kind = part(text, at, LONGEST_KIND + PRIVATE.length()).indexOf(PRIVATE);
            if (kind >= 0 && dataFollows(part(text, at + kind + PRIVATE.length(), LONGEST_START))) {
                return true;
            }
        }
        return false;
    }

    private static String part(String text, int from, int length) {
        return text.substring(from, Math.min(from + length, text.length()));
    }

    private static boolean dataFollows(String text) {
        int start = text.indexOf('\n');
        for (int line = 0; line < LINES_BEFORE_DATA && start >= 0; line++) {
            int from = start + 1;
            int to = from;
            while (to < text.length() && to - from < SHORTEST_DATA && isBase64(text.charAt(to))) {
                to++;
            }
            if (to - from == SHORTEST_DATA) {
                return true;
            }
            start = text.indexOf('\n', from);
        }
        return false;
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=';
    }
}
