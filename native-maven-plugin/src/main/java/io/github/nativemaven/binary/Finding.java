package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.PlatformTag;
import java.nio.file.Path;
import java.util.Optional;

/** Why a policy does not hold for a library. */
public sealed interface Finding {
    /** The library that was looked at. */
    Path file();

    /** The policy that does not hold. */
    PlatformTag policy();

    /**
     * A symbol version is needed that the policy's oldest systems don't have.
     *
     * @param library the library that has the symbol: {@code libc.so.6}
     * @param version the version: {@code GLIBC_2.34}
     * @param symbol a symbol that is needed in this version; empty where none is
     * @param limit the highest version of its kind that the policy has: {@code GLIBC_2.17}; empty where it has none
     */
    record TooNew(
            Path file,
            PlatformTag policy,
            String library,
            String version,
            Optional<String> symbol,
            Optional<String> limit)
            implements Finding {
        /** {@code memcpy@GLIBC_2.14}. */
        public String symbolAndVersion() {
            return symbol.orElse("") + "@" + version;
        }
    }

    /**
     * A library is needed that the policy's systems may not have.
     *
     * @param library as it is named in the needed libraries: {@code libssl.so.3}
     */
    record NotListed(Path file, PlatformTag policy, String library) implements Finding {}

    /**
     * A symbol is needed that belongs to a listed library's own workings, or is newer than the policy.
     *
     * @param library the listed library: {@code libz.so.1}
     * @param symbol the symbol: {@code _dist_code}
     */
    record Forbidden(Path file, PlatformTag policy, String library, String symbol) implements Finding {}

    /**
     * The library is for another machine.
     *
     * @param found which; empty where it is one that we have no name for
     */
    record OtherMachine(Path file, PlatformTag policy, Optional<Architecture> found) implements Finding {}

    /**
     * The library needs instructions that not every machine of the policy has.
     *
     * @param level of the x86-64 instructions: 3 for {@code x86-64-v3}
     */
    record NewerProcessor(Path file, PlatformTag policy, int level) implements Finding {}

    /** The library passes floating-point numbers in another way than the policy's systems (32-bit Arm). */
    record SoftFloat(Path file, PlatformTag policy) implements Finding {}
}
