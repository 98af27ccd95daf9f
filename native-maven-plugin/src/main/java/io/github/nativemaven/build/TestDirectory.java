package io.github.nativemaven.build;

import java.nio.file.Path;

/**
 * Where tests are compiled: PyO3 is configured otherwise for them than for an extension, and switching that in one
 * directory would compile it anew each time.
 *
 * @param path cargo's target directory, absolute
 * @param label what the user sees in front of its lines
 */
public record TestDirectory(Path path, String label) {
    /** The directory of the tests beside a unit's own. */
    public static TestDirectory of(Unit unit) {
        return new TestDirectory(unit.directory().resolveSibling(unit.label() + "-test"), unit.label() + " test");
    }
}
