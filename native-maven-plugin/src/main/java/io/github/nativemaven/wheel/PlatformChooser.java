package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.Audit;
import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.MachOUniversal;
import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.binary.SystemDirectories;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides on which systems a wheel runs, by looking at its library and programs. */
public final class PlatformChooser {
    private static final String LINUX = "linux";
    private static final String INDEX = "pypi";

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
            return linux(target, elfs, build);
        }
        BinaryFile library = files.get(0);
        String tag =
                switch (target.os()) {
                    case MACOS -> macos(target, library).toString();
                    case WINDOWS -> target.architecture().windows();
                    default ->
                        target.os().classifier() + "_" + target.architecture().linux();
                };
        outsiders(target, files);
        return new Choice(List.of(tag));
    }

    /** On other systems nothing is taken in yet; whoever looks for the libraries shall know which. */
    private void outsiders(TargetTriple target, List<BinaryFile> files) {
        Set<String> libraries = new LinkedHashSet<>();
        for (BinaryFile file : files) {
            for (String library : file.needed()) {
                if (!SystemLibraries.has(target.os(), library)) {
                    libraries.add(library);
                }
            }
        }
        leaveOut(List.copyOf(libraries));
    }

    private void leaveOut(List<String> libraries) {
        if (libraries.isEmpty() || settings.audit().value() == WheelSettings.AuditMode.SKIP) {
            return;
        }
        if (settings.audit().value() == WheelSettings.AuditMode.CHECK) {
            throw new RepairNeeded(settings.audit(), libraries).asFailure();
        }
        events.tell(new LeftOut(settings.audit(), libraries));
    }

    private Choice linux(TargetTriple target, List<ElfFile> files, List<Path> build) throws IOException {
        Architecture architecture = files.get(0).architecture().orElse(target.architecture());
        Optional<Setting<String>> wish = settings.compatibility();
        if (wish.isPresent() && wish.get().value().equals(LINUX)) {
            return new Choice(List.of(new PlatformTag.Linux(architecture).toString()));
        }
        Optional<Policy> asked =
                wish.filter(setting -> !setting.value().equals(INDEX)).map(setting -> policy(setting, architecture));
        Optional<Policy> widest = asked.or(() -> last(Policy.of(architecture, target.libc())));
        ForeignLibraries foreign = widest.isPresent()
                ? foreign(files, widest.get(), new Machine(architecture, target.libc()), build)
                : ForeignLibraries.NONE;
        AuditResult audit = Audit.of(files, foreign, architecture, target.libc());
        if (asked.isPresent()) {
            require(wish.get(), Audit.check(files, foreign, asked.get()));
            return new Choice(tags(asked.get().wheelTag()), Optional.of(audit), foreign);
        }
        if (wish.isPresent()) {
            require(wish.get(), audit.best().isPresent() ? List.of() : audit.obstacles());
        }
        return new Choice(tags(audit.wheelTag()), Optional.of(audit), foreign);
    }

    private record Machine(Architecture architecture, CLibrary libc) {}

    private static Optional<Policy> last(List<Policy> policies) {
        return policies.isEmpty() ? Optional.empty() : Optional.of(policies.get(policies.size() - 1));
    }

    /** What has to go into the wheel. */
    private ForeignLibraries foreign(List<ElfFile> files, Policy policy, Machine machine, List<Path> build)
            throws IOException {
        List<String> names = Audit.foreign(files, policy);
        if (names.isEmpty() || settings.audit().value() != WheelSettings.AuditMode.REPAIR) {
            leaveOut(names);
            return ForeignLibraries.NONE;
        }
        LibrarySearch search = new LibrarySearch(
                settings.libraryPath(),
                build,
                SystemDirectories.of(Path.of("/"), machine.architecture(), machine.libc()));
        ForeignLibraries foreign = ForeignLibraries.find(files, policy, search);
        if (!foreign.missing().isEmpty()) {
            throw new LibrariesMissing(foreign.missing()).asFailure();
        }
        List<String> several = foreign.severalVersions();
        if (!several.isEmpty()) {
            events.tell(new SeveralVersions(several));
        }
        return foreign;
    }

    private void require(Setting<String> wish, List<Finding> findings) {
        if (findings.isEmpty() || settings.audit().value() == WheelSettings.AuditMode.SKIP) {
            return;
        }
        if (settings.audit().value() != WheelSettings.AuditMode.WARN) {
            throw new Incompatible(wish, findings).asFailure();
        }
        events.tell(new Overruled(wish, findings));
    }

    private static Policy policy(Setting<String> wish, Architecture architecture) {
        String text = wish.value();
        String full = text.endsWith("_" + architecture.linux()) ? text : text + "_" + architecture.linux();
        try {
            return Policy.of(PlatformTag.parse(full)).orElseThrow(() -> unknown(wish));
        } catch (MalformedException e) {
            throw unknown(wish);
        }
    }

    private static RuntimeException unknown(Setting<String> wish) {
        return new ProjectProblem.InvalidSetting(
                        wish, "expected manylinux_2_28, manylinux2014, musllinux_1_2 or the like, pypi, or linux")
                .asFailure();
    }

    private static List<String> tags(String set) {
        return Arrays.asList(set.split("\\."));
    }

    /** The oldest macOS that the library says it runs on; rustc's own default where it says nothing. */
    private static PlatformTag macos(TargetTriple target, BinaryFile library) {
        if (library instanceof MachOUniversal universal) {
            // Who has the older machine decides: there is no older system for the newer one.
            MachOFile intel = universal.slices().get(0);
            PlatformTag.Macos tag = (PlatformTag.Macos) macos(TargetTriple.parse("x86_64-apple-darwin"), intel);
            return new PlatformTag.Macos(tag.major(), tag.minor(), "universal2");
        }
        boolean arm = target.architecture() == Architecture.AARCH64;
        String machine = target.architecture().macos();
        Optional<MachOFile.OsVersion> oldest = library instanceof MachOFile mach ? mach.minimumOs() : Optional.empty();
        int major = oldest.map(MachOFile.OsVersion::major).orElse(arm ? 11 : 10);
        int minor = oldest.map(MachOFile.OsVersion::minor).orElse(arm ? 0 : 12);
        return new PlatformTag.Macos(major, major >= 11 ? 0 : minor, machine);
    }
}
