package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.ElfPatch;
import io.github.nativemaven.binary.ElfPatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * On Linux: libraries know each other by names that are found through run paths.
 *
 * @see <a href="https://peps.python.org/pep-0513/#bundled-wheels-on-linux">PEP 513, bundled wheels on Linux</a>
 */
final class ElfRelinker implements Relinker {
    @Override
    public String suffix() {
        return ".libs";
    }

    /** {@inheritDoc} {@code libssl.so.3} becomes {@code libssl-1a2b3c4d.so.3}. */
    @Override
    public String fileName(String original, String digits) {
        int extension = original.indexOf(".so");
        int at = extension < 0 ? original.length() : extension;
        return original.substring(0, at) + "-" + digits + original.substring(at);
    }

    @Override
    public Change copy(BinaryFile library, String fileName, Map<String, String> renamed) {
        ElfFile original = (ElfFile) library;
        boolean hasPath = !original.rpath().isEmpty() || !original.runpath().isEmpty();
        ElfPatch patch = replaced(renamed).soname(fileName);
        if (!renamed.isEmpty()) {
            patch = patch.runpath("$ORIGIN");
        } else if (hasPath) {
            patch = patch.withoutSearchPath();
        }
        return change(patch);
    }

    @Override
    public Change needer(BinaryFile file, String way, Map<String, String> renamed) {
        ElfFile elf = (ElfFile) file;
        List<String> directories = new ArrayList<>(List.of("$ORIGIN/" + way));
        for (String directory : elf.runpath().isEmpty() ? elf.rpath() : elf.runpath()) {
            if (directory.startsWith("$ORIGIN") || directory.startsWith("${ORIGIN}")) {
                directories.add(directory);
            }
        }
        return change(replaced(renamed).runpath(directories.toArray(String[]::new)));
    }

    private static ElfPatch replaced(Map<String, String> names) {
        ElfPatch patch = ElfPatch.NOTHING;
        for (Map.Entry<String, String> each : names.entrySet()) {
            patch = patch.replaceNeeded(each.getKey(), each.getValue());
        }
        return patch;
    }

    private static Change change(ElfPatch patch) {
        String how = patch.soname().orElse("")
                + new TreeMap<>(patch.replaced())
                + patch.searchPath()
                        .map(ElfPatch.SearchPath::directories)
                        .map(List::toString)
                        .orElse("");
        return new Change(how, (from, to) -> ElfPatcher.patch(from, to, patch));
    }
}
