package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A library or program of macOS for several machines: one Mach-O file for each, in one. */
public final class MachOUniversal implements BinaryFile {
    private final Path path;
    private final List<MachOFile> slices;

    MachOUniversal(Path path, List<MachOFile> slices) {
        this.path = path;
        this.slices = List.copyOf(slices);
    }

    /** The file for each machine, in order. */
    public List<MachOFile> slices() {
        return slices;
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
        List<Architecture> all = new ArrayList<>();
        for (MachOFile slice : slices) {
            all.addAll(slice.architectures());
        }
        return List.copyOf(all);
    }

    /** What any of the slices needs. */
    @Override
    public List<String> needed() {
        Set<String> all = new LinkedHashSet<>();
        for (MachOFile slice : slices) {
            all.addAll(slice.needed());
        }
        return List.copyOf(all);
    }

    /** {@inheritDoc} Only what each of the slices exports: whoever has one machine has one slice. */
    @Override
    public Set<String> exports(String prefix) {
        Set<String> common = null;
        for (MachOFile slice : slices) {
            Set<String> names = slice.exports(prefix);
            if (common == null) {
                common = names;
            } else {
                common.retainAll(names);
            }
        }
        return common == null ? Set.of() : common;
    }

    /** {@inheritDoc} What any of the slices needs. */
    @Override
    public Set<String> imports() {
        Set<String> all = new LinkedHashSet<>();
        for (MachOFile slice : slices) {
            all.addAll(slice.imports());
        }
        return all;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
