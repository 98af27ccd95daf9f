package io.github.nativemaven.it;

import java.util.List;

/**
 * A program that has ended.
 *
 * @param command what ran
 * @param exitCode its exit code; on Unix 128 + n when signal n ended it
 * @param output all that it printed, standard output and standard error as they came, without terminal colours
 */
public record Ran(List<String> command, int exitCode, String output) {
    /** Whether the output has this text. */
    public boolean says(String text) {
        return output.contains(text);
    }

    /** How often the output has this text. */
    public int count(String text) {
        return output.split(java.util.regex.Pattern.quote(text), -1).length - 1;
    }

    /** The output without white space at its ends. */
    public String text() {
        return output.strip();
    }
}
