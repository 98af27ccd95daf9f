package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.PlatformTag;
import java.util.List;
import java.util.Optional;

/**
 * For which systems the libraries of one wheel are.
 *
 * @param architecture the machine that they shall be for
 * @param best the most compatible policy that holds; empty where none does
 * @param obstacles why the next more compatible one doesn't hold; where none holds, why the least compatible one doesn't;
 *     empty where the best is the most compatible there is
 * @param externalLibraries the needed libraries that no policy's systems have, and that are not among those that were
 *     looked at: to be taken into the wheel, in the order of need
 * @param libpython the Python library that is needed, which no extension should; it counts neither as external nor as an
 *     obstacle
 * @param bestIfRepaired the most compatible policy that would hold if the external libraries were taken into the wheel
 *     and needed nothing newer; the best where there are none
 */
public record AuditResult(
        Architecture architecture,
        Optional<Policy> best,
        List<Finding> obstacles,
        List<String> externalLibraries,
        Optional<String> libpython,
        Optional<Policy> bestIfRepaired) {

    public AuditResult {
        obstacles = List.copyOf(obstacles);
        externalLibraries = List.copyOf(externalLibraries);
    }

    /** Whether Python's own library is needed. */
    public boolean linksLibpython() {
        return libpython.isPresent();
    }

    /** The last part of the wheel's name: the best policy's tag with its alias, else {@code linux_x86_64}. */
    public String wheelTag() {
        return best.map(Policy::wheelTag).orElseGet(() -> new PlatformTag.Linux(architecture).toString());
    }
}
