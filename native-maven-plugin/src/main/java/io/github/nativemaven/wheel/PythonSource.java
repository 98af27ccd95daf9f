package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Python files that a project ships beside its modules. */
final class PythonSource {
    private final Project project;
    private final SourceFiles files;

    PythonSource(Project project, SourceFiles files) {
        this.project = project;
        this.files = files;
    }

    /** @param extensions where the compiled modules lie, which a development install may have left in the source */
    void addTo(Entries entries, List<String> extensions) throws IOException {
        Path source = project.layout().pythonSource();
        for (Path root : project.layout().sources()) {
            for (Path file : Files.isDirectory(root) ? files.list(root) : List.of(root)) {
                String path = source.relativize(file).toString().replace('\\', '/');
                if (!isLeftOver(path, extensions) && !entries.contains(path)) {
                    entries.add(path, Content.of(file), false, file.toString());
                }
            }
        }
    }

    /** Whether a file is made by Python or by a development install, and not written by anybody. */
    private boolean isLeftOver(String path, List<String> extensions) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean library = name.matches(".+\\.(so|pyd|dylib|dll)");
        return name.endsWith(".pyc")
                || path.contains("/__pycache__/")
                || name.startsWith(AtomicFiles.ASIDE)
                || library && extensions.stream().anyMatch(extension -> isOlder(path, extension));
    }

    /** Whether a library is another build of a module, or lies where only libraries that are compiled do. */
    private boolean isOlder(String path, String extension) {
        int slash = extension.lastIndexOf('/');
        if (project.bindings() instanceof Bindings.PyO3) {
            int dot = extension.indexOf('.', slash);
            return path.startsWith(extension.substring(0, dot + 1));
        }
        String directory = extension.substring(0, slash + 1);
        return path.startsWith(directory + project.module().last() + ".") || path.startsWith(directory + "lib");
    }
}
