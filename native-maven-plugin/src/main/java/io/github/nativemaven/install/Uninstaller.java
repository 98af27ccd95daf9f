package io.github.nativemaven.install;

import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.util.List;

/** Removes distributions from environments, whichever tool installed them. */
public final class Uninstaller {
    private final Events events;

    /** @param events told of {@link InstallEvent}s */
    public Uninstaller(Events events) {
        this.events = events;
    }

    /**
     * Removes whatever is installed under a name.
     *
     * @return what has been removed; nothing where nothing was there
     * @throws BuildFailure with an {@link InstallProblem}
     */
    public List<InstalledDistribution> uninstall(DistributionName name, VirtualEnvironment environment) {
        DistributionWriter writer = new DistributionWriter(environment, events);
        return writer.alone(() -> {
            List<InstalledDistribution> old = new InstalledDistributions(environment).find(name);
            writer.remove(old);
            return old;
        });
    }
}
