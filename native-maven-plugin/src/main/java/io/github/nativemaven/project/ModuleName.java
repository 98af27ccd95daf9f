package io.github.nativemaven.project;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The full name of an extension module: {@code my_fast_lib}, {@code pkg.sub._core}.
 *
 * @param segments one or more Python identifiers
 */
public record ModuleName(List<String> segments) {
    public ModuleName {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a dotted name.
     *
     * @throws MalformedException where a part is no Python identifier
     */
    public static ModuleName parse(String text) {
        List<String> segments = List.of(text.split("\\.", -1));
        for (String segment : segments) {
            if (Identifiers.isKeyword(segment)) {
                throw new MalformedException(
                        "module name", text, segment + " is a word of Python's own, which no module can be called");
            }
            if (!Identifiers.isIdentifier(segment)) {
                String hint = segment.contains("-")
                        ? "a '-' can't stand in a module's name; write " + text.replace('-', '_')
                        : "each part must be a Python identifier, such as my_package._core";
                throw new MalformedException("module name", text, hint);
            }
        }
        return new ModuleName(segments);
    }

    /** The last part: what {@code PyInit_} is followed by. */
    public String last() {
        return segments.get(segments.size() - 1);
    }

    /** The first part: the package, or the module itself. */
    public String first() {
        return segments.get(0);
    }

    /** Whether the module lies in a package. */
    public boolean isDotted() {
        return segments.size() > 1;
    }

    /** The directory of the package that holds the module, with {@code /}: {@code pkg/sub}; empty where there is none. */
    public String packagePath() {
        return segments.subList(0, segments.size() - 1).stream().collect(Collectors.joining("/"));
    }

    @Override
    public String toString() {
        return String.join(".", segments);
    }
}
