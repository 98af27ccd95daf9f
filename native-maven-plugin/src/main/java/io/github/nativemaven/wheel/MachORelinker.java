package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.MachOPatch;
import io.github.nativemaven.binary.MachOPatcher;
import io.github.nativemaven.binary.MachOUniversal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On macOS: libraries know each other by paths, which may be relative to who needs them. Whatever is packed is signed ad hoc:
 * a change makes a signature worthless, and a linker's own doesn't outlast being stripped.
 *
 * <p>The libraries' directory is beside the packages, as on Linux, and not within one: a wheel may have several packages, or
 * none.
 */
final class MachORelinker implements Relinker {
    private static final String LOADER = "@loader_path/";
    private static final String RPATH = "@rpath/";
    private static final Pattern EXTENSION = Pattern.compile("(\\.\\d+)*\\.(dylib|so)$");

    @Override
    public String suffix() {
        return ".dylibs";
    }

    /** {@inheritDoc} {@code libssl.3.dylib} becomes {@code libssl-1a2b3c4d.3.dylib}. */
    @Override
    public String fileName(String original, String digits) {
        Matcher extension = EXTENSION.matcher(original);
        int at = extension.find() ? extension.start() : original.length();
        return original.substring(0, at) + "-" + digits + original.substring(at);
    }

    @Override
    public Change copy(BinaryFile library, String fileName, Map<String, String> renamed) {
        MachOPatch patch = MachOPatch.of(fileName).installName(RPATH + fileName);
        for (MachOFile slice : slices(library)) {
            for (String directory : slice.rpaths()) {
                patch = patch.removeRpath(directory);
            }
        }
        return change(replaced(patch, LOADER, renamed));
    }

    @Override
    public Change needer(BinaryFile file, String way, Map<String, String> renamed) {
        MachOPatch patch = finished(file);
        for (MachOFile slice : slices(file)) {
            for (String directory : slice.rpaths()) {
                patch = directory.startsWith("@") ? patch : patch.removeRpath(directory);
            }
        }
        return change(replaced(patch, LOADER + way + "/", renamed));
    }

    @Override
    public Optional<Change> finish(BinaryFile file) {
        return Optional.of(change(finished(file)));
    }

    /**
     * The change for what stays on this machine.
     *
     * @param needs what it needs, and the files that it shall need in their place
     * @param directories where libraries find what they need themselves by {@code @rpath}
     */
    Change local(BinaryFile file, Map<String, String> needs, List<Path> directories) {
        MachOPatch patch = replaced(finished(file), "", needs);
        for (Path directory : directories) {
            patch = patch.addRpath(directory.toString());
        }
        return change(patch);
    }

    /** Nothing that is packed has this machine's paths as its name. */
    private static MachOPatch finished(BinaryFile file) {
        Optional<String> name = slices(file).stream()
                .flatMap(slice -> slice.installName().stream())
                .findFirst()
                .map(text -> text.substring(text.lastIndexOf('/') + 1))
                .filter(text -> !text.isEmpty());
        String fileName = file.path().getFileName().toString();
        return name.map(text -> MachOPatch.of(text).installName(RPATH + text)).orElseGet(() -> MachOPatch.of(fileName));
    }

    private static MachOPatch replaced(MachOPatch patch, String way, Map<String, String> renamed) {
        MachOPatch replaced = patch;
        for (Map.Entry<String, String> each : renamed.entrySet()) {
            replaced = replaced.replaceNeeded(each.getKey(), way + each.getValue());
        }
        return replaced;
    }

    private static List<MachOFile> slices(BinaryFile file) {
        return file instanceof MachOUniversal universal ? universal.slices() : List.of((MachOFile) file);
    }

    private static Change change(MachOPatch patch) {
        MachOPatch signed = patch.sign();
        String how = signed.identifier()
                + signed.installName()
                + new TreeMap<>(signed.replaced())
                + signed.removedRpaths()
                + signed.addedRpaths();
        return new Change(how, (Path from, Path to) -> MachOPatcher.patch(from, to, signed));
    }
}
