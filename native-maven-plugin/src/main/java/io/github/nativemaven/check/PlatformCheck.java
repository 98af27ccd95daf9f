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
    private final Set<Fault> told = new HashSet<>();
    private final Map<Path, String> paths = new HashMap<>();
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
            windows(windows);
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

    private void beyond(PlatformTag platform, String path, String why) {
        tell(new Fault(Kind.BEYOND_TAG, path, platform + ": " + why));
    }

    /** Once: several tags may mean the same, and several slices need it. */
    private void tell(Fault fault) {
        if (told.add(fault)) {
            faults.add(fault);
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
        for (Finding finding : Audit.check(wheel.libraries(ElfFile.class), policy)) {
            beyond(platform, path(finding.file()), words(finding));
        }
    }

    /** Since 2.41 glibc loads no library that wants to run what is on the stack. */
    private void stacks() {
        wheel.libraries().forEach((path, library) -> {
            if (library instanceof ElfFile elf && elf.wantsExecutableStack()) {
                tell(new Fault(Kind.EXECUTABLE_STACK, path, ""));
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
        return Optional.ofNullable(paths.get(file))
                .orElseGet(() -> file.getFileName().toString());
    }

    private static String words(Finding finding) {
        if (finding instanceof Finding.TooNew tooNew) {
            return "it needs " + tooNew.symbolAndVersion() + " in " + tooNew.library();
        }
        if (finding instanceof Finding.NotListed notListed) {
            return "it needs " + notListed.library();
        }
        if (finding instanceof Finding.Forbidden forbidden) {
            return "it needs " + forbidden.symbol() + " in " + forbidden.library();
        }
        if (finding instanceof Finding.NewerProcessor processor) {
            return "it needs a processor of x86-64-v" + processor.level();
        }
        return finding instanceof Finding.OtherMachine
                ? "it is for another machine"
                : "it passes floating-point numbers in another way";
    }

    // Windows

    /** Programs for older machines run, too, with their libraries; what Python loads has to be for Python's machine. */
    private void windows(PlatformTag.Windows platform) {
        Architecture wanted = platform.architecture();
        Map<String, BinaryFile> own = new LinkedHashMap<>(wheel.libraries());
        own.values().removeIf(library -> !library.architectures().contains(wanted));
        Set<String> needed = new HashSet<>();
        own.values().forEach(library -> library.needed().forEach(name -> needed.add(lastPart(name))));
        Map<String, BinaryFile> guests = new LinkedHashMap<>(wheel.libraries());
        guests.entrySet()
                .removeIf(library -> own.isEmpty()
                        || needed.contains(lastPart(library.getKey()))
                        || !isGuest(library.getKey(), library.getValue(), wanted));
        Map<String, BinaryFile> others = new LinkedHashMap<>(wheel.libraries());
        others.keySet().removeAll(guests.keySet());
        machines(others, platform, Format.PE, List.of(wanted));
        outsiders(others, platform, OperatingSystem.WINDOWS, Format.PE);
    }

    private static boolean isGuest(String path, BinaryFile library, Architecture host) {
        boolean runs = library.architectures().equals(List.of(Architecture.I686)) && host != Architecture.I686
                || library.architectures().equals(List.of(Architecture.X86_64)) && host == Architecture.AARCH64;
        return library.format() == Format.PE && runs && !path.endsWith(".pyd");
    }

    // All systems

    private void machines(PlatformTag platform, Format format, List<Architecture> wanted) {
        machines(wheel.libraries(), platform, format, wanted);
    }

    private void machines(
            Map<String, BinaryFile> libraries, PlatformTag platform, Format format, List<Architecture> wanted) {
        libraries.forEach((path, library) -> {
            if (library.format() != format) {
                beyond(platform, path, "it is for another system");
            } else if (!library.architectures().containsAll(wanted)) {
                beyond(
                        platform,
                        path,
                        "it is for " + library.architectures().toString().toLowerCase(Locale.ROOT));
            }
        });
    }

    /** Libraries that are neither the system's nor in the wheel. */
    private void outsiders(Map<String, BinaryFile> libraries, PlatformTag platform, OperatingSystem os, Format format) {
        Set<String> inside = new HashSet<>();
        wheel.libraries().keySet().forEach(path -> inside.add(lastPart(path)));
        libraries.forEach((path, library) -> {
            for (String needed : new LinkedHashSet<>(library.format() == format ? library.needed() : List.of())) {
                if (!SystemLibraries.has(os, needed)
                        && !inside.contains(lastPart(needed))
                        && !ModuleCheck.isPython(needed)) {
                    beyond(platform, path, "it needs " + needed);
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
        outsiders(wheel.libraries(), platform, OperatingSystem.MACOS, Format.MACH_O);
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
            beyond(platform, path, "it needs macOS " + oldest);
        }
    }

    private static OsVersion withoutMinor(OsVersion version) {
        return version.major() >= BIG_SUR.major() ? new OsVersion(version.major(), 0, 0) : version;
    }
}
