package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.cargo.CargoEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ProgressLines lines = new ProgressLines(new PrintStream(written, true, StandardCharsets.UTF_8));

    private static CargoEvent.Progress progress(String label, int done) {
        return new CargoEvent.Progress(label, done, 10, "pyo3");
    }

    /** What a terminal shows that knows what is written here, and no more. */
    private List<String> screen() {
        List<String> screen = new ArrayList<>(List.of(""));
        int row = 0;
        String text = written.toString(StandardCharsets.UTF_8)
                .replace("\u001b[?7l", "")
                .replace("\u001b[?7h", "");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                continue;
            } else if (c == '\n') {
                row++;
                if (row == screen.size()) {
                    screen.add("");
                }
            } else if (text.startsWith("\u001b[J", i)) {
                screen.set(row, "");
                screen.subList(row + 1, screen.size()).clear();
                i += 2;
            } else if (c == '\u001b') {
                int end = text.indexOf('A', i);
                row -= Integer.parseInt(text.substring(i + 2, end));
                i = end;
            } else {
                screen.set(row, screen.get(row) + c);
            }
        }
        return screen;
    }

    @Test
    void eachCargoHasALineUntilItEnds() {
        lines.show(progress("cp310", 0));
        lines.show(progress("cp311", 5));
        lines.show(progress("cp310", 10));
        assertThat(screen())
                .containsExactly(
                        "  cp310  " + "━".repeat(30) + " 10/10  pyo3",
                        "  cp311  " + "━".repeat(15) + "╸" + "─".repeat(14) + " 5/10  pyo3");
        lines.end("cp310");
        assertThat(screen()).containsExactly("  cp311  " + "━".repeat(15) + "╸" + "─".repeat(14) + " 5/10  pyo3");
        lines.end("cp311");
        assertThat(screen()).containsExactly("");
    }

    @Test
    void nothingIsLeftWhereOthersWrite() {
        lines.show(progress("cp310", 1));
        lines.show(progress("cp311", 1));
        lines.show(progress("cp312", 1));
        lines.clear();
        assertThat(screen()).containsExactly("");
        lines.show(progress("cp312", 2));
        assertThat(screen()).hasSize(3);
    }

    @Test
    void withoutATerminalNothingIsDrawn() {
        ProgressLines none = new ProgressLines(null);
        none.show(progress("cp310", 1));
        none.end("cp310");
        none.clear();
    }
}
