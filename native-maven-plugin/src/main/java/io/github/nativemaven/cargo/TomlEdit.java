package io.github.nativemaven.cargo;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.TomlTexts;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Replaces strings in a TOML text, and leaves every other character as it is. */
public final class TomlEdit {
    private String text;

    private TomlEdit(String text) {
        this.text = text;
    }

    /** @param text a TOML document, with or without a byte order mark */
    public static TomlEdit of(String text) {
        return new TomlEdit(text);
    }

    /** The string at a path of keys, where there is one. */
    public Optional<String> string(List<String> path) {
        return owner(parse(), path)
                .flatMap(table -> Optional.ofNullable(table.get(last(path))))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /**
     * Replaces the string at a path of keys.
     *
     * @return whether there is such a string, written in one line
     */
    public boolean replace(List<String> path, String value) {
        return string(path).isPresent()
                && replaceAt(owner(parse(), path).orElseThrow().inputPositionOf(last(path)), value, () -> string(path));
    }

    /**
     * Replaces the version of a package in a Cargo.lock that comes from no registry.
     *
     * @return whether there is such a package
     */
    public boolean replaceLocked(String name, String from, String to) {
        List<Object> packages = packages();
        for (int i = 0; i < packages.size(); i++) {
            if (packages.get(i) instanceof TomlTable each
                    && name.equals(text(each, "name"))
                    && from.equals(text(each, "version"))
                    && each.get(List.of("source")) == null) {
                int index = i;
                return replaceAt(each.inputPositionOf("version"), to, () -> Optional.of(
                                packages().get(index))
                        .filter(TomlTable.class::isInstance)
                        .map(it -> text((TomlTable) it, "version")));
            }
        }
        return false;
    }

    /** Those of a Cargo.lock; none where they are no array. */
    private List<Object> packages() {
        return parse().get(List.of("package")) instanceof TomlArray packages ? packages.toList() : List.of();
    }

    /** The string of a key; null where it is none. */
    private static String text(TomlTable table, String key) {
        return table.get(List.of(key)) instanceof String text ? text : null;
    }

    /** The document as it is now. */
    public String text() {
        return text;
    }

    /** A text as a string of TOML in one line, with its quotes. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7F) {
                quoted.append(String.format("\\u%04X", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private TomlTable parse() {
        TomlParseResult result = TomlTexts.parse(text)
                .orElseThrow(() -> new MalformedException(
                        "TOML document", text.lines().findFirst().orElse(""), "it is none"));
        if (result.hasErrors()) {
            throw new MalformedException(
                    "TOML document",
                    text.lines().findFirst().orElse(""),
                    result.errors().get(0).getMessage());
        }
        return result;
    }

    /** Where the document begins: behind the byte order mark. */
    private int start() {
        return text.startsWith("\uFEFF") ? 1 : 0;
    }

    private static Optional<TomlTable> owner(TomlTable document, List<String> path) {
        TomlTable table = document;
        for (String key : path.subList(0, path.size() - 1)) {
            if (!(table.get(List.of(key)) instanceof TomlTable next)) {
                return Optional.empty();
            }
            table = next;
        }
        return Optional.of(table);
    }

    private static List<String> last(List<String> path) {
        return path.subList(path.size() - 1, path.size());
    }

    /** Replaces the value behind a key; what doesn't lead to the wanted value changes nothing. */
    private boolean replaceAt(TomlPosition key, String value, Supplier<Optional<String>> result) {
        int open = valueAfter(offset(key));
        int end = endOfString(open);
        if (end < 0) {
            return false;
        }
        String before = text;
        text = text.substring(0, open) + quoted(value) + text.substring(end);
        if (result.get().equals(Optional.of(value))) {
            return true;
        }
        text = before;
        return false;
    }

    /** The parser counts code points. */
    private int offset(TomlPosition position) {
        int line = start();
        for (int i = 1; i < position.line(); i++) {
            line = text.indexOf('\n', line) + 1;
        }
        return text.offsetByCodePoints(line, position.column() - 1);
    }

    /** The place of the value of the key at a place; the key's parts may be strings with anything in them. */
    private int valueAfter(int key) {
        int at = key;
        while (text.charAt(at) != '=') {
            int end = endOfString(at);
            at = end < 0 ? at + 1 : end;
        }
        do {
            at++;
        } while (text.charAt(at) == ' ' || text.charAt(at) == '\t');
        return at;
    }

    /** The place behind a string that begins at a place and ends in the same line; negative where there is none. */
    private int endOfString(int open) {
        char quote = text.charAt(open);
        if (quote != '"' && quote != '\''
                || text.startsWith(String.valueOf(quote).repeat(3), open)) {
            return -1;
        }
        int at = open + 1;
        while (text.charAt(at) != quote) {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
