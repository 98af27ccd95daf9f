package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.util.function.IntPredicate;

/** A place in a text that is read from left to right, and the errors that name this place. */
final class Cursor {
    private static final int END = -1;

    private final String kind;
    private final String text;
    private int position;

    /**
     * @param kind what the text is, for errors
     * @param text the whole text
     */
    Cursor(String kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    boolean atEnd() {
        return position == text.length();
    }

    int position() {
        return position;
    }

    /** The character here, or -1 at the end. */
    int peek() {
        return atEnd() ? END : text.charAt(position);
    }

    /** Passes spaces and tabs. */
    Cursor skipBlanks() {
        while (isBlank(peek())) {
            position++;
        }
        return this;
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    /** Passes a text where it stands here. */
    boolean take(String expected) {
        boolean here = text.startsWith(expected, position);
        if (here) {
            position += expected.length();
        }
        return here;
    }

    /** Passes a word where it stands here and no letter, digit or underscore follows. */
    boolean takeWord(String word) {
        int end = position + word.length();
        boolean here = text.startsWith(word, position) && (end == text.length() || !isWordPart(text.charAt(end)));
        if (here) {
            position = end;
        }
        return here;
    }

    static boolean isWordPart(int c) {
        return isAlphanumeric(c) || c == '_';
    }

    static boolean isAlphanumeric(int c) {
        return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Passes everything up to the first character that is not wanted, and gives what was passed. */
    String takeWhile(IntPredicate wanted) {
        int start = position;
        while (!atEnd() && wanted.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    /** The error that something else is expected here. */
    MalformedException expected(String what) {
        return malformed(position, "expected " + what);
    }

    /** The error that what begins at a place is wrong. */
    MalformedException malformed(int at, String reason) {
        String place = at == text.length() ? "at its end" : "at character " + (at + 1);
        return new MalformedException(kind, text, reason + " " + place);
    }
}
