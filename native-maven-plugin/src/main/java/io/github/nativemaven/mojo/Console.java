package io.github.nativemaven.mojo;

import io.github.nativemaven.cargo.CargoEvent;
import io.github.nativemaven.service.WatchEvent;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.plugin.logging.Log;

/** Shows events: in Maven's log, and cargo's progress in one line of the terminal, where there is one. */
final class Console implements Events {
    private static final int BAR = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final Log log;
    private final PrintStream terminal;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> toldErrors = ConcurrentHashMap.newKeySet();
    private boolean drawn;

    /** @param terminal where the progress line is drawn; null where nobody sees it */
    Console(Log log, PrintStream terminal) {
        this.log = log;
        this.terminal = terminal;
    }

    @Override
    public synchronized void tell(Event event) {
        if (event instanceof CargoEvent.Progress progress) {
            draw(progress);
        } else if (event instanceof Events.Detail detail) {
            debug(detail.text());
        } else {
            show(event);
        }
    }

    private void show(Event event) {
        clear();
        if (event instanceof CargoEvent.Said said) {
            said(said.line());
        } else if (event instanceof CargoEvent.Diagnostic diagnostic) {
            diagnostic(diagnostic);
        } else if (event instanceof Events.Warning warning) {
            log.warn(warning.text());
        } else if (event instanceof DirectoryLock.Waiting waiting) {
            log.info("Waiting for another build that uses " + waiting.directory());
        } else if (event instanceof WatchEvent.RoundStarted) {
            toldErrors.clear();
        } else {
            EventWording.of(event).ifPresent(line -> line.write(log));
        }
    }

    /** cargo's own lines go as they are; "Finished" says what the closing lines say better. */
    private void said(String line) {
        String plain = line.replaceAll("\u001b\\[[0-9;]*m", "").strip();
        if (plain.startsWith("Finished ")
                || plain.startsWith("error: could not compile")
                || plain.startsWith("warning: `")) {
            log.debug(line);
        } else {
            log.info(line);
        }
    }

    /** The same remark on the same source, made anew for the next Python, is shown once; an error once in each round. */
    private void diagnostic(CargoEvent.Diagnostic diagnostic) {
        boolean error = diagnostic.level() == CargoEvent.Level.ERROR;
        if (!(error ? toldErrors : told).add(diagnostic.rendered())) {
            return;
        }
        switch (diagnostic.level()) {
            case ERROR -> log.error(diagnostic.rendered());
            case WARNING -> log.warn(diagnostic.rendered());
            case NOTE -> log.info(diagnostic.rendered());
        }
    }

    private void debug(String text) {
        if (log.isDebugEnabled()) {
            clear();
            log.debug(text);
        }
    }

    private void draw(CargoEvent.Progress progress) {
        if (terminal == null || progress.total() == 0) {
            return;
        }
        int done = BAR * progress.done() / progress.total();
        String bar = "━".repeat(done) + (done < BAR ? "╸" + "─".repeat(BAR - done - 1) : "");
        String current =
                progress.current().length() > 40 ? progress.current().substring(0, 39) + "…" : progress.current();
        terminal.print(CLEAR + "  " + progress.label() + "  " + bar + " " + progress.done() + "/" + progress.total()
                + "  " + current);
        terminal.flush();
        drawn = true;
    }

    private void clear() {
        if (drawn) {
            terminal.print(CLEAR);
            terminal.flush();
            drawn = false;
        }
    }
}
