package io.github.nativemaven.python;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the probe's script printed: JSON, read into an {@link Interpreter}. */
final class ProbeAnswer {
    private static final String START = "<<interpreter";
    private static final String END = "interpreter>>";

    private final Map<String, Object> fields;

    private ProbeAnswer(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** The JSON among all that a process printed, which may be anything, before it and after it. */
    static Optional<String> find(String output) {
        int start = output.lastIndexOf(START);
        int end = start < 0 ? -1 : output.indexOf(END, start + START.length());
        return end < 0 ? Optional.empty() : Optional.of(output.substring(start + START.length(), end));
    }

    /** @throws IOException when it is not an object in JSON */
    static ProbeAnswer parse(String json) throws IOException {
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            return new ProbeAnswer(object(reader));
        } catch (IllegalStateException | JsonParseException | NumberFormatException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, Object> object(JsonReader reader) throws IOException {
        Map<String, Object> values = new HashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            values.put(reader.nextName(), value(reader));
        }
        reader.endObject();
        return values;
    }

    private static Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> list(reader);
            case BOOLEAN -> reader.nextBoolean();
            case NUMBER -> reader.nextInt();
            default -> reader.nextString();
        };
    }

    private static List<String> list(JsonReader reader) throws IOException {
        List<String> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            values.add(reader.nextString());
        }
        reader.endArray();
        return values;
    }

    /** The release, which every Python tells: {@code 2.7.18}. */
    String fullVersion() {
        return text("version");
    }

    /** The name of the implementation, which a Python that is too old is not asked for. */
    String implementation() {
        return text("implementation");
    }

    /** What Python takes for its own program. */
    Path executable() {
        return path("executable");
    }

    /**
     * The whole answer.
     *
     * @throws IllegalArgumentException when a field is missing, or is a text or path that it can't be
     * @throws ClassCastException when a field is of another kind
     */
    Interpreter interpreter(Path executable, Implementation implementation) {
        Optional<Path> shared = library("sharedLibraries");
        Optional<Path> fixed = library("staticLibraries");
        return new Interpreter(
                executable,
                implementation,
                PythonVersion.ofRelease(fullVersion()),
                fullVersion(),
                (Boolean) required("freeThreaded"),
                (Boolean) required("debug"),
                text("extensionSuffix"),
                text("soabi"),
                (Integer) required("pointerWidth"),
                text("platform"),
                shared,
                fixed,
                shared.or(() -> fixed).map(Path::getParent).orElseGet(this::firstLibraryDirectory),
                path("prefix"),
                path("basePrefix"),
                path("baseExecutable"),
                path("standardLibrary"),
                scheme(),
                markers());
    }

    /** The first name that is there, in the first directory that has it: looked up anew, since packages come and go. */
    private Optional<Path> library(String field) {
        List<String> directories = texts("libraryDirectories");
        return texts(field).stream()
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Path firstLibraryDirectory() {
        return texts("libraryDirectories").stream()
                .findFirst()
                .map(Path::of)
                .orElseThrow(() -> new IllegalArgumentException("no directory in libraryDirectories"));
    }

    private InstallScheme scheme() {
        ProbeAnswer scheme = new ProbeAnswer(nested("scheme"));
        return new InstallScheme(
                scheme.path("purelib"),
                scheme.path("platlib"),
                scheme.path("scripts"),
                scheme.path("data"),
                scheme.path("headers"));
    }

    private Map<String, String> markers() {
        Map<String, String> markers = new HashMap<>();
        nested("markers").forEach((name, value) -> markers.put(name, (String) value));
        return markers;
    }

    private Path path(String field) {
        return Path.of(text(field));
    }

    private String text(String field) {
        return (String) required(field);
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String field) {
        return (List<String>) required(field);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> nested(String field) {
        return (Map<String, Object>) required(field);
    }

    private Object required(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("no " + field);
        }
        return value;
    }
}
