package io.github.nativemaven.sdist;

import io.github.nativemaven.cargo.TomlEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A Cargo.toml that can be changed. As long as it isn't, it keeps its text; once it is, it is written anew, without its
 * author's formatting.
 *
 * @see <a href="https://doc.rust-lang.org/cargo/reference/manifest.html">the manifest format</a>
 */
final class CargoManifest {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");
    private static final List<String> KINDS = List.of("dependencies", "dev-dependencies", "build-dependencies");

    private final Path file;
    private final String text;
    private final Map<String, Object> document;
    private final String before;

    private CargoManifest(Path file, String text) {
        this.file = file;
        this.text = text;
        this.document = members(Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text));
        this.before = document.toString();
    }

    static CargoManifest read(Path file) throws IOException {
        return new CargoManifest(file, Files.readString(file));
    }

    Path directory() {
        return file.getParent();
    }

    /** The whole of it, to be changed at will. */
    Map<String, Object> document() {
        return document;
    }

    /** A table, where it is there. */
    @SuppressWarnings("unchecked")
    static Optional<Map<String, Object>> table(Map<String, Object> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> table ? Optional.of((Map<String, Object>) table) : Optional.empty();
    }

    /** The tables that name dependencies of this package: of every kind and platform, and replacements. */
    List<Map<String, Object>> dependencyTables() {
        List<Map<String, Object>> tables = new ArrayList<>(kinds(document));
        table(document, "target").ifPresent(targets -> targets.keySet()
                .forEach(target -> table(targets, target).ifPresent(found -> tables.addAll(kinds(found)))));
        tables.addAll(patchTables());
        return tables;
    }

    /** The tables that replace crates of a registry. */
    List<Map<String, Object>> patchTables() {
        List<Map<String, Object>> tables = new ArrayList<>();
        table(document, "patch").ifPresent(patches -> patches.keySet()
                .forEach(registry -> table(patches, registry).ifPresent(tables::add)));
        return tables;
    }

    private static List<Map<String, Object>> kinds(Map<String, Object> parent) {
        return KINDS.stream().flatMap(kind -> table(parent, kind).stream()).toList();
    }

    /** Changes each {@code path} of a table of dependencies. */
    static void replacePaths(Map<String, Object> dependencies, Function<String, String> replacement) {
        for (String name : dependencies.keySet()) {
            table(dependencies, name).ifPresent(each -> {
                if (each.get("path") instanceof String path) {
                    each.put("path", replacement.apply(path));
                }
            });
        }
    }

    /** Every {@code path} of a table of dependencies. */
    static List<String> paths(Map<String, Object> dependencies) {
        List<String> paths = new ArrayList<>();
        replacePaths(dependencies, path -> {
            paths.add(path);
            return path;
        });
        return paths;
    }

    /** The text: as it was, or written anew where something was changed. */
    String write() {
        return isChanged() ? written(document) : text;
    }

    boolean isChanged() {
        return !before.equals(document.toString());
    }

    /** Tables of the first level get headings, deeper ones stand in braces. */
    private static String written(Map<String, Object> document) {
        StringBuilder out = new StringBuilder();
        document.forEach((key, value) -> {
            if (!(value instanceof Map)) {
                out.append(name(key)).append(" = ").append(value(value)).append('\n');
            }
        });
        document.keySet().forEach(key -> table(document, key).ifPresent(table -> {
            out.append(out.isEmpty() ? "" : "\n").append('[').append(name(key)).append("]\n");
            table.forEach((member, value) ->
                    out.append(name(member)).append(" = ").append(value(value)).append('\n'));
        }));
        return out.toString();
    }

    private static String value(Object value) {
        if (value instanceof String string) {
            return TomlEdit.quoted(string);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CargoManifest::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> table) {
            return table.isEmpty()
                    ? "{}"
                    : table.entrySet().stream()
                            .map(member -> name((String) member.getKey()) + " = " + value(member.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        return String.valueOf(value);
    }

    private static String name(String key) {
        return BARE.matcher(key).matches() ? key : TomlEdit.quoted(key);
    }

    private static Map<String, Object> members(TomlTable table) {
        Map<String, Object> members = new LinkedHashMap<>();
        table.keySet().stream()
                .sorted(Comparator.comparing(
                        key -> table.inputPositionOf(List.of(key)),
                        Comparator.comparingInt(TomlPosition::line).thenComparingInt(TomlPosition::column)))
                .forEach(key -> members.put(key, plain(table.get(List.of(key)))));
        return members;
    }

    private static Object plain(Object value) {
        if (value instanceof TomlTable table) {
            return members(table);
        }
        if (value instanceof TomlArray array) {
            List<Object> items = new ArrayList<>();
            array.toList().forEach(item -> items.add(plain(item)));
            return items;
        }
        return value;
    }
}
