package io.github.nativemaven.check;

import io.github.nativemaven.binary.Audit;
import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.BinaryFile.Format;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.MachOFile.OsVersion;
import io.github.nativemaven.binary.MachOUniversal;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.wheel.WheelTag;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the libraries in a wheel run on the platforms that its tag names. */
final class PlatformCheck {
    private static final Comparator<OsVersion> AGE =
            Comparator.comparingInt(OsVersion::major).thenComparingInt(OsVersion::minor);
    /** From here on tags have no minor versions, and there are machines with Apple's own processors. */
    private static final OsVersion BIG_SUR = new OsVersion(11, 0, 0);

    private final WheelTag tag;
    private final Unpacked wheel;
    private final List<Fault> faults;
    private final Map<List<Object>, AuditResult> audits = new LinkedHashMap<>();
    /** A wheel may have many thousand libraries, each with something to tell of. */
    private final Map<Path, String> paths = new HashMap<>();

    private final Set<String> stacks = new HashSet<>();
    private OsVersion macos;

    PlatformCheck(WheelTag tag, Unpacked wheel, List<Fault> faults) {
        this.tag = tag;
        this.wheel = wheel;
        this.faults = faults;
        wheel.libraries().forEach((path, library) -> paths.put(library.path(), path));
    }

    RunsOn run() {
        for (String text : tag.platforms()) {
            try {
                platform(PlatformTag.parse(text));
            } catch (MalformedException e) {
                faults.add(new Fault(Kind.BAD_NAME, text, e.reason()));
            } catch (MalformedBinaryException e) {
                faults.add(new Fault(Kind.BAD_LIBRARY, path(e.path()), e.reason()));
            }
        }
        return new RunsOn(List.copyOf(audits.values()), Optional.ofNullable(macos));
    }

    private void platform(PlatformTag platform) {
        if (platform instanceof PlatformTag.Any) {
            faults.add(new Fault(
                    Kind.NATIVE_IN_PURE, wheel.libraries().keySet().iterator().next(), ""));
        } else if (platform instanceof PlatformTag.Linux linux) {
            machines(platform, Format.ELF, List.of(linux.architecture()));
            audit(linux.architecture(), libc());
        } else if (platform instanceof PlatformTag.Windows windows) {
            machines(platform, Format.PE, List.of(windows.architecture()));
            outsiders(platform, OperatingSystem.WINDOWS, Format.PE);
        } else if (platform instanceof PlatformTag.Macos macosTag) {
            macos(macosTag);
        } else if (platform instanceof PlatformTag.LegacyManylinux legacy) {
            linux(platform, legacy.architecture(), CLibrary.GNU);
        } else if (platform instanceof PlatformTag.Manylinux manylinux) {
            linux(platform, manylinux.architecture(), CLibrary.GNU);
        } else if (platform instanceof PlatformTag.Musllinux musllinux) {
            linux(platform, musllinux.architecture(), CLibrary.MUSL);
        }
    }

    // Linux

    private void linux(PlatformTag platform, Architecture architecture, CLibrary libc) {
        machines(platform, Format.ELF, List.of());
        Policy.of(platform).ifPresent(policy -> holds(platform, policy));
        if (libc == CLibrary.GNU) {
            stacks();
        }
        audit(architecture, libc);
    }

    private void holds(PlatformTag platform, Policy policy) {
        Set<String> told = new LinkedHashSet<>();
        for (Finding finding : Audit.check(wheel.libraries(ElfFile.class), policy)) {
            String path = path(finding.file());
            if (told.add(path + words(finding))) {
                faults.add(new Fault(Kind.BEYOND_TAG, path, platform + ": " + words(finding)));
            }
        }
    }

    /** Since 2.41 glibc loads no library that wants to run what is on the stack. */
    private void stacks() {
        wheel.libraries().forEach((path, library) -> {
            if (library instanceof ElfFile elf && elf.wantsExecutableStack() && stacks.add(path)) {
                faults.add(new Fault(Kind.EXECUTABLE_STACK, path, ""));
            }
        });
    }

    private void audit(Architecture architecture, CLibrary libc) {
        List<ElfFile> files = wheel.libraries(ElfFile.class);
        if (!files.isEmpty()) {
            audits.computeIfAbsent(List.of(architecture, libc), key -> Audit.of(files, architecture, libc));
        }
    }

    /** A tag without a C library leaves it to the libraries. */
    private CLibrary libc() {
        return wheel.libraries(ElfFile.class).stream()
                        .flatMap(file -> file.needed().stream())
                        .anyMatch(needed -> needed.equals("libc.so") || needed.startsWith("libc.musl-"))
                ? CLibrary.MUSL
                : CLibrary.GNU;
    }

    private String path(Path file) {
        String path = paths.get(file);
        return path == null ? file.getFileName().toString() : path;
    }

    private static String words(Finding finding) {
        if (finding instanceof Finding.TooNew tooNew) {
            return tooNew.symbolAndVersion() + " in " + tooNew.library();
        }
        if (finding instanceof Finding.NotListed notListed) {
            return notListed.library();
        }
        if (finding instanceof Finding.Forbidden forbidden) {
            return forbidden.symbol() + " in " + forbidden.library();
        }
        if (finding instanceof Finding.NewerProcessor processor) {
            return "a processor of x86-64-v" + processor.level();
        }
        return finding instanceof Finding.OtherMachine ? "another machine" : "soft floating point";
    }

    // All systems

    private void machines(PlatformTag platform, Format format, List<Architecture> wanted) {
        wheel.libraries().forEach((path, library) -> {
            if (library.format() != format) {
                faults.add(new Fault(Kind.BEYOND_TAG, path, platform + ": it is for another system"));
            } else if (!library.architectures().containsAll(wanted)) {
                faults.add(new Fault(
                        Kind.BEYOND_TAG,
                        path,
                        platform + ": it is for "
                                + library.architectures().toString().toLowerCase(Locale.ROOT)));
            }
        });
    }

    /** Libraries that are neither the system's nor in the wheel. */
    private void outsiders(PlatformTag platform, OperatingSystem os, Format format) {
        Set<String> inside = new HashSet<>();
        wheel.libraries().keySet().forEach(path -> inside.add(lastPart(path)));
        wheel.libraries().forEach((path, library) -> {
            for (String needed : new LinkedHashSet<>(library.format() == format ? library.needed() : List.of())) {
                if (!SystemLibraries.has(os, needed)
                        && !inside.contains(lastPart(needed))
                        && !ModuleCheck.isPython(needed)) {
                    faults.add(new Fault(Kind.BEYOND_TAG, path, platform + ": " + needed));
                }
            }
        });
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    // macOS

    private void macos(PlatformTag.Macos platform) {
        List<Architecture> wanted =
                switch (platform.machine()) {
                    case "arm64" -> List.of(Architecture.AARCH64);
                    case "x86_64" -> List.of(Architecture.X86_64);
                    case "universal2" -> List.of(Architecture.AARCH64, Architecture.X86_64);
                    default -> List.of();
                };
        machines(platform, Format.MACH_O, wanted);
        outsiders(platform, OperatingSystem.MACOS, Format.MACH_O);
        OsVersion promised = new OsVersion(platform.major(), platform.minor(), 0);
        wheel.libraries().forEach((path, library) -> slices(library)
                .filter(slice -> wanted.isEmpty()
                        || slice.architecture().filter(wanted::contains).isPresent())
                .forEach(slice -> system(path, slice, platform, promised)));
    }

    private static Stream<MachOFile> slices(BinaryFile library) {
        if (library instanceof MachOUniversal universal) {
            return universal.slices().stream();
        }
        return library instanceof MachOFile thin ? Stream.of(thin) : Stream.of();
    }

    private void system(String path, MachOFile slice, PlatformTag.Macos platform, OsVersion promised) {
        boolean apple =
                slice.architecture().filter(Architecture.AARCH64::equals).isPresent();
        if (apple && !slice.signed()) {
            faults.add(new Fault(
                    Kind.BEYOND_TAG, path, platform + ": a signature, without which Apple's processors load nothing"));
        }
        if (slice.minimumOs().isEmpty()) {
            return;
        }
        OsVersion oldest = slice.minimumOs().get();
        // There is no older system for Apple's own processors.
        boolean counts = !(apple && platform.machine().equals("universal2") && AGE.compare(oldest, BIG_SUR) <= 0);
        if (counts && (macos == null || AGE.compare(oldest, macos) > 0)) {
            macos = oldest;
        }
        if (counts && AGE.compare(withoutMinor(oldest), promised) > 0) {
            faults.add(new Fault(Kind.BEYOND_TAG, path, platform + ": it needs macOS " + oldest));
        }
    }

    private static OsVersion withoutMinor(OsVersion version) {
        return version.major() >= BIG_SUR.major() ? new OsVersion(version.major(), 0, 0) : version;
    }
}
