package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A library or program of Windows. {@link BinaryFile#read} makes it.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/debug/pe-format">PE format</a>
 */
public final class PeFile implements BinaryFile {
    private static final int DLL = 0x2000;

    /**
     * What is needed of one library.
     *
     * @param library its file name: {@code python3.dll}; case doesn't matter to Windows
     * @param delayed whether it is loaded only when it is first used
     * @param symbols the functions and variables that are needed by name, in the file's order
     */
    public record Import(String library, boolean delayed, List<String> symbols) {
        public Import {
            symbols = List.copyOf(symbols);
        }
    }

    private final Path path;
    private final Optional<Architecture> architecture;
    private final int characteristics;
    private final List<Import> libraries;
    private final List<String> exports;

    PeFile(
            Path path,
            Optional<Architecture> architecture,
            int characteristics,
            List<Import> libraries,
            List<String> exports) {
        this.path = path;
        this.architecture = architecture;
        this.characteristics = characteristics;
        this.libraries = List.copyOf(libraries);
        this.exports = List.copyOf(exports);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Format format() {
        return Format.PE;
    }

    @Override
    public List<Architecture> architectures() {
        return architecture.map(List::of).orElse(List.of());
    }

    /** The machine; empty where it is one that we have no name for. */
    public Optional<Architecture> architecture() {
        return architecture;
    }

    /** Whether it can be loaded by a program: a DLL. */
    public boolean isShared() {
        return (characteristics & DLL) != 0;
    }

    /** What is needed of each library, the delayed ones last. */
    public List<Import> libraries() {
        return libraries;
    }

    /** {@inheritDoc} The delayed ones are last. */
    @Override
    public List<String> needed() {
        List<String> names = new ArrayList<>();
        for (Import library : libraries) {
            names.add(library.library());
        }
        return List.copyOf(names);
    }

    @Override
    public Set<String> exports(String prefix) {
        Set<String> found = new LinkedHashSet<>();
        for (String name : exports) {
            if (name.startsWith(prefix)) {
                found.add(name);
            }
        }
        return found;
    }

    @Override
    public Set<String> imports() {
        Set<String> found = new LinkedHashSet<>();
        for (Import library : libraries) {
            found.addAll(library.symbols());
        }
        return found;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
