package io.github.nativemaven.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Targets that Python is known to run on: a table of short names, and of rustc's triples. */
public final class KnownTargets {
    /** The word for every target that a public index usually has a wheel for. */
    public static final String ALL = "all";

    /** The name of macOS on both of its machines. */
    public static final String UNIVERSAL2 = "macos-universal2";

    private static final String X86_64_WINDOWS = "windows-x86_64";

    private static final List<String> COMMON = List.of(
            "linux-x86_64", "linux-aarch64", "linux-musl-x86_64", "linux-musl-aarch64", UNIVERSAL2, X86_64_WINDOWS);

    private static final Map<String, List<String>> NAMES = names();

    /** Triples besides those that have a name. */
    private static final List<String> FURTHER = List.of(
            "x86_64-pc-windows-msvc",
            "x86_64-pc-windows-gnu",
            "x86_64-pc-windows-gnullvm",
            "i686-pc-windows-msvc",
            "i686-pc-windows-gnu",
            "i686-pc-windows-gnullvm",
            "aarch64-pc-windows-msvc",
            "aarch64-pc-windows-gnullvm",
            "i686-unknown-linux-musl",
            "armv7-unknown-linux-musleabihf",
            "arm-unknown-linux-gnueabihf",
            "powerpc64le-unknown-linux-musl",
            "powerpc64-unknown-linux-gnu",
            "s390x-unknown-linux-musl",
            "riscv64gc-unknown-linux-musl",
            "loongarch64-unknown-linux-musl",
            "x86_64-unknown-freebsd",
            "aarch64-unknown-freebsd");

    private KnownTargets() {}

    private static Map<String, List<String>> names() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("linux-x86_64", List.of("x86_64-unknown-linux-gnu"));
        names.put("linux-aarch64", List.of("aarch64-unknown-linux-gnu"));
        names.put("linux-i686", List.of("i686-unknown-linux-gnu"));
        names.put("linux-armv7", List.of("armv7-unknown-linux-gnueabihf"));
        names.put("linux-ppc64le", List.of("powerpc64le-unknown-linux-gnu"));
        names.put("linux-s390x", List.of("s390x-unknown-linux-gnu"));
        names.put("linux-riscv64", List.of("riscv64gc-unknown-linux-gnu"));
        names.put("linux-loongarch64", List.of("loongarch64-unknown-linux-gnu"));
        names.put("linux-musl-x86_64", List.of("x86_64-unknown-linux-musl"));
        names.put("linux-musl-aarch64", List.of("aarch64-unknown-linux-musl"));
        names.put("macos-x86_64", List.of("x86_64-apple-darwin"));
        names.put("macos-aarch64", List.of("aarch64-apple-darwin"));
        names.put(UNIVERSAL2, List.of("x86_64-apple-darwin", "aarch64-apple-darwin"));
        names.put(X86_64_WINDOWS, List.of("x86_64-pc-windows-msvc"));
        names.put("windows-i686", List.of("i686-pc-windows-msvc"));
        names.put("windows-aarch64", List.of("aarch64-pc-windows-msvc"));
        names.put("emscripten", List.of("wasm32-unknown-emscripten"));
        return names;
    }

    /** The short names, without {@link #ALL}. */
    public static Set<String> shortNames() {
        return NAMES.keySet();
    }

    /** The short names that {@link #ALL} stands for. */
    public static List<String> common() {
        return COMMON;
    }

    /**
     * The triples that a short name stands for; more than one where the libraries of several are made into one.
     * Windows is built for with Microsoft's tools on Windows itself, and with MinGW elsewhere.
     *
     * @param name a short name, or a Maven classifier: {@code osx-aarch_64}
     * @param host where the build runs
     */
    public static Optional<List<String>> ofName(String name, OperatingSystem host) {
        String plain =
                name.replace("osx-", "macos-").replace("aarch_64", "aarch64").replace("x86_32", "i686");
        return Optional.ofNullable(NAMES.get(plain))
                .map(triples -> host == OperatingSystem.WINDOWS
                        ? triples
                        : triples.stream().map(KnownTargets::withMinGw).toList());
    }

    private static String withMinGw(String triple) {
        return triple.replace("windows-msvc", triple.startsWith("aarch64") ? "windows-gnullvm" : "windows-gnu");
    }

    /** Whether a triple is in the table. rustc knows more. */
    public static boolean hasTriple(String triple) {
        return FURTHER.contains(triple) || NAMES.values().stream().anyMatch(triples -> triples.contains(triple));
    }

    /** Every triple of the table. */
    public static List<String> triples() {
        return Stream.concat(NAMES.values().stream().flatMap(List::stream).distinct(), FURTHER.stream())
                .distinct()
                .toList();
    }
}
