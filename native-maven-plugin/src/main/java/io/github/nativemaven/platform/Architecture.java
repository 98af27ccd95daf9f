package io.github.nativemaven.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Machine architectures: a table of the names that rustc, wheel tags, Maven classifiers and the JVM have for each. */
public enum Architecture {
    X86_64("x86_64", "x86_64", "x86_64", 64, false, List.of("x86_64", "x86_64h"), List.of("amd64", "x86_64")),
    AARCH64("aarch64", "aarch64", "aarch_64", 64, false, List.of("aarch64", "arm64e"), List.of("aarch64", "arm64")),
    I686("i686", "i686", "x86_32", 32, false, List.of("i686", "i586"), List.of("x86", "i386", "i686")),
    ARMV7L("armv7", "armv7l", "arm_32", 32, false, List.of("armv7", "armv7a", "thumbv7neon"), List.of("arm")),
    ARMV6L("arm", "armv6l", "arm_32", 32, false, List.of("arm"), List.of()),
    PPC64LE("powerpc64le", "ppc64le", "ppcle_64", 64, false, List.of("powerpc64le"), List.of("ppc64le")),
    PPC64("powerpc64", "ppc64", "ppc_64", 64, true, List.of("powerpc64"), List.of("ppc64")),
    S390X("s390x", "s390x", "s390_64", 64, true, List.of("s390x"), List.of("s390x")),
    RISCV64("riscv64gc", "riscv64", "riscv64", 64, false, List.of("riscv64gc", "riscv64a23"), List.of("riscv64")),
    LOONGARCH64(
            "loongarch64", "loongarch64", "loongarch_64", 64, false, List.of("loongarch64"), List.of("loongarch64")),
    WASM32("wasm32", "wasm32", "wasm32", 32, false, List.of("wasm32"), List.of());

    private final String rust;
    private final String linux;
    private final String classifier;
    private final int pointerWidth;
    private final boolean bigEndian;
    private final List<String> triples;
    private final List<String> jvm;

    Architecture(
            String rust,
            String linux,
            String classifier,
            int pointerWidth,
            boolean bigEndian,
            List<String> triples,
            List<String> jvm) {
        this.rust = rust;
        this.linux = linux;
        this.classifier = classifier;
        this.pointerWidth = pointerWidth;
        this.bigEndian = bigEndian;
        this.triples = triples;
        this.jvm = jvm;
    }

    /** The first part of the usual target triple: {@code riscv64gc}. */
    public String rust() {
        return rust;
    }

    /** What {@code uname -m} prints on Linux, which is the last part of a Linux wheel tag: {@code armv7l}. */
    public String linux() {
        return linux;
    }

    /** The last part of a macOS wheel tag: {@code arm64} or {@code x86_64}. */
    public String macos() {
        return this == AARCH64 ? "arm64" : linux;
    }

    /** The whole Windows wheel tag: {@code win_amd64}, {@code win_arm64} or {@code win32}. */
    public String windows() {
        return switch (this) {
            case X86_64 -> "win_amd64";
            case AARCH64 -> "win_arm64";
            case I686 -> "win32";
            default -> "win_" + linux;
        };
    }

    /** The name in a Maven classifier, as os-maven-plugin has it: {@code aarch_64}. */
    public String classifier() {
        return classifier;
    }

    /** Bits of a pointer: 32 or 64. */
    public int pointerWidth() {
        return pointerWidth;
    }

    /** Whether the most significant byte of a number comes first. */
    public boolean bigEndian() {
        return bigEndian;
    }

    /** From the first part of a target triple. */
    public static Optional<Architecture> ofTriple(String part) {
        return Arrays.stream(values()).filter(a -> a.triples.contains(part)).findFirst();
    }

    /** From the JVM's {@code os.arch}. */
    public static Optional<Architecture> ofJvm(String osArch) {
        String name = osArch.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(a -> a.jvm.contains(name)).findFirst();
    }
}
