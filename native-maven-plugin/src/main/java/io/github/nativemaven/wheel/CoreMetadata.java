package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VersionSpecifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file {@code METADATA} of a wheel, which is {@code PKG-INFO} in an sdist: what a distribution says about itself.
 *
 * <p>Written is the lowest version of the format that has all fields which are there, 2.4 at least: indexes refuse what
 * they don't know yet.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/core-metadata/">Core metadata, version 2.6</a>
 */
public final class CoreMetadata {
    private static final String LOWEST_VERSION = "2.4";
    private static final String IMPORT_NAMES_VERSION = "2.5";

    private final DistributionName name;
    private final Pep440Version version;
    private final Map<Field, List<String>> fields;

    private CoreMetadata(DistributionName name, Pep440Version version, EnumMap<Field, List<String>> fields) {
        this.name = name;
        this.version = version;
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** The fields, in the order of the specification, which is that of the file. */
    public enum Field {
        METADATA_VERSION("Metadata-Version", false),
        NAME("Name", false),
        VERSION("Version", false),
        DYNAMIC("Dynamic", true),
        PLATFORM("Platform", true),
        SUPPORTED_PLATFORM("Supported-Platform", true),
        SUMMARY("Summary", false),
        /** The only one that may have many lines; it is the body of the file. */
        DESCRIPTION("Description", false),
        DESCRIPTION_CONTENT_TYPE("Description-Content-Type", false),
        /** With commas between them. */
        KEYWORDS("Keywords", false),
        AUTHOR("Author", false),
        AUTHOR_EMAIL("Author-email", false),
        MAINTAINER("Maintainer", false),
        MAINTAINER_EMAIL("Maintainer-email", false),
        LICENSE("License", false),
        LICENSE_EXPRESSION("License-Expression", false),
        LICENSE_FILE("License-File", true),
        CLASSIFIER("Classifier", true),
        REQUIRES_DIST("Requires-Dist", true),
        REQUIRES_PYTHON("Requires-Python", false),
        REQUIRES_EXTERNAL("Requires-External", true),
        /** A label, a comma and a URL. */
        PROJECT_URL("Project-URL", true),
        PROVIDES_EXTRA("Provides-Extra", true),
        IMPORT_NAME("Import-Name", true),
        IMPORT_NAMESPACE("Import-Namespace", true),
        PROVIDES_DIST("Provides-Dist", true),
        OBSOLETES_DIST("Obsoletes-Dist", true),
        HOME_PAGE("Home-page", false),
        DOWNLOAD_URL("Download-URL", false),
        REQUIRES("Requires", true),
        PROVIDES("Provides", true),
        OBSOLETES("Obsoletes", true);

        private final String text;
        private final boolean repeatable;

        Field(String text, boolean repeatable) {
            this.text = text;
            this.repeatable = repeatable;
        }

        /** Whether it may be there more than once. */
        public boolean repeatable() {
            return repeatable;
        }

        /** The field of this name, in any case. */
        public static Optional<Field> of(String name) {
            return Arrays.stream(values())
                    .filter(field -> field.text.equalsIgnoreCase(name))
                    .findFirst();
        }

        /** The value in its normal form, with errors that name the field. */
        private String read(String value) {
            try {
                return FieldValues.normal(this, value);
            } catch (MalformedException e) {
                throw malformed(value, e.reason());
            }
        }

        private MalformedException malformed(String value, String reason) {
            return new MalformedException("metadata field " + text, value, reason);
        }

        /** As in the file: {@code Requires-Dist}. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Starts with what every distribution has. */
    public static Builder builder(DistributionName name, Pep440Version version) {
        return new Builder(name, version);
    }

    /**
     * Reads such a file. Fields that the specification doesn't know and fields without a value are passed over, and a
     * value that is folded over several lines becomes one line.
     *
     * @throws MalformedException when a field has no valid value, Name or Version is missing, or the format has a major
     *     version above 2
     */
    public static CoreMetadata parse(String text) {
        return MetadataReader.read(text);
    }

    public DistributionName name() {
        return name;
    }

    public Pep440Version version() {
        return version;
    }

    /** All fields that are there, in the order of the specification, each with its values. */
    public Map<Field, List<String>> fields() {
        return fields;
    }

    /** The values of a field, none where it isn't there. */
    public List<String> values(Field field) {
        return fields.getOrDefault(field, List.of());
    }

    /** The value of a field that isn't repeatable, or the first of one that is. */
    public Optional<String> value(Field field) {
        return values(field).stream().findFirst();
    }

    /** What it depends on. */
    public List<Requirement> requirements() {
        return values(Field.REQUIRES_DIST).stream().map(Requirement::parse).toList();
    }

    /** The Python versions that it runs on. */
    public VersionSpecifiers requiresPython() {
        return value(Field.REQUIRES_PYTHON).map(VersionSpecifiers::parse).orElse(VersionSpecifiers.ANY);
    }

    /** The text of the file, to be encoded in UTF-8. */
    public String write() {
        StringBuilder text = new StringBuilder();
        fields.forEach((field, values) -> {
            if (field != Field.DESCRIPTION) {
                values.forEach(value ->
                        text.append((field + ": " + value).stripTrailing()).append('\n'));
            }
        });
        value(Field.DESCRIPTION).ifPresent(body -> text.append('\n').append(body));
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CoreMetadata metadata && fields.equals(metadata.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The file's text. */
    @Override
    public String toString() {
        return write();
    }

    /**
     * The content type of a readme by its name: Markdown for {@code .md}, reStructuredText for {@code .rst}, plain text for
     * {@code .txt} and for a name without extension.
     *
     * @throws MalformedException for any other extension
     */
    public static String contentTypeOf(String fileName) {
        String lower = fileName.substring(fileName.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String extension = lower.lastIndexOf('.') < 0 ? "" : lower.substring(lower.lastIndexOf('.'));
        return switch (extension) {
            case ".md", ".markdown" -> "text/markdown; charset=UTF-8; variant=GFM";
            case ".rst" -> "text/x-rst; charset=UTF-8";
            case "", ".txt" -> "text/plain; charset=UTF-8";
            default ->
                throw new MalformedException(
                        "readme", fileName, "expected .md, .rst or .txt, or a content type beside it");
        };
    }

    /**
     * A person for Author-email or Maintainer-email: {@code Ada L. <ada@example.com>}, the name in quotes where its
     * characters need them.
     */
    public static String mailbox(String person, String email) {
        boolean plain = person.chars().noneMatch(c -> "()<>[]:;@\\,\"".indexOf(c) >= 0);
        String shown = plain ? person : '"' + person.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return shown + " <" + email + ">";
    }

    /** Takes values field by field. */
    public static final class Builder {
        private final EnumMap<Field, List<String>> fields = new EnumMap<>(Field.class);
        private final DistributionName name;
        private final Pep440Version version;

        private Builder(DistributionName name, Pep440Version version) {
            this.name = name;
            this.version = version;
            add(Field.NAME, name.toString());
            add(Field.VERSION, version.toString());
        }

        /**
         * Adds a value; a blank one is passed over, except for Import-Name.
         *
         * @throws MalformedException when the value is not what the field takes, or the field is there already and may be
         *     there only once
         */
        public Builder add(Field field, String value) {
            String normal = value.isBlank() && field != Field.IMPORT_NAME ? "" : field.read(value);
            if (normal.isEmpty() && field != Field.IMPORT_NAME) {
                return this;
            }
            List<String> values = fields.computeIfAbsent(field, f -> new ArrayList<>());
            if (!values.isEmpty() && !field.repeatable) {
                throw field.malformed(value, "the field is there already, as '" + values.get(0) + "'");
            }
            values.add(normal);
            return this;
        }

        /** Adds values, each as {@link #add(Field, String)}. */
        public Builder addAll(Field field, Iterable<String> values) {
            values.forEach(value -> add(field, value));
            return this;
        }

        /** Adds a dependency. */
        public Builder requires(Requirement requirement) {
            return add(Field.REQUIRES_DIST, requirement.toString());
        }

        /** Adds an extra, where it isn't there yet, and a dependency of it. */
        public Builder requires(String extra, Requirement requirement) {
            String normal = new DistributionName(extra).normalized();
            if (!fields.getOrDefault(Field.PROVIDES_EXTRA, List.of()).contains(normal)) {
                add(Field.PROVIDES_EXTRA, normal);
            }
            return requires(requirement.withExtra(extra));
        }

        /** Adds a link: a label of at most 32 characters, without a comma. */
        public Builder projectUrl(String label, String url) {
            if (label.indexOf(',') >= 0) {
                throw Field.PROJECT_URL.malformed(label, "expected a label without a comma");
            }
            return add(Field.PROJECT_URL, label + ", " + url);
        }

        /**
         * What was added.
         *
         * @throws MalformedException when fields contradict each other
         */
        public CoreMetadata build() {
            checkLicense();
            checkRepetition(Field.PROVIDES_EXTRA);
            checkImportNames();
            EnumMap<Field, List<String>> copy = new EnumMap<>(Field.class);
            fields.forEach((field, values) -> copy.put(field, List.copyOf(values)));
            copy.computeIfAbsent(Field.METADATA_VERSION, field -> List.of(lowestVersion()));
            return new CoreMetadata(name, version, copy);
        }

        private String lowestVersion() {
            boolean importNames = fields.containsKey(Field.IMPORT_NAME) || fields.containsKey(Field.IMPORT_NAMESPACE);
            return importNames ? IMPORT_NAMES_VERSION : LOWEST_VERSION;
        }

        private void checkLicense() {
            if (!fields.containsKey(Field.LICENSE_EXPRESSION)) {
                return;
            }
            String expression = fields.get(Field.LICENSE_EXPRESSION).get(0);
            if (fields.containsKey(Field.LICENSE)) {
                throw Field.LICENSE.malformed(
                        fields.get(Field.LICENSE).get(0), "License-Expression says it: " + expression);
            }
        }

        private void checkRepetition(Field field) {
            Set<String> seen = new HashSet<>();
            for (String value : fields.getOrDefault(field, List.of())) {
                if (!seen.add(value)) {
                    throw field.malformed(value, "it is there already, perhaps spelled otherwise");
                }
            }
        }

        private void checkImportNames() {
            List<String> names = fields.getOrDefault(Field.IMPORT_NAME, List.of());
            if (names.size() > 1 && names.contains("")) {
                throw Field.IMPORT_NAME.malformed("", "an empty name says that there are none");
            }
            Set<String> modules = new HashSet<>();
            names.forEach(name -> modules.add(FieldValues.withoutAnnotation(name)));
            for (String namespace : fields.getOrDefault(Field.IMPORT_NAMESPACE, List.of())) {
                if (modules.contains(FieldValues.withoutAnnotation(namespace))) {
                    throw Field.IMPORT_NAMESPACE.malformed(namespace, "it is an Import-Name too");
                }
            }
        }
    }
}
