package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.MachOFile.OsVersion;
import io.github.nativemaven.binary.MachOSearch;
import io.github.nativemaven.binary.MachOUniversal;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides on which macOS a wheel runs: the oldest on which all do that is in it. */
final class MacosPlatform {
    /** The oldest for each machine that Rust compiles for. */
    private static final OsVersion OLDEST_ARM = new OsVersion(11, 0, 0);

    private static final OsVersion OLDEST_INTEL = new OsVersion(10, 12, 0);

    private static final List<Path> FALLBACK = List.of(Path.of("/usr/local/lib"));

    private final WheelSettings settings;
    private final Events events;

    MacosPlatform(WheelSettings settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * @param files what was compiled; at least one
     * @param build directories in which the build's linker found libraries
     */
    PlatformChooser.Choice choose(TargetTriple target, List<BinaryFile> files, List<Path> build) throws IOException {
        Set<String> own = own(files);
        ForeignLibraries foreign = new ForeignFinder(settings, events)
                .find(
                        files,
                        library -> !SystemLibraries.has(OperatingSystem.MACOS, library)
                                && !own.contains(lastPart(library)),
                        new MachOSearch(settings.libraryPath(), build, FALLBACK));
        String compiled = tag(target, files).toString();
        String tag = compiled;
        List<BinaryFile> all = new ArrayList<>(files);
        for (BinaryFile library : foreign.files()) {
            all.add(library);
            String raised = tag(target, all).toString();
            if (!raised.equals(tag)) {
                events.tell(new PlatformChooser.RaisedBy(library.path(), raised));
            }
            tag = raised;
        }
        return new PlatformChooser.Choice(List.of(tag), Optional.empty(), foreign);
    }

    /** The names by which the wheel's own libraries are needed. */
    private static Set<String> own(Collection<BinaryFile> files) {
        Set<String> own = new HashSet<>();
        for (BinaryFile file : files) {
            own.add(lastPart(file.path().toString()));
            slices(file).forEach(slice -> slice.installName().ifPresent(name -> own.add(lastPart(name))));
        }
        return own;
    }

    private static String lastPart(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static List<MachOFile> slices(BinaryFile file) {
        if (file instanceof MachOUniversal universal) {
            return universal.slices();
        }
        return file instanceof MachOFile thin ? List.of(thin) : List.of();
    }

    /** What was compiled says for which machines; libraries that are taken in may be for more. */
    private static PlatformTag.Macos tag(TargetTriple target, List<BinaryFile> files) {
        boolean both = files.get(0) instanceof MachOUniversal;
        OsVersion arm = oldest(files, Architecture.AARCH64, OLDEST_ARM);
        OsVersion intel = oldest(files, Architecture.X86_64, OLDEST_INTEL);
        if (both) {
            // There is no older system for the newer machine: only what is beyond its first one counts.
            return tag(arm.major() > OLDEST_ARM.major() && arm.compareTo(intel) > 0 ? arm : intel, "universal2");
        }
        return tag(
                target.architecture() == Architecture.AARCH64 ? arm : intel,
                target.architecture().macos());
    }

    private static PlatformTag.Macos tag(OsVersion oldest, String machine) {
        return new PlatformTag.Macos(oldest.major(), oldest.major() >= 11 ? 0 : oldest.minor(), machine);
    }

    /** The newest of the systems that any of the files wants; rustc's own default where none says anything. */
    private static OsVersion oldest(List<BinaryFile> files, Architecture architecture, OsVersion byDefault) {
        return files.stream()
                .flatMap(file -> slices(file).stream())
                .filter(slice -> slice.architectures().contains(architecture))
                .flatMap(slice -> slice.minimumOs().stream())
                .max(OsVersion::compareTo)
                .orElse(byDefault);
    }
}
