package io.github.nativemaven.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands what Rust's test harness prints.
 *
 * @see <a href="https://doc.rust-lang.org/rustc/tests/index.html">the test harness</a>
 */
final class LibtestOutput {
    private static final Pattern RESULT =
            Pattern.compile("test (.+?)(?: - should panic(?:.*?)?)? \\.\\.\\. (ok|FAILED|ignored)(?:, (.*))?");
    private static final Pattern SECTION = Pattern.compile("---- (.+?) (?:stdout|stderr) ----");
    private static final String END = "test result: ";

    private final Map<String, TestCase> cases = new LinkedHashMap<>();
    private final Map<String, StringBuilder> output = new LinkedHashMap<>();
    private final List<String> other = new ArrayList<>();
    private StringBuilder section;
    private boolean ended;

    /** Takes a line of standard output. */
    void line(String line) {
        Matcher result = RESULT.matcher(line);
        Matcher heading = SECTION.matcher(line);
        if (line.startsWith(END)) {
            ended = true;
            section = null;
        } else if (heading.matches()) {
            section = output.computeIfAbsent(heading.group(1), name -> new StringBuilder());
        } else if (section != null && line.equals("failures:")) {
            section = null;
        } else if (section != null) {
            section.append(line).append('\n');
        } else if (result.matches()) {
            add(result.group(1), result.group(2), result.group(3));
        } else if (!line.isBlank()) {
            other.add(line);
        }
    }

    private void add(String path, String word, String reason) {
        int colons = path.contains(" ") ? -1 : path.lastIndexOf("::");
        TestCase.Status status =
                switch (word) {
                    case "ok" -> TestCase.Status.PASSED;
                    case "ignored" -> TestCase.Status.SKIPPED;
                    default -> TestCase.Status.FAILED;
                };
        cases.put(
                path,
                new TestCase(
                        colons < 0 ? "" : path.substring(0, colons),
                        colons < 0 ? path : path.substring(colons + 2),
                        status,
                        reason == null ? "" : reason,
                        Duration.ZERO));
    }

    /** The tests, those that failed with what they said. */
    List<TestCase> cases() {
        List<TestCase> all = new ArrayList<>();
        cases.forEach((path, test) -> {
            StringBuilder said = output.get(path);
            all.add(
                    said == null
                            ? test
                            : new TestCase(
                                    test.suite(),
                                    test.name(),
                                    test.status(),
                                    said.toString().strip(),
                                    test.time()));
        });
        return all;
    }

    /** Whether the harness came to its end; a test that ends the process keeps it from that. */
    boolean ended() {
        return ended;
    }

    /** Lines that belong to no test. */
    List<String> other() {
        return other;
    }
}
