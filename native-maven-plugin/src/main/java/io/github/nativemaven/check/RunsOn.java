package io.github.nativemaven.check;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.MachOFile;
import java.util.List;
import java.util.Optional;

/**
 * What the libraries of a wheel run on, whatever its tag says.
 *
 * @param linux what the audit says, for each machine and C library that the tag names; empty for wheels of other systems
 *     and for those without libraries
 * @param macos the oldest macOS that all libraries run on; empty where none is for macOS
 */
public record RunsOn(List<AuditResult> linux, Optional<MachOFile.OsVersion> macos) {
    /** Of a wheel that wasn't looked into, or has no libraries. */
    public static final RunsOn NONE = new RunsOn(List.of(), Optional.empty());

    public RunsOn {
        linux = List.copyOf(linux);
    }
}
