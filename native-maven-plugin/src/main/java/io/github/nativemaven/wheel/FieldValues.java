package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Identifiers;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.python.VersionSpecifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What values of metadata fields look like. */
final class FieldValues {
    private static final String KIND = "value";
    private static final int LONGEST_LABEL = 32;
    private static final Set<String> CONTENT_TYPES = Set.of("text/plain", "text/x-rst", "text/markdown");
    private static final Set<String> MARKDOWN_VARIANTS = Set.of("GFM", "CommonMark");
    private static final String PRIVATE = "private";

    private FieldValues() {}

    /** The normal form of what a field is given. */
    static String normal(CoreMetadata.Field field, String given) {
        if (field == CoreMetadata.Field.DESCRIPTION) {
            return description(given);
        }
        String value = text(given.strip());
        return switch (field) {
            case METADATA_VERSION -> metadataVersion(value);
            case NAME -> DistributionName.parse(value).toString();
            case VERSION -> Pep440Version.parse(value).toString();
            case DYNAMIC -> dynamic(value);
            case DESCRIPTION_CONTENT_TYPE -> contentType(value);
            case KEYWORDS -> keywords(value);
            case LICENSE_EXPRESSION -> LicenseExpression.parse(value).toString();
            case LICENSE_FILE -> licenseFile(value);
            case REQUIRES_DIST -> Requirement.parse(value).toString();
            case REQUIRES_PYTHON -> VersionSpecifiers.parse(value).toString();
            case PROJECT_URL -> projectUrl(value);
            case PROVIDES_EXTRA -> DistributionName.parse(value).normalized();
            case IMPORT_NAME, IMPORT_NAMESPACE -> importName(field, value);
            case HOME_PAGE, DOWNLOAD_URL -> url(value);
            default -> value;
        };
    }

    /** One line. */
    private static String text(String value) {
        if (value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw malformed(value, "expected one line without control characters");
        }
        return value;
    }

    /** Lines end with a line feed on every system, the last one too. */
    private static String description(String value) {
        String lines = withLineFeeds(value);
        return lines.endsWith("\n") ? lines : lines + "\n";
    }

    static String withLineFeeds(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static String metadataVersion(String value) {
        String[] numbers = value.split("\\.", -1);
        boolean known =
                numbers.length == 2 && (numbers[0].equals("1") || numbers[0].equals("2")) && isNumber(numbers[1]);
        if (!known) {
            throw malformed(value, "expected 1.0 to 2.6; a file of another major version can't be understood");
        }
        return value;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String dynamic(String value) {
        return CoreMetadata.Field.of(value)
                .filter(field -> field.compareTo(CoreMetadata.Field.VERSION) > 0)
                .orElseThrow(() -> malformed(
                        value, "expected the name of a metadata field other than Metadata-Version, Name and Version"))
                .toString();
    }

    private static String keywords(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(keyword -> !keyword.isEmpty())
                .collect(Collectors.joining(","));
    }

    /** The type, then the parameters, sorted by their names. */
    private static String contentType(String value) {
        List<String> parts =
                Arrays.stream(value.split(";", -1)).map(String::strip).toList();
        String type = parts.get(0).toLowerCase(Locale.ROOT);
        if (!CONTENT_TYPES.contains(type)) {
            throw malformed(value, "expected text/markdown, text/x-rst or text/plain");
        }
        TreeMap<String, String> parameters = new TreeMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String parameter = part.substring(0, Math.max(equals, 0)).strip().toLowerCase(Locale.ROOT);
            if (parameters.put(
                            parameter,
                            parameter(
                                    type,
                                    parameter,
                                    unquoted(part.substring(equals + 1).strip()),
                                    value))
                    != null) {
                throw malformed(value, "expected " + parameter + " only once");
            }
        }
        StringBuilder normal = new StringBuilder(type);
        parameters.forEach(
                (name, text) -> normal.append("; ").append(name).append('=').append(text));
        return normal.toString();
    }

    private static String parameter(String type, String name, String text, String value) {
        if (name.equals("charset")) {
            if (text.equalsIgnoreCase("UTF-8")) {
                return "UTF-8";
            }
            throw malformed(value, "expected charset=UTF-8");
        }
        if (name.equals("variant") && type.equals("text/markdown")) {
            return MARKDOWN_VARIANTS.stream()
                    .filter(text::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> malformed(value, "expected variant=GFM or variant=CommonMark"));
        }
        throw malformed(value, "expected charset=UTF-8, and variant=GFM or variant=CommonMark for Markdown, at most");
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** A path below the project's root. */
    private static String licenseFile(String value) {
        boolean strange = value.indexOf('\\') >= 0 || value.indexOf(':') >= 0;
        boolean leaves =
                Arrays.stream(value.split("/", -1)).anyMatch(s -> s.isEmpty() || s.equals("..") || s.equals("."));
        if (strange || leaves) {
            throw malformed(value, "expected a path below the project's root, with '/' and without '..'");
        }
        return value;
    }

    private static String url(String value) {
        int colon = value.indexOf(':');
        boolean scheme = colon > 0
                && isLetter(value.charAt(0))
                && value.substring(0, colon)
                        .chars()
                        .allMatch(c -> isLetter(c) || c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0);
        boolean rest = colon + 1 < value.length()
                && value.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
        if (!scheme || !rest) {
            throw malformed(value, "expected a URL with its scheme, such as https://example.com/");
        }
        return value;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String projectUrl(String value) {
        int comma = value.indexOf(',');
        String label = value.substring(0, Math.max(comma, 0)).strip();
        if (label.isEmpty()) {
            throw malformed(value, "expected a label, a comma and a URL");
        }
        if (label.codePointCount(0, label.length()) > LONGEST_LABEL) {
            throw malformed(value, "expected a label of at most " + LONGEST_LABEL + " characters");
        }
        return label + ", " + url(value.substring(comma + 1).strip());
    }

    /** A module with dots, and {@code private} after a semicolon at most; an Import-Name may be nothing. */
    private static String importName(CoreMetadata.Field field, String value) {
        if (value.isEmpty() && field == CoreMetadata.Field.IMPORT_NAME) {
            return value;
        }
        String module = withoutAnnotation(value);
        int semicolon = value.indexOf(';');
        boolean annotated = semicolon >= 0;
        if (!Identifiers.isImportable(module)
                || annotated && !value.substring(semicolon + 1).strip().equals(PRIVATE)) {
            throw malformed(
                    value, "expected what an import statement can have, such as pkg._core; '; private' may follow");
        }
        return annotated ? module + "; " + PRIVATE : module;
    }

    static String withoutAnnotation(String importName) {
        int semicolon = importName.indexOf(';');
        return semicolon < 0 ? importName : importName.substring(0, semicolon).strip();
    }

    private static MalformedException malformed(String value, String reason) {
        return new MalformedException(KIND, value, reason);
    }
}
