package io.github.nativemaven.cargo;

import io.github.nativemaven.system.Json;
import java.util.List;
import java.util.Optional;

/** What rustc says when the linker fails, without the linker's hundreds of arguments. */
final class LinkerFailure {
    private static final int LINES = 12;

    private LinkerFailure() {}

    /** The linker's exit code and its own last lines; empty where a message is about something else. */
    static Optional<String> shortened(Json message) {
        String text = message.get("message").string();
        if (!text.startsWith("linking with ")) {
            return Optional.empty();
        }
        List<String> said = message.get("children").items().stream()
                .map(child -> child.get("message").string())
                .filter(note -> !isArguments(note))
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
        StringBuilder shortened = new StringBuilder("error: ").append(text);
        said.subList(Math.max(0, said.size() - LINES), said.size())
                .forEach(line -> shortened.append("\n  ").append(line));
        return Optional.of(shortened.toString());
    }

    private static boolean isArguments(String note) {
        return note.startsWith("some arguments are omitted")
                || note.stripLeading().startsWith("\"")
                || note.contains("env -u ") && note.contains("\" \"")
                || note.contains("LC_ALL=\"C\"");
    }
}
