package io.github.nativemaven.stubs;

import io.github.nativemaven.system.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Python expressions of one stub file: types, default values and decorators, from their syntax trees. */
final class Expressions {
    private static final String BUILTINS = "builtins";

    private final String module;
    private final Map<String, Place> classes;
    private final Set<String> taken;
    private final SortedSet<String> imports = new TreeSet<>();

    /**
     * Where a class is.
     *
     * @param module the full name of its module
     * @param name its name there, with dots where it is in another class
     */
    record Place(String module, String name) {}

    /**
     * @param module the full name of the file's module
     * @param classes all classes of the library, by id
     * @param taken names that the file defines, which hide Python's own
     */
    Expressions(String module, Map<String, Place> classes, Set<String> taken) {
        this.module = module;
        this.classes = classes;
        this.taken = taken;
    }

    /** The modules that the expressions so far need, sorted. */
    SortedSet<String> imports() {
        return imports;
    }

    /** {@code typing.Any}, or the like. */
    String imported(String from, String name) {
        imports.add(from);
        return from + "." + name;
    }

    String write(Json tree) {
        return switch (tree.get("type").string()) {
            case "name" -> tree.get("id").string();
            case "attribute" -> attribute(tree);
            case "id" -> named(tree.get("id").string());
            case "constant" -> constant(tree);
            case "binop" -> write(tree.get("left")) + " | " + write(tree.get("right"));
            case "subscript" -> write(tree.get("value")) + "[" + index(tree.get("slice")) + "]";
            case "tuple" -> tuple(tree.get("elts").items());
            case "list" -> "[" + items(tree.get("elts").items()) + "]";
            default -> unknown();
        };
    }

    /** A decorator of a member: {@code @value.setter} names a neighbour in its class. */
    String decorator(Json tree) {
        Json value = tree.get("value");
        boolean neighbour = value.get("type").string().equals("attribute")
                && value.get("value").get("type").string().equals("id");
        return neighbour ? value.get("attr").string() + "." + tree.get("attr").string() : write(tree);
    }

    private String attribute(Json tree) {
        Json value = tree.get("value");
        String name = tree.get("attr").string();
        if (!value.get("type").string().equals("name")) {
            return write(value) + "." + name;
        }
        String from = value.get("id").string();
        return from.equals(BUILTINS) && !taken.contains(name) ? name : imported(from, name);
    }

    private String named(String id) {
        Place place = classes.get(id);
        if (place == null) {
            return unknown();
        }
        return place.module().equals(module) ? place.name() : imported(place.module(), place.name());
    }

    /** The type of what nobody says anything of. */
    String unknown() {
        return imported("typing", "Any");
    }

    private String constant(Json tree) {
        return switch (tree.get("kind").string()) {
            case "none" -> "None";
            case "bool" -> tree.get("value").isTrue() ? "True" : "False";
            case "int", "float" -> tree.get("value").string();
            case "str" -> quoted(tree.get("value").string());
            default -> "...";
        };
    }

    private String index(Json slice) {
        boolean several = slice.get("type").string().equals("tuple")
                && !slice.get("elts").items().isEmpty();
        return several ? items(slice.get("elts").items()) : write(slice);
    }

    private String tuple(List<Json> items) {
        return "(" + items(items) + (items.size() == 1 ? ",)" : ")");
    }

    private String items(List<Json> items) {
        return items.stream().map(this::write).collect(Collectors.joining(", "));
    }

    /** A text as a Python string in one line. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format("\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
