package io.github.nativemaven.binary;

import io.github.nativemaven.binary.ElfFile.FloatAbi;
import io.github.nativemaven.binary.ElfFile.VersionNeed;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.PlatformTag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Holds the libraries of one wheel against the policies.
 *
 * <p>Libraries that are looked at together find each other: what one needs and another is does not count as a need.
 */
public final class Audit {
    private final List<ElfFile> files;
    private final Architecture architecture;
    private final Set<String> own;
    private final Map<Path, Set<String>> imports = new HashMap<>();

    private Audit(List<ElfFile> files, ForeignLibraries takenIn, Architecture architecture) {
        List<ElfFile> all = new ArrayList<>(files);
        for (BinaryFile file : takenIn.files()) {
            all.add((ElfFile) file);
        }
        this.files = List.copyOf(all);
        this.architecture = architecture;
        this.own = names(all);
        own.addAll(takenIn.names());
    }

    /** The names by which files are needed by others. */
    private static Set<String> names(Collection<ElfFile> files) {
        Set<String> names = new HashSet<>();
        for (ElfFile file : files) {
            names.add(file.soname().orElseGet(() -> String.valueOf(file.path().getFileName())));
        }
        return names;
    }

    /**
     * Finds the most compatible policy that holds.
     *
     * @param files what is compiled
     * @param takenIn the libraries that go into the same wheel
     * @param architecture the machine that they shall be for
     * @param libc the C library that they shall be for
     * @throws MalformedBinaryException when a table of symbols is damaged
     */
    public static AuditResult of(
            List<ElfFile> files, ForeignLibraries takenIn, Architecture architecture, CLibrary libc) {
        return new Audit(files, takenIn, architecture).against(Policy.of(architecture, libc));
    }

    /** The same without libraries that are taken in. */
    public static AuditResult of(List<ElfFile> files, Architecture architecture, CLibrary libc) {
        return of(files, ForeignLibraries.NONE, architecture, libc);
    }

    /**
     * Why a policy does not hold; empty where it does.
     *
     * @param files what is compiled
     * @param takenIn the libraries that go into the same wheel
     * @throws MalformedBinaryException when a table of symbols is damaged
     */
    public static List<Finding> check(List<ElfFile> files, ForeignLibraries takenIn, Policy policy) {
        return new Audit(files, takenIn, architectureOf(policy.tag())).findings(policy);
    }

    /** The same without libraries that are taken in. */
    public static List<Finding> check(List<ElfFile> files, Policy policy) {
        return check(files, ForeignLibraries.NONE, policy);
    }

    /**
     * Tells of a needed library whether it is neither on every system of a policy nor among the files. Python's own is
     * never foreign: no wheel should have it.
     */
    public static Predicate<String> isForeign(Collection<ElfFile> files, Policy policy) {
        Set<String> own = names(files);
        return library -> isForeign(library, own, policy);
    }

    private static boolean isForeign(String library, Set<String> own, Policy policy) {
        return !own.contains(library) && !isLibpython(library) && !policy.hasLibrary(library);
    }

    private static Architecture architectureOf(PlatformTag tag) {
        return tag instanceof PlatformTag.Manylinux manylinux
                ? manylinux.architecture()
                : ((PlatformTag.Musllinux) tag).architecture();
    }

    private AuditResult against(List<Policy> policies) {
        List<String> external = external(policies);
        Policy best = null;
        Policy bestIfRepaired = null;
        List<Finding> obstacles = List.of();
        for (Policy policy : policies) {
            if (policy.onlyAsked()) {
                continue;
            }
            List<Finding> findings = findings(policy);
            if (bestIfRepaired == null && repairMends(findings, external)) {
                bestIfRepaired = policy;
            }
            if (findings.isEmpty()) {
                best = policy;
                break;
            }
            obstacles = findings;
        }
        return new AuditResult(
                architecture,
                Optional.ofNullable(best),
                obstacles,
                external,
                libpython(),
                Optional.ofNullable(bestIfRepaired));
    }

    private static boolean repairMends(List<Finding> findings, List<String> external) {
        for (Finding finding : findings) {
            if (!(finding instanceof Finding.NotListed notListed && external.contains(notListed.library()))) {
                return false;
            }
        }
        return true;
    }

    private List<String> external(List<Policy> policies) {
        if (policies.isEmpty()) {
            return List.of();
        }
        List<String> external =
                new ArrayList<>(ForeignLibraries.needed(files, isForeign(files, policies.get(policies.size() - 1))));
        external.removeAll(own);
        return List.copyOf(external);
    }

    private Optional<String> libpython() {
        for (ElfFile file : files) {
            for (String library : file.needed()) {
                if (isLibpython(library)) {
                    return Optional.of(library);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isLibpython(String library) {
        return (library.startsWith("libpython") || library.startsWith("libpypy")) && library.contains(".so");
    }

    private List<Finding> findings(Policy policy) {
        List<Finding> findings = new ArrayList<>();
        for (ElfFile file : files) {
            machine(file, policy, findings);
            libraries(file, policy, findings);
            versions(file, policy, findings);
            symbols(file, policy, findings);
        }
        return findings;
    }

    private void machine(ElfFile file, Policy policy, List<Finding> findings) {
        if (!file.architecture().equals(Optional.of(architecture))) {
            findings.add(new Finding.OtherMachine(file.path(), policy.tag(), file.architecture()));
        } else if (file.floatAbi() == FloatAbi.SOFT) {
            findings.add(new Finding.SoftFloat(file.path(), policy.tag()));
        } else if (file.x86Level() > 1) {
            findings.add(new Finding.NewerProcessor(file.path(), policy.tag(), file.x86Level()));
        }
    }

    private void libraries(ElfFile file, Policy policy, List<Finding> findings) {
        for (String library : new LinkedHashSet<>(file.needed())) {
            if (isForeign(library, own, policy)) {
                findings.add(new Finding.NotListed(file.path(), policy.tag(), library));
            }
        }
    }

    /** What the wheel's own libraries define has whatever versions they like. */
    private void versions(ElfFile file, Policy policy, List<Finding> findings) {
        for (VersionNeed need : file.versionNeeds()) {
            if (!need.weak() && !own.contains(need.library()) && !policy.hasVersion(need.version())) {
                findings.add(new Finding.TooNew(
                        file.path(),
                        policy.tag(),
                        need.library(),
                        need.version(),
                        need.symbol(),
                        policy.limitOf(need.version())));
            }
        }
    }

    private void symbols(ElfFile file, Policy policy, List<Finding> findings) {
        for (String library : new LinkedHashSet<>(file.needed())) {
            Set<String> forbidden = policy.forbidden().get(library);
            if (forbidden != null && !own.contains(library)) {
                for (String symbol : imports.computeIfAbsent(file.path(), path -> file.requiredImports())) {
                    if (forbidden.contains(symbol)) {
                        findings.add(new Finding.Forbidden(file.path(), policy.tag(), library, symbol));
                    }
                }
            }
        }
    }
}
