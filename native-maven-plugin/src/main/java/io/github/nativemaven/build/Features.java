package io.github.nativemaven.build;

import java.util.List;
import java.util.Optional;

/**
 * Features of the project's crate for one unit.
 *
 * @param only those that are on instead of the project's, default features included; empty where the project's are on
 * @param besides those that are on besides
 */
public record Features(Optional<List<String>> only, List<String> besides) {
    /** The project's own. */
    public static final Features OF_PROJECT = new Features(Optional.empty(), List.of());

    public Features {
        only = only.map(List::copyOf);
        besides = List.copyOf(besides);
    }
}
