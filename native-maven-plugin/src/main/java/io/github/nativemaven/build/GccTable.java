package io.github.nativemaven.build;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import java.util.Optional;

/** What GNU's cross compilers are called: {@code aarch64-linux-gnu-gcc}, as Debian, Fedora and others have them. */
final class GccTable {
    private GccTable() {}

    /** What the names of a target's tools begin with, without the last {@code -}; empty where none is usual. */
    static Optional<String> prefix(TargetTriple target) {
        if (target.os() == OperatingSystem.WINDOWS && target.libc() == CLibrary.GNU) {
            return target.value().endsWith("llvm")
                    ? Optional.empty()
                    : Optional.of(target.architecture().rust() + "-w64-mingw32");
        }
        return target.os() == OperatingSystem.LINUX
                ? Optional.of(machine(target.architecture()) + "-linux-" + libc(target))
                : Optional.empty();
    }

    private static String libc(TargetTriple target) {
        boolean arm = target.architecture() == Architecture.ARMV7L || target.architecture() == Architecture.ARMV6L;
        String abi = arm ? (target.value().endsWith("hf") ? "eabihf" : "eabi") : "";
        return (target.libc() == CLibrary.MUSL ? "musl" : "gnu") + abi;
    }

    private static String machine(Architecture architecture) {
        return switch (architecture) {
            case ARMV7L, ARMV6L -> "arm";
            case RISCV64 -> "riscv64";
            default -> architecture.rust();
        };
    }

    /** Debian's package with the compiler, where there is one. */
    static Optional<String> debianPackage(TargetTriple target) {
        if (target.os() == OperatingSystem.WINDOWS) {
            return prefix(target)
                    .map(prefix ->
                            "gcc-mingw-w64-" + target.architecture().linux().replace('_', '-'));
        }
        return target.libc() == CLibrary.MUSL
                ? Optional.empty()
                : prefix(target).map(prefix -> "gcc-" + prefix.replace('_', '-'));
    }
}
