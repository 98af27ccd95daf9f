import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A difference that is meant. What it is of and the difference are regular expressions, which match the whole.
 *
 * @param of a project, or a wheel
 * @param reason why it is meant
 */
record Known(Pattern of, Pattern difference, String reason) {
    /** From a line: three parts with bars between them. */
    static Known parse(String line) {
        String[] parts = line.split("\\s+\\|\\s+", 3);
        return new Known(Pattern.compile(parts[0].strip()), Pattern.compile(parts[1].strip()), parts[2].strip());
    }

    /** From the lines of a file. */
    static List<Known> parse(List<String> lines) {
        return lines.stream().map(Known::parse).toList();
    }

    private boolean names(String tried, String found) {
        return of.matcher(tried).matches() && difference.matcher(found).matches();
    }

    /** Why a difference is meant; empty where it isn't. */
    static Optional<String> reason(List<Known> known, String tried, String found) {
        return known.stream()
                .filter(each -> each.names(tried, found))
                .map(Known::reason)
                .findFirst();
    }

    /** The differences that aren't meant. */
    static List<String> unknown(List<Known> known, String tried, List<String> found) {
        return found.stream()
                .filter(difference -> reason(known, tried, difference).isEmpty())
                .toList();
    }

    /** How many differences there are, for a table. */
    static String count(int all, int unknown) {
        return all == 0 ? "none" : unknown == 0 ? all + ", meant" : unknown + " NOT MEANT";
    }

    /** A line of a list. */
    static String line(List<Known> known, String tried, String found) {
        return "- " + tried + ": `" + found + "`: "
                + reason(known, tried, found).orElse("**not meant**") + "\n";
    }
}
