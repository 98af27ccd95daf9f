package io.github.nativemaven.mojo;

import io.github.nativemaven.cargo.CargoEvent;
import io.github.nativemaven.service.CompileService;
import io.github.nativemaven.service.WatchEvent;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.maven.plugin.logging.Log;

/** Shows events: in Maven's log, and cargo's progress in the last lines of the terminal, where there is one. */
final class Console implements Events {
    private final Log log;
    private final ProgressLines progress;
    private final Set<String> told = new HashSet<>();
    private final Set<String> toldErrors = new HashSet<>();
    private boolean several;

    /** @param terminal where progress is drawn; null where nobody sees it */
    Console(Log log, PrintStream terminal) {
        this.log = log;
        this.progress = new ProgressLines(terminal);
    }

    @Override
    public synchronized void tell(Event event) {
        if (event instanceof CargoEvent.Progress step) {
            progress.show(step);
        } else if (event instanceof CargoEvent.Finished finished) {
            progress.end(finished.label());
        } else if (event instanceof Events.Detail detail) {
            debug(detail.text());
        } else {
            show(event);
        }
    }

    private void show(Event event) {
        progress.clear();
        if (event instanceof CompileService.Planned planned) {
            several = planned.plan().units().size() > 1;
        }
        if (event instanceof CargoEvent.Said said) {
            said(said);
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

    /**
     * cargo's own lines go as they are, with the unit's name where several compile; "Finished" says what the closing lines
     * say better, and "Blocking" what several cargos of one build do for a moment at the list of packages.
     */
    private void said(CargoEvent.Said said) {
        String plain = said.line().replaceAll("\u001b\\[[0-9;]*m", "").strip();
        String line = several && plain.startsWith("Compiling ") ? said.line() + "  " + said.label() : said.line();
        if (plain.startsWith("Finished ")
                || plain.startsWith("error: could not compile")
                || plain.startsWith("warning: `")
                || plain.startsWith("Blocking waiting for file lock on package cache")) {
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
            progress.clear();
            log.debug(text);
        }
    }
}
