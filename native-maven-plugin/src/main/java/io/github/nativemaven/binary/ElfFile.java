package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A dynamic library or program of Linux and its like. {@link BinaryFile#read} makes it.
 *
 * @see <a href="https://gabi.xinuos.com/">System V ABI</a>
 */
public final class ElfFile implements BinaryFile {
    private static final int SHARED = 3;
    private static final long ARM_HARD_FLOAT = 0x400;
    private static final long ARM_SOFT_FLOAT = 0x200;

    /**
     * A version that a library must have, or the loader refuses the file.
     *
     * @param library the library, as it is named in the needed libraries: {@code libc.so.6}
     * @param version the version's name: {@code GLIBC_2.14}
     * @param weak whether the loader goes on without it
     * @param symbol a symbol that is needed in this version: {@code memcpy}; one that is not weak, where there is one
     */
    public record VersionNeed(String library, String version, boolean weak, Optional<String> symbol) {
        /** The symbol with its version, as a linker writes it: {@code memcpy@GLIBC_2.14}. */
        @Override
        public String toString() {
            return symbol.orElse("") + "@" + version;
        }
    }

    /** How floating-point numbers are passed, on 32-bit Arm. */
    public enum FloatAbi {
        HARD,
        SOFT,
        /** The file doesn't say, or is for another machine. */
        UNSTATED
    }

    private final Path path;
    private final Optional<Architecture> architecture;
    private final ElfHeader header;
    private final Optional<String> interpreter;
    private final Optional<String> soname;
    private final List<String> needed;
    private final List<String> rpath;
    private final List<String> runpath;
    private final List<VersionNeed> versionNeeds;
    private final int x86Level;
    private final boolean wantsExecutableStack;
    private final ElfSymbols symbols;

    ElfFile(
            Path path,
            Optional<Architecture> architecture,
            ElfHeader header,
            Optional<String> interpreter,
            Optional<String> soname,
            List<String> needed,
            List<String> rpath,
            List<String> runpath,
            List<VersionNeed> versionNeeds,
            int x86Level,
            boolean wantsExecutableStack,
            ElfSymbols symbols) {
        this.path = path;
        this.architecture = architecture;
        this.header = header;
        this.interpreter = interpreter;
        this.soname = soname;
        this.needed = List.copyOf(needed);
        this.rpath = List.copyOf(rpath);
        this.runpath = List.copyOf(runpath);
        this.versionNeeds = List.copyOf(versionNeeds);
        this.x86Level = x86Level;
        this.wantsExecutableStack = wantsExecutableStack;
        this.symbols = symbols;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Format format() {
        return Format.ELF;
    }

    @Override
    public List<Architecture> architectures() {
        return architecture.map(List::of).orElse(List.of());
    }

    /** The machine; empty where it is one that we have no name for. A 32-bit Arm file is taken to be for ARMv7. */
    public Optional<Architecture> architecture() {
        return architecture;
    }

    /** The number of the machine, {@code e_machine}, for those that have no name here. */
    public int machine() {
        return header.machine();
    }

    /** Bits of a pointer: 32 or 64. */
    public int pointerWidth() {
        return header.wide() ? 64 : 32;
    }

    /** Whether it can be loaded at any address: a library, or a program that is made as one. */
    public boolean isShared() {
        return header.type() == SHARED;
    }

    /** How floating-point numbers are passed, on 32-bit Arm. */
    public FloatAbi floatAbi() {
        if (architecture.filter(Architecture.ARMV7L::equals).isEmpty()) {
            return FloatAbi.UNSTATED;
        }
        if ((header.flags() & ARM_HARD_FLOAT) != 0) {
            return FloatAbi.HARD;
        }
        return (header.flags() & ARM_SOFT_FLOAT) != 0 ? FloatAbi.SOFT : FloatAbi.UNSTATED;
    }

    /**
     * Which level of the x86-64 instructions it says that it needs: 2 for {@code x86-64-v2}, to 4. 1 where every machine
     * will do, or the file doesn't say. glibc refuses to load what needs a higher level than the machine has.
     */
    public int x86Level() {
        return x86Level;
    }

    /**
     * Whether it says that it runs code on the stack. glibc refuses to load such a library since 2.41. One that says nothing
     * of the stack isn't counted: what happens to it depends on the machine.
     */
    public boolean wantsExecutableStack() {
        return wantsExecutableStack;
    }

    /** The path of the loader, which a program has: {@code /lib64/ld-linux-x86-64.so.2}. */
    public Optional<String> interpreter() {
        return interpreter;
    }

    /** The name by which others need it: {@code libz.so.1}. */
    public Optional<String> soname() {
        return soname;
    }

    @Override
    public List<String> needed() {
        return needed;
    }

    /** Directories in which the loader looks first, for this library and those that it needs; obsolete. */
    public List<String> rpath() {
        return rpath;
    }

    /** Directories in which the loader looks after {@code LD_LIBRARY_PATH}: {@code $ORIGIN/../x.libs}. */
    public List<String> runpath() {
        return runpath;
    }

    /** The versions that it needs of its libraries, in the file's order. */
    public List<VersionNeed> versionNeeds() {
        return versionNeeds;
    }

    /** The names of the versions that it needs of one library, in the file's order. */
    public List<String> versionsNeededOf(String library) {
        List<String> versions = new ArrayList<>();
        for (VersionNeed need : versionNeeds) {
            if (need.library().equals(library)) {
                versions.add(need.version());
            }
        }
        return versions;
    }

    @Override
    public Set<String> exports(String prefix) {
        return symbols.exports(prefix.getBytes(StandardCharsets.UTF_8));
    }

    ElfHeader header() {
        return header;
    }

    ElfSymbols symbols() {
        return symbols;
    }

    @Override
    public Set<String> imports() {
        return imports(true);
    }

    /** The names of the symbols that must be found, or the library doesn't load: the imports without the weak ones. */
    public Set<String> requiredImports() {
        return imports(false);
    }

    private Set<String> imports(boolean weakToo) {
        Set<String> found = new LinkedHashSet<>();
        NameBudget names = symbols.names();
        for (int i = 1, count = symbols.count(); i < count; i++) {
            if (symbols.isImport(i) && (weakToo || !symbols.isWeak(i))) {
                found.add(symbols.name(i, names));
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
