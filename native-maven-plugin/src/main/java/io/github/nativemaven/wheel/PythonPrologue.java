package io.github.nativemaven.wheel;

/**
 * Puts lines before all that a Python module does, but after what must stand first: comments, the docstring, and imports
 * from {@code __future__}.
 *
 * @see <a href="https://docs.python.org/3/reference/simple_stmts.html#future-statements">future statements</a>
 */
final class PythonPrologue {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final String text;
    private int at;

    private PythonPrologue(String text) {
        this.text = text;
        this.at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    }

    /**
     * The module with the lines.
     *
     * @param module Python source, one character for each byte
     * @param lines what is to be added; ends with a line feed
     */
    static String insert(String module, String lines) {
        PythonPrologue place = new PythonPrologue(module);
        int end = place.find();
        String feed = module.contains("\r\n") ? "\r\n" : "\n";
        String added = lines.replace("\n", feed);
        String before = module.substring(0, end);
        String after = module.substring(end);
        if (after.startsWith(";")) {
            // More on the line of an import from __future__: it begins a line of its own.
            return before + feed + added + after.substring(1).stripLeading();
        }
        boolean open = !before.isEmpty() && !before.endsWith("\n") && !before.equals(BYTE_ORDER_MARK);
        return before + (open ? feed : "") + added + after;
    }

    /** Behind the last line that must stand first. */
    private int find() {
        int end = at;
        // Of the comments at the top, one may say the encoding, which it does in the first two lines only.
        if (skipBlankAndComments()) {
            end = at;
        }
        while (true) {
            if (!isString() && !isFuture()) {
                return end;
            }
            skipStatement();
            end = at;
            if (at < text.length() && text.charAt(at) == ';') {
                at++;
                while (at < text.length() && text.charAt(at) == ' ') {
                    at++;
                }
                if (!isFuture()) {
                    return end;
                }
            } else {
                skipBlankAndComments();
            }
        }
    }

    private boolean skipBlankAndComments() {
        boolean comment = false;
        while (true) {
            int start = at;
            while (start < text.length() && " \t\f".indexOf(text.charAt(start)) >= 0) {
                start++;
            }
            if (start >= text.length()) {
                return comment;
            }
            char first = text.charAt(start);
            if (first != '#' && first != '\n' && first != '\r') {
                return comment;
            }
            comment |= first == '#';
            int feed = text.indexOf('\n', start);
            at = feed < 0 ? text.length() : feed + 1;
        }
    }

    private boolean isString() {
        int i = at;
        while (i < text.length() && i < at + 2 && "rRuUbB".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i < text.length() && (text.charAt(i) == '"' || text.charAt(i) == '\'');
    }

    private boolean isFuture() {
        return text.substring(at, Math.min(text.length(), at + 80)).matches("(?s)from[ \\t]+__future__[ \\t].*");
    }

    /** To the start of the next line, or to the semicolon that ends the statement. */
    private void skipStatement() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                skipString(c);
                continue;
            }
            if (c == '\\') {
                at += text.startsWith("\r\n", at + 1) ? 3 : 2;
                continue;
            }
            if (c == '#') {
                int feed = text.indexOf('\n', at);
                at = feed < 0 ? text.length() : feed;
                continue;
            }
            if (c == ';' && depth == 0) {
                return;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            at++;
            if (c == '\n' && depth <= 0) {
                return;
            }
        }
        at = Math.min(at, text.length());
    }

    private void skipString(char quote) {
        String three = String.valueOf(quote).repeat(3);
        String end = text.startsWith(three, at) ? three : String.valueOf(quote);
        at += end.length();
        while (at < text.length() && !text.startsWith(end, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(text.length(), at + end.length());
    }
}
