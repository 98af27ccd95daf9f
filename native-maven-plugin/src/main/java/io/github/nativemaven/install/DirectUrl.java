package io.github.nativemaven.install;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code direct_url.json}, which says where a distribution comes from that comes from no index.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/direct-url-data-structure/">direct URL data
 *     structure (PEP 610)</a>
 */
final class DirectUrl {
    static final String FILE = "direct_url.json";

    private static final String LEGACY_PREFIX = Digests.SHA256 + "=";

    private DirectUrl() {}

    /** From a file. */
    static String ofArchive(Path archive, String hexSha256) {
        return written(json -> {
            json.beginObject().name("archive_info").beginObject();
            json.name("hash").value(LEGACY_PREFIX + hexSha256);
            json.name("hashes")
                    .beginObject()
                    .name(Digests.SHA256)
                    .value(hexSha256)
                    .endObject();
            json.endObject().name("url").value(url(archive)).endObject();
        });
    }

    /** From a source directory, whose files are used where they are. */
    static String ofEditable(Path directory) {
        return written(json -> {
            json.beginObject().name("dir_info").beginObject();
            json.name("editable").value(true);
            json.endObject().name("url").value(url(directory)).endObject();
        });
    }

    private interface Content {
        void write(JsonWriter json) throws IOException;
    }

    private static String written(Content content) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setHtmlSafe(false);
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A file's URL, all in ASCII, without the slash that a directory's gets when it is there. */
    private static String url(Path path) {
        String url = path.toAbsolutePath().normalize().toUri().toASCIIString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The SHA-256 of the archive, in hexadecimal digits, where the text says it. */
    static Optional<String> archiveSha256(String text) {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            return find(json, "");
        } catch (IOException | IllegalStateException | JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(JsonReader json, String path) throws IOException {
        Optional<String> found = Optional.empty();
        json.beginObject();
        while (json.hasNext()) {
            String member = path + "/" + json.nextName();
            if (json.peek() == JsonToken.BEGIN_OBJECT) {
                Optional<String> inside = find(json, member);
                found = found.or(() -> inside);
            } else if (json.peek() == JsonToken.STRING) {
                Optional<String> here = sha256(member, json.nextString());
                found = found.or(() -> here);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return found;
    }

    private static Optional<String> sha256(String member, String value) {
        if (member.equals("/archive_info/hash") && value.startsWith(LEGACY_PREFIX)) {
            return Optional.of(value.substring(LEGACY_PREFIX.length()));
        }
        return member.equals("/archive_info/hashes/sha256") ? Optional.of(value) : Optional.empty();
    }
}
