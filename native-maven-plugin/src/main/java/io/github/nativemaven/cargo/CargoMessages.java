package io.github.nativemaven.cargo;

import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Json;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands what one run of cargo prints: JSON messages on standard output, words for a person on standard error.
 *
 * <p>The two methods that take lines may be called from two threads.
 *
 * @see <a href="https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages">cargo's JSON messages</a>
 */
final class CargoMessages {
    private static final int LAST_WORDS = 20;
    /** What rustc may be told that a directory is searched for. */
    private static final Set<String> KINDS_OF_LIBRARIES = Set.of("native", "all", "dependency", "crate");

    private static final Pattern PROGRESS = Pattern.compile("Building \\[[^]]*] (\\d{1,9})/(\\d{1,9})(?:: (.*))?");
    /** What a build script that failed has told cargo, and the variables that the crate cc asked for: never the reason. */
    private static final Pattern SAID_TO_CARGO =
            Pattern.compile("cargo::?[a-z-]+=.*|[A-Za-z0-9_-]+ = (None|Some\\(.*\\))");

    private static final Pattern COLORS = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

    private final String label;
    private final Events events;
    private final Consumer<String> printed;
    private final List<CargoOutcome.Artifact> artifacts = new ArrayList<>();
    private final Map<String, Path> outDirectories = new LinkedHashMap<>();
    private final Set<Path> libraryDirectories = new LinkedHashSet<>();
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final Set<String> failedPackages = new TreeSet<>();
    private int errors;

    /** @param printed takes the lines of standard output that are no messages of cargo's */
    CargoMessages(String label, Events events, Consumer<String> printed) {
        this.label = label;
        this.events = events;
        this.printed = printed;
    }

    /** Takes a line of standard output. */
    void output(String line) {
        if (!line.startsWith("{\"reason\":")) {
            printed.accept(line);
            return;
        }
        try {
            message(Json.read(line), line);
        } catch (IOException | InvalidPathException e) {
            // Not cargo's: a test or a macro may print what looks like a message.
            printed.accept(line);
        }
    }

    private void message(Json json, String line) {
        switch (json.get("reason").string()) {
            case "compiler-artifact" -> artifacts.add(artifact(json));
            case "build-script-executed" -> buildScript(json);
            case "compiler-message" -> diagnostic(json.get("package_id").string(), json.get("message"));
            case "build-finished" -> events.tell(new CargoEvent.Finished(label));
            default -> printed.accept(line);
        }
    }

    private void buildScript(Json json) {
        json.get("out_dir")
                .text()
                .ifPresent(out -> outDirectories.put(json.get("package_id").string(), Path.of(out)));
        for (String path : json.get("linked_paths").strings()) {
            int kind = path.indexOf('=');
            String directory =
                    kind >= 0 && KINDS_OF_LIBRARIES.contains(path.substring(0, kind)) ? path.substring(kind + 1) : path;
            if (!path.startsWith("framework=") && !directory.isEmpty()) {
                libraryDirectories.add(Path.of(directory));
            }
        }
    }

    private static CargoOutcome.Artifact artifact(Json json) {
        Json target = json.get("target");
        return new CargoOutcome.Artifact(
                json.get("package_id").string(),
                target.get("name").string(),
                target.get("kind").strings(),
                json.get("filenames").strings().stream().map(Path::of).toList(),
                json.get("executable").text().map(Path::of),
                json.get("profile").get("test").isTrue(),
                json.get("fresh").isTrue());
    }

    private void diagnostic(String packageId, Json message) {
        CargoEvent.Level level =
                switch (message.get("level").string()) {
                    case "error", "error: internal compiler error" -> CargoEvent.Level.ERROR;
                    case "warning" -> CargoEvent.Level.WARNING;
                    default -> CargoEvent.Level.NOTE;
                };
        String rendered = LinkerFailure.shortened(message)
                .orElseGet(() -> message.get("rendered").string().stripTrailing());
        // The summary that rustc adds ("aborting due to 2 previous errors") names no place and is cargo's to give.
        if (message.get("spans").items().isEmpty()
                && COLORS.matcher(rendered)
                        .replaceAll("")
                        .matches("(?s)(error: aborting|warning: \\d+ warnings? em).*")) {
            return;
        }
        if (level == CargoEvent.Level.ERROR) {
            errors++;
            failedPackages.add(packageId);
        }
        events.tell(new CargoEvent.Diagnostic(label, level, rendered));
    }

    /** Takes a line of standard error, in which carriage returns part the states of the progress bar. */
    void error(String line) {
        for (String part : line.split("\r")) {
            String text = COLORS.matcher(part).replaceAll("").strip();
            if (text.isEmpty()) {
                continue;
            }
            Matcher progress = PROGRESS.matcher(text);
            if (progress.find()) {
                events.tell(new CargoEvent.Progress(
                        label,
                        Integer.parseInt(progress.group(1)),
                        Integer.parseInt(progress.group(2)),
                        progress.group(3) == null ? "" : progress.group(3)));
            } else {
                say(part.replace("\u001b[K", ""), text);
            }
        }
    }

    private synchronized void say(String line, String plain) {
        if (!SAID_TO_CARGO.matcher(plain).matches()) {
            if (lastWords.size() == LAST_WORDS) {
                lastWords.removeFirst();
            }
            lastWords.addLast(plain);
        }
        events.tell(new CargoEvent.Said(label, line));
    }

    CargoOutcome outcome(int exitCode, Duration time) {
        return new CargoOutcome(
                exitCode,
                List.copyOf(artifacts),
                Collections.unmodifiableMap(outDirectories),
                List.copyOf(libraryDirectories),
                errors,
                Collections.unmodifiableSet(failedPackages),
                List.copyOf(lastWords),
                time);
    }
}
