package io.github.nativemaven.mojo;

import java.io.PrintStream;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;

/** What Maven was told about its output, in cargo's words. */
final class Terminal {
    private Terminal() {}

    /** Where a progress line can be drawn; null with -B, -q, -T, in a pipe and in a log. */
    static PrintStream of(MavenSession session) {
        boolean alone = !session.isParallel() && session.getRequest().isInteractiveMode();
        return alone && isTerminal() && verbosity(session) == 0 ? System.out : null;
    }

    /** −1 with -q, 1 with -X, else 0. */
    static int verbosity(MavenSession session) {
        int level = session.getRequest().getLoggingLevel();
        if (level >= MavenExecutionRequest.LOGGING_LEVEL_WARN) {
            return -1;
        }
        return level == MavenExecutionRequest.LOGGING_LEVEL_DEBUG ? 1 : 0;
    }

    /** Whether diagnostics may carry colours: as {@code -Dstyle.color} says, else where a person looks. */
    static boolean colors(MavenSession session) {
        return switch (session.getUserProperties().getProperty("style.color", "auto")) {
            case "always" -> true;
            case "never" -> false;
            default -> session.getRequest().isInteractiveMode() && isTerminal();
        };
    }

    /** From JDK 22 on a console is there also where no terminal is, and says so itself. */
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
