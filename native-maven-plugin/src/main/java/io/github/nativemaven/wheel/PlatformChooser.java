package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides on which systems a wheel runs, by looking at its library and programs. */
public final class PlatformChooser {
    private final WheelSettings settings;
    private final Events events;

    PlatformChooser(WheelSettings settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * The library needs more than the platform that was wished for has.
     *
     * @param wish the setting
     * @param findings what it needs
     */
    public record Incompatible(Setting<String> wish, List<Finding> findings) implements Problem {}

    /** The library is tagged for the platform that was wished for although it needs more. */
    public record Overruled(Setting<String> wish, List<Finding> findings) implements Event {}

    /**
     * Libraries would have to be taken into the wheel, and that is not asked for.
     *
     * @param audit the setting that says so
     * @param libraries as they are named in the needed libraries
     */
    public record RepairNeeded(Setting<WheelSettings.AuditMode> audit, List<String> libraries) implements Problem {}

    /**
     * Libraries that were to be taken into the wheel are not on this machine.
     *
     * @param missing at least one
     */
    public record LibrariesMissing(List<ForeignLibraries.Missing> missing) implements Problem {}

    /** The wheel needs libraries that other systems may not have; they are not taken in. */
    public record LeftOut(Setting<WheelSettings.AuditMode> audit, List<String> libraries) implements Event {}

    /**
     * The wheel is for newer systems than what was compiled, because of a library that is taken in.
     *
     * @param library the library
     * @param tag the wheel's tag
     */
    public record RaisedBy(Path library, String tag) implements Event {}

    /**
     * No Pyodide has the Python that a wheel is for.
     *
     * @param python the Python, for a person
     */
    public record NoPyodide(String python) implements Problem {}

    /** A library is needed in several versions, and all of them are taken in: what they have in common may clash. */
    public record SeveralVersions(List<String> libraries) implements Event {}

    /**
     * The platform part of a wheel's tag.
     *
     * @param tags one or more, the most precise name first
     * @param audit what was found out; Linux only
     * @param foreign libraries that the wheel must have in it for the tags to hold
     */
    record Choice(List<String> tags, Optional<AuditResult> audit, ForeignLibraries foreign) {
        Choice(List<String> tags) {
            this(tags, Optional.empty(), ForeignLibraries.NONE);
        }
    }

    /**
     * @param files what was compiled; at least one
     * @param build directories in which the build's linker found libraries
     */
    Choice choose(TargetTriple target, List<BinaryFile> files, List<Path> build) throws IOException {
        List<ElfFile> elfs = files.stream()
                .filter(ElfFile.class::isInstance)
                .map(ElfFile.class::cast)
                .toList();
        if (target.os() == OperatingSystem.LINUX && !elfs.isEmpty()) {
            return new LinuxPlatform(settings, events).choose(target, elfs, build);
        }
        if (target.os() == OperatingSystem.MACOS) {
            return new MacosPlatform(settings.on(target.os()), events).choose(target, files, build);
        }
        if (target.os() == OperatingSystem.WINDOWS) {
            return new WindowsPlatform(settings.on(target.os()), events).choose(target, files, build);
        }
        String tag = target.os().classifier() + "_" + target.architecture().linux();
        new ForeignFinder(settings.on(target.os()), events)
                .leaveOut(ForeignLibraries.needed(files, needed -> !SystemLibraries.has(target.os(), needed)));
        return new Choice(List.of(tag));
    }
}
