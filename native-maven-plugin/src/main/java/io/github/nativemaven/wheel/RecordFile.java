package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The file {@code RECORD} of a wheel or of an installed distribution: every file of it, with hash and size.
 *
 * @param rows in the order of the file
 * @see <a href="https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file">The RECORD file (PEP 376)</a>
 */
public record RecordFile(List<Row> rows) {

    public RecordFile {
        rows = List.copyOf(rows);
    }

    /**
     * One file.
     *
     * @param path with {@code /}; below the directory that has the {@code .dist-info} in it, or else absolute
     * @param hash of its content; nothing for RECORD itself
     * @param size its length in bytes; nothing for RECORD itself
     */
    public record Row(String path, Optional<Hash> hash, OptionalLong size) {
        /** @throws MalformedException for an empty path */
        public Row {
            if (path.isEmpty()) {
                throw new MalformedException("path in RECORD", path, "expected at least one character");
            }
            if (size.isPresent() && size.getAsLong() < 0) {
                throw new MalformedException(
                        "size in RECORD", Long.toString(size.getAsLong()), "expected bytes, zero or more");
            }
        }

        /** A file with this content. */
        public static Row of(String path, byte[] content) {
            return new Row(path, Optional.of(Hash.sha256(content)), OptionalLong.of(content.length));
        }

        /** A file about which nothing is said: RECORD itself. */
        public static Row bare(String path) {
            return new Row(path, Optional.empty(), OptionalLong.empty());
        }

        private String line() {
            return quoted(path)
                    + "," + hash.map(Hash::toString).orElse("")
                    + "," + (size.isPresent() ? size.getAsLong() : "")
                    + "\n";
        }
    }

    /**
     * What a content hashes to: {@code sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU}.
     *
     * @param algorithm its name in Python: letters, digits, {@code _} and {@code -}
     * @param digest in the base 64 of URLs, without padding
     */
    public record Hash(String algorithm, String digest) {
        private static final String SHA256 = "sha256";
        private static final int SHA256_LENGTH = 43;

        /** @throws MalformedException when one of them is not of this form */
        public Hash {
            boolean named = !algorithm.isEmpty() && algorithm.chars().allMatch(Hash::isDigestPart);
            boolean encoded = !digest.isEmpty() && digest.chars().allMatch(Hash::isDigestPart);
            if (!named || !encoded || algorithm.equals(SHA256) && digest.length() != SHA256_LENGTH) {
                throw new MalformedException(
                        "hash",
                        algorithm + "=" + digest,
                        "expected an algorithm, '=' and a digest in URL-safe base 64 without padding");
            }
        }

        private static boolean isDigestPart(int c) {
            return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
        }

        /** The SHA-256 of a content. */
        public static Hash sha256(byte[] content) {
            try {
                return ofSha256(MessageDigest.getInstance("SHA-256").digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** A SHA-256 that was computed elsewhere: 32 bytes. */
        public static Hash ofSha256(byte[] digest) {
            return new Hash(SHA256, Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        }

        static Hash parse(String text) {
            int equals = text.indexOf('=');
            return equals < 0 ? new Hash("", text) : new Hash(text.substring(0, equals), text.substring(equals + 1));
        }

        @Override
        public String toString() {
            return algorithm + "=" + digest;
        }
    }

    /** The text of the file; a path that needs quotes is quoted as CSV has it. */
    public String write() {
        return rows.stream().map(Row::line).collect(Collectors.joining());
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /**
     * Reads such a file, with line ends of any kind. Empty lines are passed over.
     *
     * @throws MalformedException for a row that is not a path, a hash and a size, with its number
     */
    public static RecordFile parse(String text) {
        List<Row> rows = new ArrayList<>();
        CsvReader reader = new CsvReader(text);
        while (!reader.atEnd()) {
            List<String> fields = reader.line();
            if (!fields.equals(List.of(""))) {
                rows.add(row(fields, reader.number));
            }
        }
        return new RecordFile(rows);
    }

    private static Row row(List<String> fields, int number) {
        if (fields.size() != 3) {
            throw malformed(fields, number, "expected a path, a hash and a size with commas between them");
        }
        try {
            Optional<Hash> hash =
                    Optional.of(fields.get(1)).filter(h -> !h.isEmpty()).map(Hash::parse);
            return new Row(fields.get(0), hash, size(fields.get(2)));
        } catch (MalformedException e) {
            throw malformed(fields, number, e.kind() + " '" + e.input() + "': " + e.reason());
        }
    }

    private static OptionalLong size(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return OptionalLong.of(Long.parseLong(text));
            }
        } catch (NumberFormatException e) {
            // Told below: larger than any file.
        }
        throw new MalformedException("size", text, "expected a number of bytes");
    }

    private static MalformedException malformed(List<String> fields, int number, String reason) {
        return new MalformedException("row " + number + " of RECORD", String.join(",", fields), reason);
    }

    /** Reads fields with commas between them; a field in quotes may have anything in it, a quote twice. */
    private static final class CsvReader {
        private final String text;
        private int at;
        private int number;

        CsvReader(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at == text.length();
        }

        List<String> line() {
            number++;
            List<String> fields = new ArrayList<>();
            do {
                fields.add(!atEnd() && text.charAt(at) == '"' ? quotedField() : plainField());
            } while (take(','));
            if (!atEnd() && !takeLineEnd()) {
                throw malformed(fields, number, "expected a comma or the end of the line after a quote");
            }
            return fields;
        }

        private boolean takeLineEnd() {
            boolean carriageReturn = take('\r');
            return take('\n') || carriageReturn;
        }

        private String plainField() {
            int start = at;
            while (!atEnd() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quotedField() {
            StringBuilder field = new StringBuilder();
            at++;
            while (true) {
                int quote = text.indexOf('"', at);
                if (quote < 0) {
                    throw malformed(List.of(text.substring(at)), number, "expected a closing quote");
                }
                field.append(text, at, quote);
                at = quote + 1;
                if (!take('"')) {
                    return field.toString();
                }
                field.append('"');
            }
        }

        private boolean take(char c) {
            boolean here = !atEnd() && text.charAt(at) == c;
            at += here ? 1 : 0;
            return here;
        }
    }
}
