package io.github.nativemaven.project;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A value and where it came from.
 *
 * @param value the value
 * @param origin what the user would have to edit, in the user's words: {@code -Drust.profile}, {@code <cargo><profile>},
 *     {@code [tool.maturin] module-name in pyproject.toml}, {@code default}
 */
public record Setting<T>(T value, String origin) {
    /** The origin of what nobody set. */
    public static final String DEFAULT = "default";

    /** A value that nobody set. */
    public static <T> Setting<T> byDefault(T value) {
        return new Setting<>(value, DEFAULT);
    }

    /** The first that is there. */
    @SafeVarargs
    public static <T> Optional<Setting<T>> first(Supplier<Optional<Setting<T>>>... sources) {
        for (Supplier<Optional<Setting<T>>> source : sources) {
            Optional<Setting<T>> found = source.get();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Another value of the same origin. */
    public <R> Setting<R> map(Function<T, R> mapper) {
        return new Setting<>(mapper.apply(value), origin);
    }

    /** Whether somebody set it. */
    public boolean isSet() {
        return !origin.equals(DEFAULT);
    }
}
