package io.github.nativemaven.install;

import io.github.nativemaven.python.DistributionName;
import java.util.List;

/**
 * How an installation went.
 *
 * @param name the distribution
 * @param version its version, as its metadata directory spells it
 * @param unchanged whether the very same was installed already, so that nothing has been done
 * @param replaced what was installed under this name before and has been removed; mostly one or none
 */
public record Installation(
        DistributionName name, String version, boolean unchanged, List<InstalledDistribution> replaced) {

    public Installation {
        replaced = List.copyOf(replaced);
    }
}
