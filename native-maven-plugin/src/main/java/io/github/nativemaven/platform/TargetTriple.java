package io.github.nativemaven.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What rustc compiles for: {@code x86_64-unknown-linux-gnu}.
 *
 * @param value the triple as rustc and cargo have it
 * @param architecture the machine
 * @param os the operating system
 * @param libc the C library
 * @see <a href="https://doc.rust-lang.org/rustc/platform-support.html">rustc's platform support</a>
 */
public record TargetTriple(String value, Architecture architecture, OperatingSystem os, CLibrary libc) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_.]+(-[a-z0-9_.]+){1,3}");

    /**
     * Reads a triple.
     *
     * @throws MalformedException when it is not of the form {@code machine-vendor-system}, or the machine is unknown
     */
    public static TargetTriple parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedException(
                    "target triple", text, "expected machine-vendor-system, such as x86_64-unknown-linux-gnu");
        }
        Architecture architecture = Architecture.ofTriple(text.substring(0, text.indexOf('-')))
                .orElseThrow(() -> new MalformedException(
                        "target triple", text, "unknown machine; rustc --print target-list shows all"));
        return new TargetTriple(text, architecture, osOf(text), libcOf(text));
    }

    private static OperatingSystem osOf(String triple) {
        if (triple.contains("-linux-") && !triple.contains("android")) {
            return OperatingSystem.LINUX;
        }
        if (triple.endsWith("-apple-darwin")) {
            return OperatingSystem.MACOS;
        }
        if (triple.contains("-windows-")) {
            return OperatingSystem.WINDOWS;
        }
        if (triple.endsWith("-emscripten")) {
            return OperatingSystem.EMSCRIPTEN;
        }
        return triple.contains("-freebsd") ? OperatingSystem.FREEBSD : OperatingSystem.OTHER;
    }

    private static CLibrary libcOf(String triple) {
        String last = triple.substring(triple.lastIndexOf('-') + 1);
        if (last.startsWith("gnu")) {
            return CLibrary.GNU;
        }
        if (last.startsWith("musl")) {
            return CLibrary.MUSL;
        }
        return last.equals("msvc") ? CLibrary.MSVC : CLibrary.SYSTEM;
    }

    /** The classifier of a Maven artifact for this target: {@code linux-x86_64}, {@code linux-aarch_64-musl}. */
    public String classifier() {
        String base = os.classifier() + "-" + architecture.classifier();
        return libc == CLibrary.MUSL ? base + "-musl" : base;
    }

    /** The triple as a part of an environment variable's name: {@code X86_64_UNKNOWN_LINUX_GNU}. */
    public String environmentName() {
        return value.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** The file that rustc writes for a C dynamic library of this crate name: {@code libx.so}, {@code x.dll}. */
    public String dynamicLibraryName(String crateName) {
        return switch (os) {
            case WINDOWS -> crateName + ".dll";
            case MACOS -> "lib" + crateName + ".dylib";
            case EMSCRIPTEN -> crateName + ".wasm";
            default -> "lib" + crateName + ".so";
        };
    }

    /** The triple that is named in the first line of {@code rustc -vV} that starts with {@code host:}. */
    public static Optional<TargetTriple> ofRustcVersion(String output) {
        return output.lines()
                .filter(line -> line.startsWith("host:"))
                .map(line -> parse(line.substring("host:".length()).strip()))
                .findFirst();
    }

    @Override
    public String toString() {
        return value;
    }
}
