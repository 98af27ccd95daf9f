package io.github.nativemaven.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a project's Python source lies.
 *
 * @param pythonSource the directory that packages lie in, absolute; it need not hold any
 * @param pythonPackage the package that the extension module goes into, where there is Python source (a mixed layout)
 * @param sources the packages and modules of the Python source that are shipped, that package included
 * @param data the directory whose parts go to the places of an environment, where there is one
 */
public record Layout(Path pythonSource, Optional<Path> pythonPackage, List<Path> sources, Optional<Path> data) {
    /** Whether there is Python source beside the Rust source. */
    public boolean isMixed() {
        return pythonPackage.isPresent();
    }
}
