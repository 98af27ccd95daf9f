package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.wheel.CoreMetadata.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads METADATA: headers, an empty line, and the description. */
final class MetadataReader {
    private final Map<Field, List<String>> values = new EnumMap<>(Field.class);

    private MetadataReader() {}

    static CoreMetadata read(String text) {
        String lines = FieldValues.withLineFeeds(text);
        boolean noHeader = lines.startsWith("\n");
        int empty = noHeader ? 0 : lines.indexOf("\n\n");
        MetadataReader reader = new MetadataReader();
        if (!lines.isEmpty() && !noHeader) {
            reader.readHeaders(empty < 0 ? lines : lines.substring(0, empty));
        }
        return reader.metadata(empty < 0 ? "" : lines.substring(empty + (noHeader ? 1 : 2)));
    }

    private void readHeaders(String headers) {
        StringBuilder folded = new StringBuilder();
        int number = 0;
        for (String line : headers.split("\n")) {
            number++;
            boolean more = line.startsWith(" ") || line.startsWith("\t");
            if (!more && line.indexOf(':') <= 0 || more && number == 1) {
                throw new MalformedException(
                        "line " + number + " of metadata", line, "expected a field's name, a colon and a value");
            }
            if (!more) {
                take(folded);
                folded.setLength(0);
            }
            folded.append(more ? "\n" : "").append(line);
        }
        take(folded);
    }

    /** Takes one header with all its lines. */
    private void take(StringBuilder header) {
        int colon = header.indexOf(":");
        if (colon < 0) {
            return;
        }
        String value = header.substring(colon + 1);
        Field.of(header.substring(0, colon).strip())
                .ifPresent(field -> values.computeIfAbsent(field, f -> new ArrayList<>())
                        .add(field == Field.DESCRIPTION ? unfoldedDescription(value) : unfolded(value)));
    }

    private static String unfolded(String value) {
        return value.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    /** Each line but the first begins with eight spaces, or with seven and a bar. */
    private static String unfoldedDescription(String value) {
        return value.strip()
                .lines()
                .map(line -> line.startsWith("       |") || line.startsWith("        ") ? line.substring(8) : line)
                .collect(Collectors.joining("\n"));
    }

    private CoreMetadata metadata(String body) {
        CoreMetadata.Builder builder = CoreMetadata.builder(
                DistributionName.parse(only(Field.NAME)), Pep440Version.parse(only(Field.VERSION)));
        if (values.containsKey(Field.LICENSE_EXPRESSION)) {
            values.remove(Field.LICENSE);
        }
        if (!body.isEmpty()) {
            values.put(Field.DESCRIPTION, List.of(body));
        }
        values.forEach((field, texts) -> builder.addAll(field, texts));
        return builder.build();
    }

    private String only(Field field) {
        List<String> texts = values.remove(field);
        if (texts == null || texts.size() != 1) {
            String found = texts == null ? "" : String.join(", ", texts);
            throw new MalformedException("metadata field " + field, found, "expected it once");
        }
        return texts.get(0);
    }
}
