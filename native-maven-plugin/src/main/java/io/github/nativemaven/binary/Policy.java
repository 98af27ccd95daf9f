package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.PlatformTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a library may need of any Linux system that takes wheels of a tag.
 *
 * @param tag the tag: {@code manylinux_2_17_x86_64}
 * @param alias the tag's older name, which installers of that time know: {@code manylinux2014_x86_64}
 * @param onlyAsked whether it holds only on the user's word, because nothing in a library proves it
 * @param libraries the libraries that every such system has, the loader aside
 * @param limits for each kind of symbol version, the highest that every such system has: {@code GLIBC} to
 *     {@code GLIBC_2.17}; a version without a number leads to itself
 * @param forbidden for a library, the symbols of it that must not be needed
 * @see <a href="https://peps.python.org/pep-0600/">PEP 600</a>
 * @see <a href="https://peps.python.org/pep-0656/">PEP 656</a>
 */
public record Policy(
        PlatformTag tag,
        Optional<PlatformTag> alias,
        boolean onlyAsked,
        Set<String> libraries,
        Map<String, String> limits,
        Map<String, Set<String>> forbidden) {

    private static final Set<String> LIMITED = Set.of("GLIBC", "GCC", "GLIBCXX", "CXXABI", "LIBATOMIC", "ZLIB");

    public Policy {
        libraries = Set.copyOf(libraries);
        limits = Map.copyOf(limits);
        forbidden = Map.copyOf(forbidden);
    }

    /** All for a machine and C library, the most compatible first; empty where no tag but the system's own exists. */
    public static List<Policy> of(Architecture architecture, CLibrary libc) {
        return PolicyTable.read(architecture, libc);
    }

    /**
     * The one that a tag stands for. Tags of versions that are in no table have the limits of the next lower one that is,
     * and glibc's own version as the limit of glibc.
     *
     * @return empty where the tag is of another system, or older than any policy for its machine
     */
    public static Optional<Policy> of(PlatformTag tag) {
        if (tag instanceof PlatformTag.LegacyManylinux legacy) {
            return of(legacy.modern());
        }
        if (tag instanceof PlatformTag.Manylinux manylinux) {
            return nearest(of(manylinux.architecture(), CLibrary.GNU), manylinux.major(), manylinux.minor())
                    .map(found -> found.tag().equals(tag) ? found : found.raisedTo(manylinux));
        }
        if (tag instanceof PlatformTag.Musllinux musllinux) {
            return nearest(of(musllinux.architecture(), CLibrary.MUSL), musllinux.major(), musllinux.minor())
                    .map(found -> found.tag().equals(tag) ? found : found.named(tag, found.limits()));
        }
        return Optional.empty();
    }

    private static Optional<Policy> nearest(List<Policy> policies, int major, int minor) {
        Policy nearest = null;
        for (Policy policy : policies) {
            if (policy.major() == major && policy.minor() <= minor) {
                nearest = policy;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private int major() {
        return tag instanceof PlatformTag.Manylinux manylinux
                ? manylinux.major()
                : ((PlatformTag.Musllinux) tag).major();
    }

    private int minor() {
        return tag instanceof PlatformTag.Manylinux manylinux
                ? manylinux.minor()
                : ((PlatformTag.Musllinux) tag).minor();
    }

    private Policy raisedTo(PlatformTag.Manylinux wished) {
        Map<String, String> raised = new HashMap<>(limits);
        raised.put("GLIBC", "GLIBC_" + wished.major() + "." + wished.minor());
        return named(wished, raised);
    }

    private Policy named(PlatformTag other, Map<String, String> itsLimits) {
        return new Policy(other, Optional.empty(), onlyAsked, libraries, itsLimits, forbidden);
    }

    /** The tag, and its alias. */
    public List<PlatformTag> tags() {
        List<PlatformTag> tags = new ArrayList<>();
        tags.add(tag);
        alias.ifPresent(tags::add);
        return List.copyOf(tags);
    }

    /** The last part of a wheel's name: {@code manylinux_2_17_x86_64.manylinux2014_x86_64}. */
    public String wheelTag() {
        return alias.isPresent() ? tag + "." + alias.get() : tag.toString();
    }

    /** Whether every system of the policy has a library of this name. */
    public boolean hasLibrary(String name) {
        return libraries.contains(name) || (isGlibc() ? isGlibcLoader(name) : isMusl(name));
    }

    private boolean isGlibc() {
        return tag instanceof PlatformTag.Manylinux;
    }

    private static boolean isGlibcLoader(String name) {
        return name.startsWith("ld-linux") || name.equals("ld64.so.1") || name.equals("ld64.so.2");
    }

    /** Some distributions name musl, which is one library with its loader, after the machine. */
    private static boolean isMusl(String name) {
        return (name.startsWith("libc.musl-") || name.startsWith("ld-musl-")) && name.endsWith(".so.1");
    }

    /** Whether every system of the policy has a symbol version: {@code GLIBC_2.14}. Versions of kinds unknown to it are. */
    public boolean hasVersion(String version) {
        SymbolVersion needed = SymbolVersion.parse(version);
        if (!LIMITED.contains(needed.family())) {
            return true;
        }
        String limit = limits.get(needed.kind());
        return limit != null && needed.compareNumbers(SymbolVersion.parse(limit)) <= 0;
    }

    /** The highest version of the same kind that every system of the policy has; empty where there is none. */
    public Optional<String> limitOf(String version) {
        return Optional.ofNullable(limits.get(SymbolVersion.parse(version).kind()));
    }

    @Override
    public String toString() {
        return tag.toString();
    }
}
