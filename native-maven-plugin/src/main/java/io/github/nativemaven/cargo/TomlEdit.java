package io.github.nativemaven.cargo;

import io.github.nativemaven.platform.MalformedException;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
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
        return parse().get(path) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    /**
     * Replaces the string at a path of keys.
     *
     * @return whether there is such a string, written in one line
     */
    public boolean replace(List<String> path, String value) {
        TomlTable document = parse();
        return document.get(path) instanceof String && replaceAt(document.inputPositionOf(path), value);
    }

    /**
     * Replaces the version of a package in a Cargo.lock that comes from no registry.
     *
     * @return whether there is such a package
     */
    public boolean replaceLocked(String name, String from, String to) {
        TomlArray packages = parse().getArrayOrEmpty("package");
        for (int i = 0; i < packages.size(); i++) {
            TomlTable each = packages.getTable(i);
            boolean ours = name.equals(each.getString("name")) && !each.contains("source");
            if (ours && from.equals(each.getString("version"))) {
                return replaceAt(each.inputPositionOf("version"), to);
            }
        }
        return false;
    }

    /** The document as it is now. */
    public String text() {
        return text;
    }

    private TomlTable parse() {
        TomlParseResult result = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (result.hasErrors()) {
            throw new MalformedException(
                    "TOML document",
                    text.lines().findFirst().orElse(""),
                    result.errors().get(0).getMessage());
        }
        return result;
    }

    /** The value begins with the first quote after the key's equals sign, and ends with the next of its kind. */
    private boolean replaceAt(TomlPosition key, String value) {
        int line = text.startsWith("\uFEFF") && key.line() == 1 ? 1 : 0;
        for (int i = 1; i < key.line(); i++) {
            line = text.indexOf('\n', line) + 1;
        }
        int equals = text.indexOf('=', line + key.column() - 1);
        int open = equals + 1;
        while (open < text.length() && (text.charAt(open) == ' ' || text.charAt(open) == '\t')) {
            open++;
        }
        char quote = text.charAt(open);
        int close = text.indexOf(quote, open + 1);
        if (quote != '"' && quote != '\'' || close < 0) {
            return false;
        }
        text = text.substring(0, open) + '"' + value + '"' + text.substring(close + 1);
        return true;
    }
}
