package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;

/**
 * Licences as SPDX writes them: {@code MIT OR (Apache-2.0 WITH LLVM-exception AND LicenseRef-Ours)}.
 *
 * <p>Identifiers have the case of the SPDX list, operators are in capitals, and parentheses stand where the author put
 * them. Expressions are equal when their texts are.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/license-expression/">License expression (PEP 639)</a>
 */
public final class LicenseExpression {
    private static final String KIND = "license expression";
    private static final String OWN = "LicenseRef-";

    private final String text;

    private LicenseExpression(String text) {
        this.text = text;
    }

    /**
     * Reads an expression, in any case.
     *
     * @throws MalformedException when it is none, or names what is not on the SPDX list
     */
    public static LicenseExpression parse(String text) {
        return new LicenseExpression(new Reader(text).read(text));
    }

    /**
     * Reads the {@code license} of a Cargo.toml, which may have the old {@code MIT/Apache-2.0} for
     * {@code MIT OR Apache-2.0}.
     *
     * @throws MalformedException as {@link #parse}
     */
    public static LicenseExpression ofCargo(String text) {
        return new LicenseExpression(new Reader(text).read(text.replace("/", " OR ")));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LicenseExpression expression && text.equals(expression.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** With one space between words, and none inside of parentheses. */
    @Override
    public String toString() {
        return text;
    }

    /** What may come next. */
    private enum State {
        START("a license or '('"),
        AFTER_LICENSE("AND, OR, WITH or ')'"),
        EXCEPTION("an exception, such as LLVM-exception"),
        AFTER_TERM("AND, OR or ')'");

        private final String expected;

        State(String expected) {
            this.expected = expected;
        }
    }

    /** Reads one expression, word by word. */
    private static final class Reader {
        private final String input;
        private final List<String> words = new ArrayList<>();
        private State state = State.START;
        private int open;

        Reader(String input) {
            this.input = input;
        }

        String read(String text) {
            StringTokenizer tokens = new StringTokenizer(text, " \t()", true);
            while (tokens.hasMoreTokens()) {
                String token = tokens.nextToken();
                if (!token.isBlank()) {
                    words.add(word(token));
                }
            }
            if (open > 0) {
                throw malformed("expected ')' at its end");
            }
            if (state == State.START || state == State.EXCEPTION) {
                throw malformed("expected " + state.expected + " at its end");
            }
            return String.join(" ", words).replace("( ", "(").replace(" )", ")");
        }

        private String word(String token) {
            String upper = token.toUpperCase(Locale.ROOT);
            boolean complete = state == State.AFTER_LICENSE || state == State.AFTER_TERM;
            if (state == State.START && token.equals("(")) {
                open++;
                return token;
            }
            if (complete && open > 0 && token.equals(")")) {
                open--;
                return to(State.AFTER_TERM, token);
            }
            if (token.equals(")") && open == 0) {
                throw malformed("')' without '('");
            }
            if (complete && (upper.equals("AND") || upper.equals("OR"))) {
                return to(State.START, upper);
            }
            if (state == State.AFTER_LICENSE && upper.equals("WITH")) {
                return to(State.EXCEPTION, upper);
            }
            if (complete || token.equals("(") || token.equals(")")) {
                throw malformed("expected " + state.expected + ", not '" + token + "'");
            }
            return state == State.START
                    ? to(State.AFTER_LICENSE, license(token))
                    : to(State.AFTER_TERM, exception(token));
        }

        private String to(State next, String word) {
            state = next;
            return word;
        }

        private String license(String id) {
            if (id.regionMatches(true, 0, OWN, 0, OWN.length())) {
                return own(id);
            }
            boolean later = id.endsWith("+");
            String listed = Spdx.TABLE.licenses.get(id.toLowerCase(Locale.ROOT));
            if (listed == null && later) {
                listed =
                        Spdx.TABLE.licenses.get(id.substring(0, id.length() - 1).toLowerCase(Locale.ROOT));
                listed = listed == null ? null : listed + "+";
            }
            if (listed == null) {
                throw malformed("'" + id + "' is not on the SPDX License List; expected an identifier such as MIT,"
                        + " Apache-2.0 or LicenseRef-My-Own");
            }
            return listed;
        }

        private String own(String id) {
            String name = id.substring(OWN.length());
            if (name.isEmpty() || !name.chars().allMatch(Reader::isOwnPart)) {
                throw malformed("expected ASCII letters, digits, '.' and '-' after LicenseRef-, not '" + name + "'");
            }
            return OWN + name;
        }

        private static boolean isOwnPart(int c) {
            return c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
        }

        private String exception(String id) {
            String listed = Spdx.TABLE.exceptions.get(id.toLowerCase(Locale.ROOT));
            if (listed == null) {
                throw malformed("'" + id + "' is not an exception on the SPDX License List");
            }
            return listed;
        }

        private MalformedException malformed(String reason) {
            return new MalformedException(KIND, input, reason);
        }
    }

    /** The SPDX list: identifiers in lower case to themselves. Read when the first expression is. */
    private static final class Spdx {
        static final Spdx TABLE = new Spdx();

        private final Map<String, String> licenses = new HashMap<>();
        private final Map<String, String> exceptions = new HashMap<>();

        private Spdx() {
            try (InputStream resource = LicenseExpression.class.getResourceAsStream("spdx-ids.txt");
                    BufferedReader lines = new BufferedReader(
                            new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.UTF_8))) {
                Map<String, String> section = licenses;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("[exceptions]")) {
                        section = exceptions;
                    } else if (!line.startsWith("#") && !line.startsWith("[")) {
                        String id = line.startsWith("-") ? line.substring(1) : line;
                        section.put(id.toLowerCase(Locale.ROOT), id);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
