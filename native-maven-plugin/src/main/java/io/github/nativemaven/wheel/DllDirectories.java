package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where in a wheel for Windows DLLs lie, so that they are found.
 *
 * <p>Windows looks for the DLLs of an extension beside it, and in the directories that Python was told of; for those of a
 * program only beside it. So the package above an extension tells of the libraries' directory, in the first {@code
 * __init__.py} that is imported on the way to it; in the wheel only, not in the project's own file. Where there is no such
 * file, and for programs, the DLLs lie beside who needs them.
 *
 * @see <a href="https://docs.python.org/3/library/os.html#os.add_dll_directory">os.add_dll_directory</a>
 */
final class DllDirectories {
    private static final String INIT = "__init__.py";

    private final Entries entries;
    private final String libraries;
    private final Set<String> told = new TreeSet<>();

    private DllDirectories(Entries entries, String libraries) {
        this.entries = entries;
        this.libraries = libraries;
    }

    /**
     * Chooses the directories, and adds to packages what tells of them.
     *
     * @param needers the paths of what needs DLLs
     * @param libraries the directory of the wheel that is made for them: {@code my_pkg.libs}
     * @return the directories that all DLLs must be in
     */
    static Set<String> prepare(Entries entries, Collection<String> needers, String libraries) throws IOException {
        DllDirectories directories = new DllDirectories(entries, libraries);
        Set<String> all = new TreeSet<>();
        for (String path : needers) {
            Optional<String> init = directories.firstInit(path);
            if (init.isPresent()) {
                directories.tell(init.get());
                all.add(libraries);
            } else {
                all.add(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
            }
        }
        return all;
    }

    private Optional<String> firstInit(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String init = path.substring(0, slash + 1) + INIT;
            if (entries.contains(init)) {
                return Optional.of(init);
            }
        }
        return Optional.empty();
    }

    private void tell(String init) throws IOException {
        if (!told.add(init)) {
            return;
        }
        Entry entry = entries.get(init).orElseThrow();
        // Whatever its encoding is, what is added is ASCII, and all else stays byte for byte.
        String text;
        try (InputStream in = entry.content().open()) {
            text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        String changed = PythonPrologue.insert(text, prologue(init));
        entries.remove(init);
        byte[] bytes = changed.getBytes(StandardCharsets.ISO_8859_1);
        entries.add(init, new Content.Bytes(bytes), entry.executable(), entry.origin());
    }

    private String prologue(String init) throws IOException {
        String up = "../".repeat((int) init.chars().filter(c -> c == '/').count());
        String code = new String(Resources.read(DllDirectories.class, "add_dll_directory.py"), StandardCharsets.UTF_8);
        return code.replace("DIRECTORY", up + libraries);
    }
}
