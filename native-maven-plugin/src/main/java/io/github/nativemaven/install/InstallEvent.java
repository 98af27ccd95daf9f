package io.github.nativemaven.install;

import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.system.Event;
import java.nio.file.Path;

/** What happens to an environment. */
public sealed interface InstallEvent extends Event {

    /**
     * A distribution is about to be removed, alone or in favour of another version.
     *
     * @param distribution the distribution
     */
    record Removing(InstalledDistribution distribution) implements InstallEvent {}

    /**
     * A file of another distribution is about to be replaced. Two distributions then have it, and it will be gone when
     * one of them is removed: to be warned of.
     *
     * @param file the file, absolute
     * @param owner the other distribution
     * @param by the one that is being installed
     */
    record TakenOver(Path file, DistributionName owner, DistributionName by) implements InstallEvent {}
}
