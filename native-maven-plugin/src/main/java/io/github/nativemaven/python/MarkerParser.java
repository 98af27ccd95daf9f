package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.Marker.Comparison;
import io.github.nativemaven.python.Marker.Literal;
import io.github.nativemaven.python.Marker.Operand;
import io.github.nativemaven.python.Marker.Operator;
import io.github.nativemaven.python.Marker.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a marker: {@code or} binds weaker than {@code and}. */
final class MarkerParser {
    /** More parentheses than anybody writes, and fewer than a thread's stack holds. */
    private static final int DEEPEST = 200;

    private static final Set<String> OF_LOCK_FILES = Set.of("extras", "dependency_groups");

    private final Cursor cursor;
    private int depth;

    MarkerParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Marker read() {
        return many("or", this::and, Marker.Or::new);
    }

    private Marker and() {
        return many("and", this::part, Marker.And::new);
    }

    private Marker many(String word, Supplier<Marker> one, Function<List<Marker>, Marker> combine) {
        List<Marker> parts = new ArrayList<>();
        do {
            parts.add(one.get());
        } while (cursor.skipBlanks().takeWord(word));
        return parts.size() == 1 ? parts.get(0) : combine.apply(parts);
    }

    private Marker part() {
        int at = cursor.skipBlanks().position();
        if (!cursor.take("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw cursor.malformed(at, "more than " + DEEPEST + " parentheses inside each other");
        }
        Marker marker = read();
        if (!cursor.skipBlanks().take(")")) {
            throw cursor.expected("'and', 'or' or ')'");
        }
        depth--;
        return marker;
    }

    private Marker comparison() {
        Operand left = operand();
        Operator operator = operator();
        int at = cursor.skipBlanks().position();
        Operand right = operand();
        try {
            return new Comparison(left, operator, right);
        } catch (MalformedException e) {
            throw cursor.malformed(at, e.reason() + ", after " + operator);
        }
    }

    private Operand operand() {
        int at = cursor.skipBlanks().position();
        int first = cursor.peek();
        if (first == '"' || first == '\'') {
            return literal((char) first);
        }
        String name = cursor.takeWhile(c -> Cursor.isWordPart(c) || c == '.');
        if (name.isEmpty()) {
            throw cursor.expected("a variable such as python_version, or a text in quotes");
        }
        return Variable.of(name).orElseThrow(() -> cursor.malformed(at, unknown(name)));
    }

    private static String unknown(String name) {
        return OF_LOCK_FILES.contains(name)
                ? "variable " + name + ", which only a lock file may use,"
                : "unknown variable " + name + "; known are " + Arrays.toString(Variable.values()) + ",";
    }

    private Literal literal(char quote) {
        int at = cursor.position();
        String mark = String.valueOf(quote);
        cursor.take(mark);
        String value = cursor.takeWhile(c -> c != quote);
        if (!cursor.take(mark)) {
            throw cursor.malformed(at, "no closing quote for the text that begins");
        }
        try {
            return new Literal(value);
        } catch (MalformedException e) {
            throw cursor.malformed(at, e.reason() + ",");
        }
    }

    private Operator operator() {
        cursor.skipBlanks();
        if (cursor.takeWord("not")) {
            boolean blank = Cursor.isBlank(cursor.peek());
            if (blank && cursor.skipBlanks().takeWord("in")) {
                return Operator.NOT_IN;
            }
            throw cursor.expected("'in' after 'not'");
        }
        return Arrays.stream(Operator.values())
                .filter(o -> o == Operator.IN ? cursor.takeWord("in") : cursor.take(o.toString()))
                .findFirst()
                .orElseThrow(() -> cursor.expected("one of ==, !=, <, <=, >, >=, ~=, ===, in, not in"));
    }
}
