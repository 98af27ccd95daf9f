package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.FileRules;
import io.github.nativemaven.project.Maturin;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that a project's rules put into a wheel, or keep out of it. */
final class RuledFiles {
    private final Project project;
    private final FileRules rules;
    private final Events events;

    /** @param events told of rules that match nothing */
    RuledFiles(Project project, Events events) throws IOException {
        this.project = project;
        this.rules = FileRules.of(project, Maturin.Format.WHEEL);
        this.events = events;
    }

    /** What the project asks for besides goes in, and what it doesn't want goes out, but for the library itself. */
    void apply(Entries entries, UnitResult result) throws IOException {
        Map<String, Path> included = new TreeMap<>(rules.included(this::tellUnmatched));
        Map<String, Path> made = made(result);
        made.keySet().forEach(path -> removeLeftOver(entries, path));
        included.putAll(made);
        for (Map.Entry<String, Path> file : included.entrySet()) {
            addOnce(entries, file.getKey(), file.getValue());
        }
        for (Entry entry : List.copyOf(entries.sorted())) {
            if (entry.content() instanceof Content.Stored stored
                    && !stored.file().startsWith(result.unit().directory())
                    && rules.excludes(stored.file())) {
                entries.remove(entry.path());
            }
        }
    }

    /**
     * What build scripts made for the wheel.
     *
     * @return files by their paths in the wheel, and below the Python source
     */
    Map<String, Path> made(UnitResult result) throws IOException {
        return rules.made(result.outDirectories(), this::tellUnmatched);
    }

    /** A development install puts what is made into the Python source. */
    private void removeLeftOver(Entries entries, String path) {
        String leftOver = project.layout().pythonSource().resolve(path).toString();
        if (entries.get(path).filter(entry -> entry.origin().equals(leftOver)).isPresent()) {
            entries.remove(path);
        }
    }

    private void tellUnmatched(Maturin.FileRule rule) {
        events.tell(new Events.Warning(rule.origin() + " '" + rule.path() + "' matches no file."));
    }

    private static void addOnce(Entries entries, String path, Path file) {
        boolean there = entries.get(path)
                .filter(entry -> entry.origin().equals(file.toString()))
                .isPresent();
        if (!there) {
            entries.add(path, Content.of(file), false, file.toString());
        }
    }
}
