package io.github.nativemaven.install;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The file {@code direct_url.json}, which says where a distribution comes from that comes from no index.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/direct-url-data-structure/">direct URL data
 *     structure (PEP 610)</a>
 */
final class DirectUrl {
    static final String FILE = "direct_url.json";

    private DirectUrl() {}

    /** From a file. */
    static String ofArchive(Path archive, String hexSha256) {
        return written(json -> {
            json.beginObject().name("archive_info").beginObject();
            json.name("hash").value(Digests.SHA256 + "=" + hexSha256);
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
}
