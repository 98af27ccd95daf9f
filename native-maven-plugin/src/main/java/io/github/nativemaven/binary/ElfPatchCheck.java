package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ElfFile.VersionNeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads a patched copy: it is what was asked, and else what the file was. In a damaged file tables may lie over each other,
 * so that who changes one changes another; no check of each table for itself finds that.
 */
final class ElfPatchCheck {
    private final ElfFile original;
    private final ElfPatch patch;

    ElfPatchCheck(ElfFile original, ElfPatch patch) {
        this.original = original;
        this.patch = patch;
    }

    /** @throws MalformedBinaryException about the original, when the copy is another file than asked for */
    void check(BoundedFile copy) throws IOException {
        ElfFile patched;
        try {
            patched = (ElfFile) BinaryReader.read(copy);
        } catch (MalformedBinaryException e) {
            throw overlap(e.reason());
        }
        expect("the name", patch.soname().or(original::soname), patched.soname());
        expect("the needed libraries", needed(), patched.needed());
        expect("the needed versions", versionNeeds(), patched.versionNeeds());
        expect("DT_RUNPATH", directories(true, original.runpath()), patched.runpath());
        expect("DT_RPATH", directories(false, original.rpath()), patched.rpath());
        expect("the loader", original.interpreter(), patched.interpreter());
        expect("the machine", original.machine(), patched.machine());
        expect("the flags", original.header().flags(), patched.header().flags());
        if (!original.symbols().sameAs(patched.symbols())) {
            throw overlap("the symbols would be others");
        }
    }

    private void expect(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw overlap(what + " would be " + found + " instead of " + expected);
        }
    }

    private MalformedBinaryException overlap(String consequence) {
        return new MalformedBinaryException(
                original.path(), 0, "its tables lie over each other, a change spoils them: " + consequence);
    }

    private List<String> needed() {
        List<String> needed = new ArrayList<>();
        for (String library : original.needed()) {
            needed.add(renamed(library));
        }
        for (String library : patch.added()) {
            if (!needed.contains(library)) {
                needed.add(library);
            }
        }
        return needed;
    }

    private List<VersionNeed> versionNeeds() {
        List<VersionNeed> needs = new ArrayList<>();
        for (VersionNeed need : original.versionNeeds()) {
            needs.add(new VersionNeed(renamed(need.library()), need.version(), need.weak(), need.symbol()));
        }
        return needs;
    }

    private String renamed(String library) {
        return patch.replaced().getOrDefault(library, library);
    }

    private List<String> directories(boolean runpath, List<String> before) {
        return patch.searchPath()
                .map(path -> path.runpath() == runpath ? path.directories() : List.<String>of())
                .orElse(before);
    }
}
