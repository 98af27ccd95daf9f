package io.github.nativemaven.check;

import io.github.nativemaven.binary.Audit;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.BinaryFile.Format;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.MachOFile;
import io.github.nativemaven.binary.MachOFile.OsVersion;
import io.github.nativemaven.binary.MachOUniversal;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.binary.PeFile;
import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.binary.SystemLibraries;
import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.wheel.WheelTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the libraries in a wheel hold what its tag promises, and are modules for the Pythons that it names. */
final class NativeCheck {
    private static final Pattern MODULE = Pattern.compile(
            "(?<name>[A-Za-z_]\\w*)\\.(?:cpython-(?<cpython>\\d+t?)-[^.]*|cp(?<windows>\\d+t?)-[^.]*|(?<stable>abi3t?))?\\.?(?:so|pyd)");
    private static final Pattern PYTHON = Pattern.compile("(.*/)?lib(python3|pypy3)[^/]*\\.(so|dylib).*");
    private static final Pattern OLDEST = Pattern.compile("cp3(\\d+)");

    private final WheelTag tag;
    private final Unpacked wheel;
    private final List<Fault> faults;

    NativeCheck(WheelTag tag, Unpacked wheel, List<Fault> faults) {
        this.tag = tag;
        this.wheel = wheel;
        this.faults = faults;
    }

    void run() throws IOException {
        if (wheel.libraries().isEmpty()) {
            return;
        }
        for (String text : tag.platforms()) {
            try {
                platform(PlatformTag.parse(text));
            } catch (MalformedException e) {
                faults.add(new Fault(Kind.BAD_NAME, text, e.reason()));
            }
        }
        for (Map.Entry<String, BinaryFile> library : wheel.libraries().entrySet()) {
            try {
                module(library.getKey(), library.getValue());
            } catch (MalformedBinaryException e) {
                faults.add(new Fault(Kind.BAD_LIBRARY, library.getKey(), e.reason()));
            }
        }
        if (tag.abis().contains("abi3")) {
            stableAbi();
        }
    }

    private void platform(PlatformTag platform) {
        if (platform instanceof PlatformTag.Any) {
            faults.add(new Fault(
                    Kind.NATIVE_IN_PURE, wheel.libraries().keySet().iterator().next(), ""));
        } else if (platform instanceof PlatformTag.Linux linux) {
            machines(platform, Format.ELF, List.of(linux.architecture()));
        } else if (platform instanceof PlatformTag.Windows windows) {
            machines(platform, Format.PE, List.of(windows.architecture()));
            outsiders(platform, OperatingSystem.WINDOWS, Format.PE);
        } else if (platform instanceof PlatformTag.Macos macos) {
            macos(macos);
        } else {
            Policy.of(platform).ifPresent(policy -> linux(platform, policy));
        }
    }

    private void linux(PlatformTag platform, Policy policy) {
        List<ElfFile> files = wheel.libraries(ElfFile.class);
        try {
            Set<String> told = new LinkedHashSet<>();
            for (Finding finding : Audit.check(files, policy)) {
                if (told.add(path(finding) + words(finding))) {
                    faults.add(new Fault(Kind.BEYOND_TAG, path(finding), platform + ": " + words(finding)));
                }
            }
        } catch (MalformedBinaryException e) {
            faults.add(new Fault(Kind.BAD_LIBRARY, e.path().getFileName().toString(), e.reason()));
        }
        machines(platform, Format.ELF, List.of());
    }

    private String path(Finding finding) {
        for (Map.Entry<String, BinaryFile> library : wheel.libraries().entrySet()) {
            if (library.getValue().path().equals(finding.file())) {
                return library.getKey();
            }
        }
        return finding.file().getFileName().toString();
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
        return finding instanceof Finding.OtherMachine ? "another machine" : "soft floating point";
    }

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
        wheel.libraries().forEach((path, library) -> {
            if (library instanceof MachOFile thin) {
                slice(platform, path, thin);
            } else if (library instanceof MachOUniversal universal) {
                universal.slices().forEach(slice -> slice(platform, path, slice));
            }
        });
    }

    /** What is for one machine: there is no older system for ARM than 11, whatever a tag for both machines says. */
    private void slice(PlatformTag.Macos platform, String path, MachOFile slice) {
        boolean arm = slice.architecture().equals(Optional.of(Architecture.AARCH64));
        OsVersion promised = new OsVersion(platform.major(), platform.major() >= 11 ? 99 : platform.minor(), 99);
        if (arm && platform.major() < 11) {
            promised = new OsVersion(11, 99, 99);
        }
        if (slice.minimumOs().isPresent() && slice.minimumOs().get().compareTo(promised) > 0) {
            faults.add(new Fault(
                    Kind.BEYOND_TAG,
                    path,
                    platform + ": it needs macOS " + slice.minimumOs().get()));
        }
        if (arm && !slice.signed()) {
            faults.add(new Fault(Kind.BEYOND_TAG, path, platform + ": a signature, without which ARM loads nothing"));
        }
    }

    /** Libraries that are neither the system's nor in the wheel. */
    private void outsiders(PlatformTag platform, OperatingSystem os, Format format) {
        Set<String> inside = new HashSet<>();
        wheel.libraries().keySet().forEach(path -> inside.add(lastPart(path)));
        wheel.libraries().forEach((path, library) -> {
            for (String needed : new LinkedHashSet<>(library.format() == format ? library.needed() : List.of())) {
                if (!SystemLibraries.has(os, needed)
                        && !inside.contains(lastPart(needed))
                        && !PYTHON.matcher(needed).matches()) {
                    faults.add(new Fault(Kind.BEYOND_TAG, path, platform + ": " + needed));
                }
            }
        });
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private void module(String path, BinaryFile library) {
        Matcher name = MODULE.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (!name.matches()) {
            return;
        }
        String python = name.group("cpython") == null ? name.group("windows") : name.group("cpython");
        boolean isModule = python != null || name.group("stable") != null;
        if (python != null && !tag.interpreters().contains("cp" + python.replace("t", ""))
                || python != null
                        && tag.abis().stream()
                                .noneMatch(abi -> abi.equals("cp" + python) || abi.startsWith("cp" + python + "m"))) {
            faults.add(new Fault(Kind.OTHER_PYTHON, path, tag.toString()));
        }
        String function = "PyInit_" + name.group("name");
        if (isModule && !exports(library, function) && !exports(library, function.replace("Init", "ModExport"))) {
            faults.add(new Fault(Kind.NO_MODULE, path, function));
        }
        if (isModule || exports(library, function)) {
            library.needed().stream()
                    .filter(needed -> PYTHON.matcher(needed).matches())
                    .findFirst()
                    .ifPresent(needed -> faults.add(new Fault(Kind.LINKS_PYTHON, path, needed)));
        }
    }

    private static boolean exports(BinaryFile library, String function) {
        return library.exports(function).contains(function);
    }

    private void stableAbi() throws IOException {
        int oldest = Integer.MAX_VALUE;
        for (String interpreter : tag.interpreters()) {
            Matcher version = OLDEST.matcher(interpreter);
            oldest = version.matches() ? Math.min(oldest, Integer.parseInt(version.group(1))) : oldest;
        }
        StableAbi table = StableAbi.read();
        for (Map.Entry<String, BinaryFile> library : wheel.libraries().entrySet()) {
            try {
                List<String> beyond = new ArrayList<>(versionSpecific(library.getValue()));
                beyond.addAll(table.beyond(library.getValue().imports(), oldest));
                if (!beyond.isEmpty()) {
                    faults.add(new Fault(Kind.BEYOND_STABLE_ABI, library.getKey(), String.join(", ", beyond)));
                }
            } catch (MalformedBinaryException e) {
                faults.add(new Fault(Kind.BAD_LIBRARY, library.getKey(), e.reason()));
            }
        }
    }

    /** On Windows the library that is needed says which Python it must be. */
    private static List<String> versionSpecific(BinaryFile library) {
        return library instanceof PeFile
                ? library.needed().stream()
                        .filter(needed -> needed.toLowerCase(Locale.ROOT).matches("python3\\d+t?\\.dll"))
                        .toList()
                : List.of();
    }
}
