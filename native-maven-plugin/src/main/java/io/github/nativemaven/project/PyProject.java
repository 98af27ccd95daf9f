package io.github.nativemaven.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code pyproject.toml}, its types checked, its values not.
 *
 * @param file the file
 * @param project the table {@code [project]}
 * @param maturin the table {@code [tool.maturin]}; empty values where it is missing
 * @param dependencyGroups the table {@code [dependency-groups]}: requirements by group, includes resolved
 * @param remarks keys that mean nothing, in sentences
 * @see <a href="https://packaging.python.org/en/latest/specifications/pyproject-toml/">pyproject.toml</a>
 */
public record PyProject(
        Path file,
        Optional<ProjectTable> project,
        Maturin maturin,
        Map<String, List<String>> dependencyGroups,
        List<String> remarks) {

    /** The name of the file. */
    public static final String NAME = "pyproject.toml";

    /** The table {@code [project]}, key by key. */
    public record ProjectTable(
            Optional<String> name,
            Optional<String> version,
            Optional<String> description,
            Optional<Readme> readme,
            Optional<String> requiresPython,
            Optional<License> license,
            Optional<List<String>> licenseFiles,
            List<Person> authors,
            List<Person> maintainers,
            List<String> keywords,
            List<String> classifiers,
            Map<String, String> urls,
            Map<String, String> scripts,
            Map<String, String> guiScripts,
            Map<String, Map<String, String>> entryPoints,
            List<String> dependencies,
            Map<String, List<String>> optionalDependencies,
            List<String> dynamic,
            Map<String, Integer> lines) {
        /** The keys that the specification knows. */
        static final List<String> KEYS = List.of(
                "name",
                "version",
                "description",
                "readme",
                "requires-python",
                "license",
                "license-files",
                "authors",
                "maintainers",
                "keywords",
                "classifiers",
                "urls",
                "scripts",
                "gui-scripts",
                "entry-points",
                "dependencies",
                "optional-dependencies",
                "import-names",
                "import-namespaces",
                "dynamic");

        /**
         * File, line and key, for a person: {@code pyproject.toml:7 project.dependencies}.
         *
         * @param key a key of the table, dotted where it is one of a table in it
         * @param index which item of a list, from 0
         */
        public String origin(String key, int index) {
            int line = line(key, index);
            return NAME + (line == 0 ? "" : ":" + line) + " project." + key;
        }

        /** The line of an item of a list, from 1; where it isn't known that of the key; 0 where there is none. */
        public int line(String key, int index) {
            return lines.getOrDefault(key + "[" + index + "]", lines.getOrDefault(key, 0));
        }

        /** The first of several keys that is there; the last where none is. */
        public String firstOf(String... keys) {
            for (String key : keys) {
                if (lines.containsKey(key)) {
                    return key;
                }
            }
            return keys[keys.length - 1];
        }

        /** File, line and key, for a person. */
        public String origin(String key) {
            return origin(key, -1);
        }

        /** Whether a key is left to the build back end. */
        public boolean isDynamic(String key) {
            return dynamic.contains(key);
        }
    }

    /** A long description: a file, relative to the pyproject.toml, or the text itself. */
    public record Readme(Optional<String> file, Optional<String> text, Optional<String> contentType) {}

    /** A licence: an SPDX expression, or in the old form a file or a text. */
    public record License(Optional<String> expression, Optional<String> file, Optional<String> text) {}

    /** An author or maintainer. */
    public record Person(Optional<String> name, Optional<String> email) {}

    /** Reads the file of a directory, where there is one. */
    public static Optional<PyProject> find(Path directory) {
        Path file = directory.resolve(NAME);
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** Reads a file. A wrong type or syntax is an {@link ProjectProblem.InvalidFile}. */
    public static PyProject read(Path file) {
        Toml toml = Toml.read(file);
        Optional<Toml> maturin = toml.table("tool").flatMap(tool -> tool.table("maturin"));
        return new PyProject(
                file,
                toml.table("project").map(PyProject::projectTable),
                MaturinReader.read(maturin),
                toml.table("dependency-groups").map(PyProject::groups).orElse(Map.of()),
                remarks(toml));
    }

    private static List<String> remarks(Toml toml) {
        List<String> remarks = new ArrayList<>();
        toml.table("project").ifPresent(table -> {
            for (String key : table.keys()) {
                if (!ProjectTable.KEYS.contains(key)) {
                    remarks.add(table.origin(key) + " is no key of [project], and is passed over. Did you mean "
                            + Spelling.nearest(key, ProjectTable.KEYS) + "?");
                }
            }
        });
        toml.table("tool").flatMap(tool -> tool.table("maturin")).ifPresent(table -> {
            remarks.addAll(MaturinReader.remarks(table));
        });
        return remarks;
    }

    private static ProjectTable projectTable(Toml table) {
        return new ProjectTable(
                table.string("name"),
                table.string("version"),
                table.string("description"),
                readme(table),
                table.string("requires-python"),
                license(table),
                table.strings("license-files"),
                people(table, "authors"),
                people(table, "maintainers"),
                table.strings("keywords").orElse(List.of()),
                table.strings("classifiers").orElse(List.of()),
                table.table("urls").map(Toml::stringMap).orElse(Map.of()),
                table.table("scripts").map(Toml::stringMap).orElse(Map.of()),
                table.table("gui-scripts").map(Toml::stringMap).orElse(Map.of()),
                table.table("entry-points").map(PyProject::entryPoints).orElse(Map.of()),
                table.strings("dependencies").orElse(List.of()),
                table.table("optional-dependencies").map(PyProject::lists).orElse(Map.of()),
                dynamic(table),
                lines(table));
    }

    /** A key may be left open or given a value, not both. */
    private static List<String> dynamic(Toml table) {
        List<String> keys = table.strings("dynamic").orElse(List.of());
        for (String key : keys) {
            if (key.equals("name") || key.equals("dynamic")) {
                throw table.invalid("dynamic", "'" + key + "' can't be dynamic; take it out, and write name = \"…\"");
            }
            if (!ProjectTable.KEYS.contains(key)) {
                throw table.invalid(
                        "dynamic",
                        "'" + key + "' is no key of [project]; did you mean " + Spelling.nearest(key, ProjectTable.KEYS)
                                + "?");
            }
            if (table.has(key)) {
                throw table.invalid(
                        "dynamic", "'" + key + "' has a value, in line " + table.line(key) + "; leave one of both out");
            }
        }
        return keys;
    }

    private static Map<String, Integer> lines(Toml table) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (String key : table.keys()) {
            lines.put(key, table.line(key));
            if (table.isArray(key)) {
                addItems(lines, table, key, key);
            } else if (table.isTable(key)) {
                Toml inner = table.table(key).orElseThrow();
                for (String each : inner.keys()) {
                    lines.put(key + "." + each, inner.line(each));
                    if (inner.isArray(each)) {
                        addItems(lines, inner, each, key + "." + each);
                    } else if (inner.isTable(each)) {
                        Toml innermost = inner.table(each).orElseThrow();
                        innermost
                                .keys()
                                .forEach(name -> lines.put(key + "." + each + "." + name, innermost.line(name)));
                    }
                }
            }
        }
        return lines;
    }

    private static void addItems(Map<String, Integer> lines, Toml table, String key, String name) {
        List<Toml.Element> elements = table.elements(key);
        for (int i = 0; i < elements.size(); i++) {
            lines.put(name + "[" + i + "]", elements.get(i).line());
        }
    }

    private static Optional<Readme> readme(Toml table) {
        if (table.isString("readme")) {
            return Optional.of(new Readme(table.string("readme"), Optional.empty(), Optional.empty()));
        }
        return table.table("readme").map(readme -> {
            if (readme.has("file") == readme.has("text")) {
                throw table.invalid("readme", "exactly one of file and text must be given");
            }
            return new Readme(readme.string("file"), readme.string("text"), readme.string("content-type"));
        });
    }

    private static Optional<License> license(Toml table) {
        if (table.isString("license")) {
            return Optional.of(new License(table.string("license"), Optional.empty(), Optional.empty()));
        }
        if (table.has("license") && !table.isTable("license")) {
            throw table.invalid("license", "expected an SPDX expression, such as license = \"MIT\"");
        }
        return table.table("license").map(license -> {
            if (license.has("file") == license.has("text")) {
                throw table.invalid(
                        "license", "write an SPDX expression, such as license = \"MIT\", or a table with file or text");
            }
            return new License(Optional.empty(), license.string("file"), license.string("text"));
        });
    }

    private static List<Person> people(Toml table, String key) {
        return table.tables(key).stream()
                .map(person -> new Person(person.string("name"), person.string("email")))
                .toList();
    }

    private static Map<String, Map<String, String>> entryPoints(Toml table) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        for (String key : table.keys()) {
            String own = key.replace("console_", "").replace('_', '-');
            if (key.equals("console_scripts") || key.equals("gui_scripts")) {
                throw table.invalid(key, "has a table of its own; write [project." + own + "]");
            }
            groups.put(key, table.table(key).orElseThrow().stringMap());
        }
        return groups;
    }

    private static Map<String, List<String>> lists(Toml table) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String key : table.keys()) {
            lists.put(key, table.strings(key).orElseThrow());
        }
        return lists;
    }

    private static Map<String, List<String>> groups(Toml table) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String key : table.keys()) {
            groups.put(key, DependencyGroups.resolve(table, key));
        }
        return groups;
    }
}
