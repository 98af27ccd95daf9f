package io.github.nativemaven.project;

import io.github.nativemaven.system.TomlTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a TOML file whose values are asked for by type. A value of another type is a {@link ProjectProblem} that
 * names file, line and key.
 */
final class Toml {
    private final Path file;
    private final String path;
    private final TomlTable table;
    private final int at;

    private Toml(Path file, String path, TomlTable table, int at) {
        this.at = at;
        this.file = file;
        this.path = path;
        this.table = table;
    }

    /** Reads a file. A byte order mark before its first character is passed over. */
    static Toml read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ProjectProblem.InvalidFile(file, 0, "", "is not in UTF-8, as TOML must be").asFailure(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Toml parse(Path file, String text) {
        TomlParseResult result = TomlTexts.parse(text)
                .orElseThrow(() -> new ProjectProblem.InvalidFile(file, 0, "", "is no TOML").asFailure());
        if (result.hasErrors()) {
            TomlParseError first = result.errors().get(0);
            throw new ProjectProblem.InvalidFile(file, first.position().line(), "", first.getMessage()).asFailure();
        }
        return new Toml(file, "", result, 0);
    }

    /** A table in this one, where it is there. */
    Optional<Toml> table(String key) {
        return value(key, TomlTable.class, "a table").map(found -> new Toml(file, name(key), found, line(key)));
    }

    Optional<String> string(String key) {
        return value(key, String.class, "a string");
    }

    Optional<Boolean> bool(String key) {
        return value(key, Boolean.class, "true or false");
    }

    Optional<List<String>> strings(String key) {
        return value(key, TomlArray.class, "an array of strings").map(array -> {
            List<String> strings = new ArrayList<>();
            for (Object item : array.toList()) {
                if (!(item instanceof String string)) {
                    throw invalid(key, "expected an array of strings, found " + item + " in it");
                }
                strings.add(string);
            }
            return strings;
        });
    }

    /** The items of an array, whatever they are. */
    List<Object> items(String key) {
        return value(key, TomlArray.class, "an array").map(TomlArray::toList).orElse(List.of());
    }

    /** The tables of an array of tables. */
    List<Toml> tables(String key) {
        List<Toml> tables = new ArrayList<>();
        value(key, TomlArray.class, "an array of tables").ifPresent(array -> {
            for (Object item : array.toList()) {
                if (!(item instanceof TomlTable each)) {
                    throw invalid(key, "expected tables, found " + item);
                }
                tables.add(new Toml(file, name(key), each, line(key)));
            }
        });
        return tables;
    }

    /**
     * An item of an array, which knows where it stands.
     *
     * @param value a string, a table, or whatever else TOML has
     * @param line its line, from 1
     */
    record Element(Path file, String name, Object value, int line) {
        /** The text, where it is one. */
        Optional<String> string() {
            return value instanceof String text ? Optional.of(text) : Optional.empty();
        }

        /** The table that it must be. */
        Toml table(String expected) {
            if (value instanceof TomlTable table) {
                return new Toml(file, name, table, line);
            }
            throw invalid("expected " + expected + ", found " + value);
        }

        /** File, line and key, for a person. */
        String origin() {
            return file.getFileName() + ":" + line + " " + name;
        }

        RuntimeException invalid(String reason) {
            return new ProjectProblem.InvalidFile(file, line, name, reason).asFailure();
        }
    }

    /** The items of an array, whatever they are, with their places. */
    List<Element> elements(String key) {
        return value(key, TomlArray.class, "an array")
                .map(array -> {
                    List<Element> elements = new ArrayList<>();
                    for (int i = 0; i < array.size(); i++) {
                        int line = array.inputPositionOf(i).line();
                        elements.add(new Element(file, name(key), array.get(i), line));
                    }
                    return elements;
                })
                .orElse(List.of());
    }

    /** Requires that there are no other members. */
    void only(String... known) {
        for (String key : keys()) {
            if (!List.of(known).contains(key)) {
                throw invalid(key, "is no setting; did you mean " + Spelling.nearest(key, List.of(known)) + "?");
            }
        }
    }

    /** File, line and key of a member, for a person: {@code pyproject.toml:12 tool.maturin.strip}. */
    String origin(String key) {
        return file.getFileName() + ":" + line(key) + " " + name(key);
    }

    /** All members, which must be strings. */
    Map<String, String> stringMap() {
        Map<String, String> members = new LinkedHashMap<>();
        for (String key : keys()) {
            members.put(key, string(key).orElseThrow());
        }
        return members;
    }

    /** The names of the members, in the file's order. */
    List<String> keys() {
        return table.keySet().stream()
                .sorted(Comparator.comparingInt(this::line))
                .toList();
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    boolean isString(String key) {
        return table.get(List.of(key)) instanceof String;
    }

    boolean isArray(String key) {
        return table.get(List.of(key)) instanceof TomlArray;
    }

    boolean isTable(String key) {
        return table.get(List.of(key)) instanceof TomlTable;
    }

    /** The line of a member, from 1; where it isn't there, the line of this table, 0 for the file itself. */
    int line(String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? at : position.line();
    }

    /** A problem with one member. */
    RuntimeException invalid(String key, String reason) {
        return new ProjectProblem.InvalidFile(file, line(key), name(key), reason).asFailure();
    }

    /** The full name of a member: {@code project.name}. */
    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Path file() {
        return file;
    }

    private <T> Optional<T> value(String key, Class<T> type, String expected) {
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw invalid(key, "expected " + expected + ", found " + value);
        }
        return Optional.of(type.cast(value));
    }
}
