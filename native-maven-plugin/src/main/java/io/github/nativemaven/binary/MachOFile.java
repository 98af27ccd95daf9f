package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A library or program of macOS for one machine. {@link BinaryFile#read} makes it.
 *
 * @see <a href="https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h">Mach-O loader
 *     commands</a>
 */
public final class MachOFile implements BinaryFile {
    private static final int DYLIB = 6;
    private static final int BUNDLE = 8;

    /**
     * A needed library.
     *
     * @param name its install name: {@code /usr/lib/libSystem.B.dylib}, {@code @rpath/libx.dylib}
     * @param kind how it is needed
     */
    public record Dependency(String name, Kind kind) {
        /** How a library is needed. */
        public enum Kind {
            REQUIRED,
            /** May be missing. */
            WEAK,
            /** Its symbols count as symbols of the library that needs it. */
            REEXPORTED,
            /** Loaded when it is first used. */
            LAZY,
            /** Needs the library that needs it. */
            UPWARD
        }
    }

    /** A version of macOS. */
    public record OsVersion(int major, int minor, int patch) implements Comparable<OsVersion> {
        /** From the packed number of a load command: 16 bits, 8 bits, 8 bits. */
        static OsVersion ofPacked(long packed) {
            return new OsVersion((int) (packed >> 16), (int) (packed >> 8 & 0xff), (int) (packed & 0xff));
        }

        @Override
        public int compareTo(OsVersion other) {
            return Comparator.comparingInt(OsVersion::major)
                    .thenComparingInt(OsVersion::minor)
                    .thenComparingInt(OsVersion::patch)
                    .compare(this, other);
        }

        /** {@code 11.0}, {@code 10.13.4}. */
        @Override
        public String toString() {
            return major + "." + minor + (patch == 0 ? "" : "." + patch);
        }
    }

    private final Path path;
    private final Optional<Architecture> architecture;
    private final int type;
    private final Optional<String> installName;
    private final List<Dependency> dependencies;
    private final List<String> rpaths;
    private final Optional<OsVersion> minimumOs;
    private final boolean signed;
    private final MachOSymbols symbols;

    MachOFile(
            Path path,
            Optional<Architecture> architecture,
            int type,
            Optional<String> installName,
            List<Dependency> dependencies,
            List<String> rpaths,
            Optional<OsVersion> minimumOs,
            boolean signed,
            MachOSymbols symbols) {
        this.path = path;
        this.architecture = architecture;
        this.type = type;
        this.installName = installName;
        this.dependencies = List.copyOf(dependencies);
        this.rpaths = List.copyOf(rpaths);
        this.minimumOs = minimumOs;
        this.signed = signed;
        this.symbols = symbols;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Format format() {
        return Format.MACH_O;
    }

    @Override
    public List<Architecture> architectures() {
        return architecture.map(List::of).orElse(List.of());
    }

    /** The machine; empty where it is one that we have no name for. */
    public Optional<Architecture> architecture() {
        return architecture;
    }

    /** Whether it can be loaded by a program: a dynamic library or a bundle. */
    public boolean isShared() {
        return type == DYLIB || type == BUNDLE;
    }

    /** The name by which others need it: {@code @rpath/libx.dylib}. */
    public Optional<String> installName() {
        return installName;
    }

    /** The needed libraries, in the file's order. */
    public List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public List<String> needed() {
        List<String> names = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            names.add(dependency.name());
        }
        return List.copyOf(names);
    }

    /** The directories that {@code @rpath} stands for, in order. */
    public List<String> rpaths() {
        return rpaths;
    }

    /** The oldest macOS that it runs on; empty where it doesn't say, or is for another system. */
    public Optional<OsVersion> minimumOs() {
        return minimumOs;
    }

    /** Whether it has a code signature. A change of the file makes it worthless. */
    public boolean signed() {
        return signed;
    }

    /** {@inheritDoc} The names are as in a C source, without the underscore that each symbol begins with. */
    @Override
    public Set<String> exports(String prefix) {
        return symbols.exports(prefix);
    }

    /** {@inheritDoc} The names are as in a C source, without the underscore that each symbol begins with. */
    @Override
    public Set<String> imports() {
        return symbols.imports();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
