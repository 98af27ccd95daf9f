package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.MingwDirectories;
import io.github.nativemaven.binary.PeSearch;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Windows has no versions among its tags: only what a wheel has to bring along is to be found out. */
final class WindowsPlatform {
    private final WheelSettings settings;
    private final Events events;

    WindowsPlatform(WheelSettings settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * @param files what was compiled; at least one
     * @param build directories in which the build's linker found libraries
     */
    PlatformChooser.Choice choose(TargetTriple target, List<BinaryFile> files, List<Path> build) throws IOException {
        Set<String> own = files.stream()
                .map(file -> file.path().getFileName().toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        PeSearch search =
                new PeSearch(settings.libraryPath(), build, MingwDirectories.of(Path.of("/"), target.architecture()));
        ForeignLibraries foreign = new ForeignFinder(settings, events)
                .find(
                        files,
                        library -> !SystemLibraries.has(OperatingSystem.WINDOWS, library)
                                && !own.contains(library.toLowerCase(Locale.ROOT)),
                        search);
        String tag = new PlatformTag.Windows(target.architecture()).toString();
        return new PlatformChooser.Choice(List.of(tag), Optional.empty(), foreign);
    }
}
