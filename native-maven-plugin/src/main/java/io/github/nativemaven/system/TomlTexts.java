package io.github.nativemaven.system;

import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** Parses TOML. */
public final class TomlTexts {
    private TomlTexts() {}

    /**
     * Parses a text. A byte order mark before its first character is passed over.
     *
     * @return empty where the parser fails instead of telling what is wrong, as it does with some texts that are no TOML: a
     *     control character in a comment of an inline table
     */
    public static Optional<TomlParseResult> parse(String text) {
        try {
            return Optional.of(Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
