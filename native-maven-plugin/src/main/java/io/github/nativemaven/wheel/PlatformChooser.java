package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.Audit;
import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
     * The platform part of a wheel's tag.
     *
     * @param tags one or more, the most precise name first
     * @param audit what was found out; Linux only
     */
    record Choice(List<String> tags, Optional<AuditResult> audit) {}

    /** @param files what was compiled; at least one */
    Choice choose(TargetTriple target, List<BinaryFile> files) {
        List<ElfFile> elfs = files.stream()
                .filter(ElfFile.class::isInstance)
                .map(ElfFile.class::cast)
                .toList();
        if (target.os() == OperatingSystem.LINUX && !elfs.isEmpty()) {
            return linux(target, elfs);
        }
        BinaryFile library = files.get(0);
        String tag =
                switch (target.os()) {
                    case MACOS -> macos(target, library).toString();
                    case WINDOWS -> target.architecture().windows();
                    default ->
                        target.os().classifier() + "_" + target.architecture().linux();
                };
        return new Choice(List.of(tag), Optional.empty());
    }

    private Choice linux(TargetTriple target, List<ElfFile> files) {
        Architecture architecture = files.get(0).architecture().orElse(target.architecture());
        AuditResult audit = Audit.of(files, architecture, target.libc());
        String own = new PlatformTag.Linux(architecture).toString();
        Optional<Setting<String>> wish = settings.compatibility();
        if (wish.isEmpty()) {
            return new Choice(tags(audit.wheelTag()), Optional.of(audit));
        }
        if (wish.get().value().equals(LINUX)) {
            return new Choice(List.of(own), Optional.empty());
        }
        if (wish.get().value().equals(INDEX)) {
            require(wish.get(), audit.best().isPresent() ? List.of() : audit.obstacles());
            return new Choice(tags(audit.wheelTag()), Optional.of(audit));
        }
        Policy policy = policy(wish.get(), architecture);
        require(wish.get(), Audit.check(files, policy));
        return new Choice(tags(policy.wheelTag()), Optional.of(audit));
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
        boolean arm = target.architecture() == Architecture.AARCH64;
        String machine = target.architecture().macos();
        Optional<MachOFile.OsVersion> oldest = library instanceof MachOFile mach ? mach.minimumOs() : Optional.empty();
        int major = oldest.map(MachOFile.OsVersion::major).orElse(arm ? 11 : 10);
        int minor = oldest.map(MachOFile.OsVersion::minor).orElse(arm ? 0 : 12);
        return new PlatformTag.Macos(major, major >= 11 ? 0 : minor, machine);
    }
}
