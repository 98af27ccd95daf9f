package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Identifiers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file {@code entry_points.txt}: commands and plug-ins of a distribution.
 *
 * @param groups names of groups to names of entry points to the objects, sorted by the names
 * @see <a href="https://packaging.python.org/en/latest/specifications/entry-points/">Entry points</a>
 */
public record EntryPoints(SortedMap<String, SortedMap<String, Reference>> groups) {
    /** The group of commands that have a terminal. */
    public static final String CONSOLE_SCRIPTS = "console_scripts";

    /** The group of commands that have none on Windows. */
    public static final String GUI_SCRIPTS = "gui_scripts";

    private static final Set<String> SCRIPTS = Set.of(CONSOLE_SCRIPTS, GUI_SCRIPTS);

    /** @throws MalformedException for an invalid name, or a command that is no function */
    public EntryPoints {
        TreeMap<String, SortedMap<String, Reference>> copy = new TreeMap<>();
        groups.forEach((group, entries) -> {
            checkGroup(group);
            entries.forEach((name, reference) -> checkEntry(group, name, reference));
            if (!entries.isEmpty()) {
                copy.put(group, Collections.unmodifiableSortedMap(new TreeMap<>(entries)));
            }
        });
        groups = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Reads names and objects as {@code pyproject.toml} has them: {@code my-tool} to {@code pkg.cli:main}.
     *
     * @param texts names of groups to names of entry points to objects; groups without entries are passed over
     * @throws MalformedException when one of them is malformed
     */
    public static EntryPoints of(Map<String, Map<String, String>> texts) {
        TreeMap<String, SortedMap<String, Reference>> groups = new TreeMap<>();
        texts.forEach((group, entries) -> {
            TreeMap<String, Reference> references = new TreeMap<>();
            entries.forEach((name, object) -> references.put(name, Reference.parse(object)));
            groups.put(group, references);
        });
        return new EntryPoints(groups);
    }

    private static void checkGroup(String group) {
        boolean words = Arrays.stream(group.split("\\.", -1))
                .allMatch(word -> !word.isEmpty() && word.codePoints().allMatch(EntryPoints::isWordPart));
        if (!words) {
            throw new MalformedException(
                    "entry point group", group, "expected letters, digits and '_' with dots between them");
        }
    }

    private static boolean isWordPart(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static void checkEntry(String group, String name, Reference reference) {
        boolean script = SCRIPTS.contains(group);
        if (!isName(name) || script && (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0)) {
            throw new MalformedException(
                    "entry point name in " + group,
                    name,
                    "expected letters, digits, '.', '_' and '-'; it must not be empty, have '=' or a line break"
                            + (script ? " or a slash" : "")
                            + " in it, begin with '[', '#' or ';', or have space around it");
        }
        if (script && reference.attributes().isEmpty()) {
            throw new MalformedException(
                    "entry point " + name + " in " + group,
                    reference.toString(),
                    "expected a function: module:function");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.equals(name.strip())
                && "[#;".indexOf(name.charAt(0)) < 0
                && name.chars().noneMatch(c -> c == '=' || Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    /**
     * A Python object: {@code pkg.cli:main}.
     *
     * @param module the module to import, with dots
     * @param attributes what to take from it, with dots; empty for the module itself
     * @param extras extras that it needs, normalised, sorted; no longer recommended
     */
    public record Reference(String module, String attributes, List<String> extras) {
        private static final String KIND = "object reference";
        private static final String ACCEPTED = "expected package.module or package.module:object.attribute,"
                + " each part a Python identifier, and [extra, …] after it at most";

        /** @throws MalformedException when a part is not of this form */
        public Reference {
            if (!Identifiers.isDotted(module) || !attributes.isEmpty() && !Identifiers.isDotted(attributes)) {
                throw new MalformedException(KIND, module + ":" + attributes, ACCEPTED);
            }
            extras = extras.stream()
                    .map(extra -> new DistributionName(extra).normalized())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /**
         * Reads a reference.
         *
         * @throws MalformedException when it is none
         */
        public static Reference parse(String text) {
            try {
                String rest = text.strip();
                int bracket = rest.indexOf('[');
                List<String> extras = List.of();
                if (bracket >= 0 && rest.endsWith("]")) {
                    extras = extras(rest.substring(bracket + 1, rest.length() - 1));
                    rest = rest.substring(0, bracket);
                }
                int colon = rest.indexOf(':');
                return colon < 0
                        ? new Reference(rest.strip(), "", extras)
                        : new Reference(
                                rest.substring(0, colon).strip(), attributes(rest.substring(colon + 1)), extras);
            } catch (MalformedException e) {
                throw new MalformedException(KIND, text, ACCEPTED);
            }
        }

        private static String attributes(String text) {
            if (text.isBlank()) {
                throw new MalformedException(KIND, text, ACCEPTED);
            }
            return text.strip();
        }

        private static List<String> extras(String text) {
            return text.isBlank()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }

        @Override
        public String toString() {
            return module
                    + (attributes.isEmpty() ? "" : ":" + attributes)
                    + (extras.isEmpty() ? "" : " [" + String.join(",", extras) + "]");
        }
    }

    /** The text of the file; empty when there are no entry points, and then there is no need for the file. */
    public String write() {
        StringBuilder text = new StringBuilder();
        groups.forEach((group, entries) -> {
            text.append(text.isEmpty() ? "[" : "\n[").append(group).append("]\n");
            entries.forEach((name, reference) ->
                    text.append(name).append(" = ").append(reference).append('\n'));
        });
        return text.toString();
    }

    /**
     * Reads such a file.
     *
     * @throws MalformedException for a line that is neither a group, an entry point, a comment nor empty, and for a
     *     group or an entry point that is there twice
     */
    public static EntryPoints parse(String text) {
        TreeMap<String, SortedMap<String, Reference>> groups = new TreeMap<>();
        SortedMap<String, Reference> entries = null;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                entries = group(groups, line);
            } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
                readEntry(entries, line);
            }
        }
        return new EntryPoints(groups);
    }

    private static SortedMap<String, Reference> group(
            SortedMap<String, SortedMap<String, Reference>> groups, String line) {
        SortedMap<String, Reference> entries = new TreeMap<>();
        if (!line.endsWith("]") || groups.put(line.substring(1, line.length() - 1), entries) != null) {
            throw malformed(line, "expected [group], each group once");
        }
        return entries;
    }

    private static void readEntry(SortedMap<String, Reference> entries, String line) {
        int equals = line.indexOf('=');
        if (entries == null || equals < 0) {
            throw malformed(line, "expected name = module:object, below a [group]");
        }
        String name = line.substring(0, equals).strip();
        if (entries.put(name, Reference.parse(line.substring(equals + 1))) != null) {
            throw malformed(line, "expected each name once in a group");
        }
    }

    private static MalformedException malformed(String line, String reason) {
        return new MalformedException("line of entry_points.txt", line, reason);
    }

    /** The file's text. */
    @Override
    public String toString() {
        return write();
    }
}
