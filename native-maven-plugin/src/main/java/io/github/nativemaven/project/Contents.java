package io.github.nativemaven.project;

import io.github.nativemaven.project.Maturin.FileRule;
import java.util.List;
import java.util.Optional;

/**
 * What goes into a project's archives besides what it has by itself, as it was asked for.
 *
 * @param modules further extension modules of the wheel, each {@code pkg._fast=crate}, or {@code pkg._fast} for one of
 *     the project's own library
 * @param include files that are shipped besides; empty for those of pyproject.toml
 * @param exclude files that are not shipped; empty for those of pyproject.toml
 * @param stubs where stubs of what was compiled go: {@code off}, {@code wheel} or {@code source}
 * @param debugSymbols whether debug information is kept beside the wheels
 * @param vendor whether the source distribution has the sources of all crates in it
 */
public record Contents(
        Optional<Setting<List<String>>> modules,
        Optional<List<FileRule>> include,
        Optional<List<FileRule>> exclude,
        Optional<Setting<String>> stubs,
        boolean debugSymbols,
        boolean vendor) {
    /** Nothing was asked for. */
    public static final Contents NONE =
            new Contents(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
}
