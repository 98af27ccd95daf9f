package io.github.nativemaven.check;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.binary.PeFile;
import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.wheel.WheelTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the modules in a wheel are for the Pythons that its tag names. */
final class ModuleCheck {
    private static final Pattern MODULE = Pattern.compile(
            "(?<name>[A-Za-z_]\\w*)\\.(?:cpython-(?<cpython>\\d+t?)-[^.]*|cp(?<windows>\\d+t?)-[^.]*|(?<stable>abi3t?))?\\.?(?:so|pyd)");
    private static final Pattern PYTHON =
            Pattern.compile("(.*/)?lib(python3|pypy3)[^/]*\\.(so|dylib).*|(.*/)?Python\\.framework/.*");
    private static final Pattern OLDEST = Pattern.compile("cp3(\\d+)");

    private final WheelTag tag;
    private final Unpacked wheel;
    private final List<Fault> faults;

    ModuleCheck(WheelTag tag, Unpacked wheel, List<Fault> faults) {
        this.tag = tag;
        this.wheel = wheel;
        this.faults = faults;
    }

    void run() throws IOException {
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
                    .filter(ModuleCheck::isPython)
                    .findFirst()
                    .ifPresent(needed -> faults.add(new Fault(Kind.LINKS_PYTHON, path, needed)));
        }
    }

    /** Whether a needed library is Python itself, which is there already when a module is loaded. */
    static boolean isPython(String needed) {
        return PYTHON.matcher(needed).matches();
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
