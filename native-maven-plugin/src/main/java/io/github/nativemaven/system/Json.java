package io.github.nativemaven.system;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON value: read with the streaming reader, because building Gson's adapters costs more than a build's whole share
 * of start-up.
 */
public final class Json {
    private static final Json NONE = new Json(null);

    private final Object value;

    private Json(Object value) {
        this.value = value;
    }

    /**
     * Reads one value.
     *
     * @throws IOException when the text is not JSON
     */
    public static Json read(Reader text) throws IOException {
        return read(text, Set.of());
    }

    /**
     * Reads one value, but for the members of some names, at any depth.
     *
     * @throws IOException when the text is not JSON
     */
    public static Json read(Reader text, Set<String> without) throws IOException {
        try (JsonReader reader = new JsonReader(text)) {
            Json json = new Json(value(reader, without));
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("more than one JSON value");
            }
            return json;
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Reads one value.
     *
     * @throws IOException when the text is not JSON
     */
    public static Json read(String text) throws IOException {
        return read(new StringReader(text));
    }

    private static Object value(JsonReader reader, Set<String> without) throws IOException {
        JsonToken token = reader.peek();
        switch (token) {
            case BEGIN_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    if (without.contains(name)) {
                        reader.skipValue();
                    } else {
                        members.put(name, value(reader, without));
                    }
                }
                reader.endObject();
                return members;
            }
            case BEGIN_ARRAY -> {
                List<Object> items = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    items.add(value(reader, without));
                }
                reader.endArray();
                return items;
            }
            case BOOLEAN -> {
                return reader.nextBoolean();
            }
            case NULL -> {
                reader.nextNull();
                return null;
            }
            default -> {
                return reader.nextString();
            }
        }
    }

    /** The member of an object; a value without content where there is none. */
    public Json get(String name) {
        return value instanceof Map<?, ?> map ? of(map.get(name)) : NONE;
    }

    /** The items of an array; none where this is no array. */
    public List<Json> items() {
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().map(Json::of).toList();
    }

    /** The members of an object, in order; none where this is no object. */
    public Map<String, Json> members() {
        Map<String, Json> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put((String) name, of(member)));
        }
        return members;
    }

    /** A string, or a number as it is written. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A string that has to be there; empty where it is not. */
    public String string() {
        return text().orElse("");
    }

    /** The strings of an array. */
    public List<String> strings() {
        return items().stream().map(Json::string).toList();
    }

    /** True only where this is {@code true}. */
    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    private static Json of(Object value) {
        return value == null ? NONE : new Json(value);
    }
}
