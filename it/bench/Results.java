import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all parts have measured, as JSON: rows of times, ratios of two of them, and other figures. */
final class Results {
    private final List<Measured> parts = new ArrayList<>();

    /** How the medians of two rows are to each other. */
    private record Ratio(Row row, Row to) {
        double value() {
            return row.median() / to.median();
        }
    }

    private record Figure(String name, double value, String unit) {}

    private record Measured(String part, List<Row> rows, List<Ratio> ratios, List<Figure> figures) {}

    /** What comes from here on is of this part. */
    void begin(String part) {
        parts.add(new Measured(part, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }

    void add(Row row) {
        last().rows().add(row);
    }

    /** Two rows of this part are compared. */
    double ratio(Row row, Row to) {
        Ratio ratio = new Ratio(row, to);
        last().ratios().add(ratio);
        return ratio.value();
    }

    void figure(String name, double value, String unit) {
        last().figures().add(new Figure(name, value, unit));
    }

    private Measured last() {
        return parts.get(parts.size() - 1);
    }

    String json() {
        String machine = String.format(
                "  \"machine\": {\"processors\": %d, \"os\": \"%s\", \"java\": \"%s\"}",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"));
        return parts.stream()
                .map(Results::json)
                .collect(Collectors.joining(",\n", "{\n" + machine + ",\n  \"parts\": {\n", "\n  }\n}\n"));
    }

    private static String json(Measured measured) {
        List<String> lists = List.of(
                list("rows", measured.rows().stream().map(Results::json).toList()),
                list("ratios", measured.ratios().stream().map(Results::json).toList()),
                list("figures", measured.figures().stream().map(Results::json).toList()));
        return "    \"" + measured.part() + "\": {\n" + String.join(",\n", lists) + "\n    }";
    }

    private static String list(String name, List<String> items) {
        return items.isEmpty()
                ? "      \"" + name + "\": []"
                : items.stream()
                        .collect(Collectors.joining(",\n        ", "      \"" + name + "\": [\n        ", "\n      ]"));
    }

    private static String json(Row row) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"medianSeconds\": %.4f, \"peakKib\": %d, \"seconds\": %s}",
                row.name(),
                row.median(),
                row.peakKib(),
                row.seconds().stream()
                        .map(seconds -> String.format(Locale.ROOT, "%.4f", seconds))
                        .collect(Collectors.joining(", ", "[", "]")));
    }

    private static String json(Ratio ratio) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"to\": \"%s\", \"ratio\": %.3f, \"differenceSeconds\": %.4f}",
                ratio.row().name(),
                ratio.to().name(),
                ratio.value(),
                ratio.row().median() - ratio.to().median());
    }

    private static String json(Figure figure) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"value\": %.2f, \"unit\": \"%s\"}",
                figure.name(),
                figure.value(),
                figure.unit());
    }
}
