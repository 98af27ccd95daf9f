package io.github.nativemaven.project;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths with {@code /}: {@code *} and {@code ?} stay in one directory, {@code **} goes down any number of
 * them, none included; {@code [a-z]}, {@code [!a-z]} and <code>{a,b}</code> are choices. What lies below a directory that
 * matches matches too.
 */
final class Glob {
    private final String text;
    private final Pattern itself;
    private final Pattern pattern;

    private Glob(String text, String expression) {
        this.text = text;
        this.itself = Pattern.compile(expression);
        this.pattern = Pattern.compile("(?:" + expression + ")(?:/.*)?");
    }

    /**
     * A pattern that begins at the root.
     *
     * @throws PatternSyntaxException when a bracket isn't closed, or the like
     */
    static Glob anchored(String text) {
        return new Glob(text, expression(text.replaceFirst("/+$", "")));
    }

    /** A pattern as in a {@code .gitignore}: without a {@code /} before its end it may match anywhere. */
    static Glob anywhere(String text) {
        String path = text.replaceFirst("/+$", "");
        return path.contains("/")
                ? anchored(path.replaceFirst("^/", ""))
                : new Glob(text, "(?:.*/)?" + expression(path));
    }

    /** Whether the pattern means this path, and not only a directory above it. */
    boolean matchesItself(String path) {
        return itself.matcher(path).matches();
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /** The directory that everything lies in that can match, relative; empty for the root. */
    Path start() {
        int wild = text.length();
        for (char special : "*?[{".toCharArray()) {
            int at = text.indexOf(special);
            wild = at < 0 ? wild : Math.min(wild, at);
        }
        int end = wild == text.length() ? text.length() : text.lastIndexOf('/', wild);
        return Path.of(text.substring(0, Math.max(end, 0)));
    }

    private static String expression(String glob) {
        StringBuilder expression = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
                expression.append("(?:[^/]+/)*");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                expression.append(".*");
                i++;
            } else if (c == '*') {
                expression.append("[^/]*");
            } else if (c == '?') {
                expression.append("[^/]");
            } else if (c == '[') {
                int end = glob.indexOf(']', i + 2);
                if (end < 0) {
                    throw new PatternSyntaxException("a [ is never closed", glob, i);
                }
                expression.append(choice(glob.substring(i + 1, end)));
                i = end;
            } else if (c == '{') {
                expression.append("(?:");
                braces++;
            } else if (c == '}' && braces > 0) {
                expression.append(')');
                braces--;
            } else if (c == ',' && braces > 0) {
                expression.append('|');
            } else {
                expression.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (braces > 0) {
            throw new PatternSyntaxException("a { is never closed", glob, glob.indexOf('{'));
        }
        return expression.toString();
    }

    private static String choice(String characters) {
        boolean not = characters.startsWith("!") || characters.startsWith("^");
        String members = characters.substring(not ? 1 : 0).replaceAll("([\\\\\\[&^~])", "\\\\$1");
        return "[" + (not ? "^/" : "") + members + "]";
    }
}
