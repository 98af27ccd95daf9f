package io.github.nativemaven.install;

import io.github.nativemaven.wheel.EntryPoints;
import io.github.nativemaven.wheel.EntryPoints.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The programs of a distribution: those for its entry points, and scripts that are told which Python runs them.
 *
 * <p>On Windows an entry point becomes two files, {@code name-script.py} and {@code name.cmd} that starts it: the
 * {@code name.exe} that other tools write is a compiled program, which is not shipped here.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/entry-points/#use-for-scripts">entry points as
 *     scripts</a>
 */
final class Launchers {
    /** Linux cuts off longer first lines; macOS takes four times as much. */
    private static final int LONGEST_SHEBANG = 127;

    private final Path executable;
    private final Path scripts;
    private final boolean windows;

    /**
     * @param executable the environment's Python
     * @param scripts the directory of programs
     */
    Launchers(Path executable, Path scripts, boolean windows) {
        this.executable = executable;
        this.scripts = scripts;
        this.windows = windows;
    }

    /** The programs for entry points. */
    List<NewFile> files(EntryPoints entryPoints) {
        List<NewFile> files = new ArrayList<>();
        add(files, entryPoints.groups().getOrDefault(EntryPoints.CONSOLE_SCRIPTS, Collections.emptySortedMap()), false);
        add(files, entryPoints.groups().getOrDefault(EntryPoints.GUI_SCRIPTS, Collections.emptySortedMap()), true);
        return files;
    }

    private void add(List<NewFile> files, Map<String, Reference> entries, boolean gui) {
        entries.forEach((name, reference) -> {
            String script = interpreterLines() + body(reference);
            if (windows) {
                String file = name + (gui ? "-script.pyw" : "-script.py");
                files.add(NewFile.of(scripts, file, script));
                files.add(NewFile.of(scripts, name + ".cmd", command(file, gui)));
            } else {
                files.add(NewFile.of(scripts, name, script.getBytes(StandardCharsets.UTF_8), true));
            }
        });
    }

    /** A script of a wheel whose first line is {@code #!python} gets the environment's Python there; others stay. */
    byte[] rewritten(byte[] script) {
        int end = 0;
        while (end < script.length && script[end] != '\n') {
            end++;
        }
        String first = new String(script, 0, Math.min(end, LONGEST_SHEBANG), StandardCharsets.ISO_8859_1);
        if (!first.startsWith("#!python")) {
            return script;
        }
        byte[] lines = interpreterLines().getBytes(StandardCharsets.UTF_8);
        int rest = Math.min(end + 1, script.length);
        byte[] result = new byte[lines.length + script.length - rest];
        System.arraycopy(lines, 0, result, 0, lines.length);
        System.arraycopy(script, rest, result, lines.length, script.length - rest);
        return result;
    }

    /** The first lines of a script; they are a shell's and a Python's at once where the path fits no first line. */
    private String interpreterLines() {
        String path = executable.toString();
        int length = ("#!" + path).getBytes(StandardCharsets.UTF_8).length;
        if (windows || length <= LONGEST_SHEBANG && !path.contains(" ")) {
            return "#!" + path + "\n";
        }
        return "#!/bin/sh\n'''exec' " + quoted(path) + " \"$0\" \"$@\"\n' '''\n";
    }

    /** For the shell, without three single quotes in a row, which would end Python's text. */
    private static String quoted(String path) {
        return "'" + path.replace("'", "'\"'\"'") + "'";
    }

    private static String body(Reference reference) {
        String attributes = reference.attributes();
        int dot = attributes.indexOf('.');
        String imported = dot < 0 ? attributes : attributes.substring(0, dot);
        return "import sys\nfrom " + reference.module() + " import " + imported
                + "\n\nif __name__ == '__main__':\n    sys.exit(" + attributes + "())\n";
    }

    private static String command(String script, boolean gui) {
        String python = gui ? "start \"\" \"%~dp0pythonw.exe\"" : "\"%~dp0python.exe\"";
        return "@" + python + " \"%~dp0" + script + "\" %*\r\n";
    }
}
