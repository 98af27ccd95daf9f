package io.github.nativemaven.mojo;

import io.github.nativemaven.cargo.CargoEvent;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last lines of a terminal, one for each cargo that runs, drawn over again and again. */
final class ProgressLines {
    private static final int BAR = 30;
    private static final int CURRENT = 40;
    private static final String TO_START = "\r";
    private static final String CLEAR_BELOW = "\u001b[J";
    /** A line that is longer than the terminal is wide must not become two. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream terminal;
    private final Map<String, CargoEvent.Progress> running = new LinkedHashMap<>();
    private int drawn;

    /** @param terminal where lines are drawn; null where nobody sees them */
    ProgressLines(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Shows how far a cargo is. */
    void show(CargoEvent.Progress progress) {
        if (terminal != null && progress.total() > 0) {
            running.put(progress.label(), progress);
            draw();
        }
    }

    /** A cargo has ended: its line goes away. */
    void end(String label) {
        if (running.remove(label) != null) {
            draw();
        }
    }

    /** Takes the lines away, so that something else can be written; the next progress draws them again. */
    void clear() {
        if (drawn > 0) {
            terminal.print(back());
            terminal.flush();
            drawn = 0;
        }
    }

    private void draw() {
        StringBuilder text = new StringBuilder(back()).append(NO_WRAP);
        int lines = 0;
        for (CargoEvent.Progress progress : running.values()) {
            text.append(lines++ == 0 ? "" : "\n").append(line(progress));
        }
        terminal.print(text.append(WRAP));
        terminal.flush();
        drawn = lines;
    }

    private String back() {
        return TO_START + (drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "") + CLEAR_BELOW;
    }

    private static String line(CargoEvent.Progress progress) {
        int done = BAR * progress.done() / progress.total();
        String bar = "━".repeat(done) + (done < BAR ? "╸" + "─".repeat(BAR - done - 1) : "");
        String current = progress.current();
        return "  " + progress.label() + "  " + bar + " " + progress.done() + "/" + progress.total() + "  "
                + (current.length() > CURRENT ? current.substring(0, CURRENT - 1) + "…" : current);
    }
}
