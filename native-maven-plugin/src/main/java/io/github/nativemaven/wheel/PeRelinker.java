package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.PePatch;
import io.github.nativemaven.binary.PePatcher;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * On Windows: libraries know each other by their file names, and nothing in them says where others lie.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order">search order</a>
 */
final class PeRelinker implements Relinker {
    private static final String DLL = ".dll";

    @Override
    public String suffix() {
        return ".libs";
    }

    /** {@inheritDoc} {@code zlib1.dll} becomes {@code zlib1-1a2b3c4d.dll}. */
    @Override
    public String fileName(String original, String digits) {
        boolean dll = original.toLowerCase(Locale.ROOT).endsWith(DLL);
        int at = dll ? original.length() - DLL.length() : original.length();
        return original.substring(0, at) + "-" + digits + original.substring(at);
    }

    @Override
    public boolean knowsNamesOnly() {
        return true;
    }

    @Override
    public Change copy(BinaryFile library, String fileName, Map<String, String> renamed) {
        return change(renamed);
    }

    @Override
    public Change needer(BinaryFile file, String way, Map<String, String> renamed) {
        return change(renamed);
    }

    private static Change change(Map<String, String> renamed) {
        PePatch patch = new PePatch(renamed);
        return new Change(new TreeMap<>(patch.replaced()).toString(), (from, to) -> PePatcher.patch(from, to, patch));
    }
}
