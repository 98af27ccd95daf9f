package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.LibrarySearch;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Finds the libraries that have to go into a wheel, as far as the audit's mode asks for that. */
final class ForeignFinder {
    private final WheelSettings settings;
    private final Events events;

    ForeignFinder(WheelSettings settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * Finds them; none where they are left out.
     *
     * @param foreign tells of a needed library whether not every system has it
     */
    ForeignLibraries find(Collection<? extends BinaryFile> files, Predicate<String> foreign, LibrarySearch search)
            throws IOException {
        List<String> names = ForeignLibraries.needed(files, foreign);
        if (names.isEmpty() || settings.audit().value() != WheelSettings.AuditMode.REPAIR) {
            leaveOut(names);
            return ForeignLibraries.NONE;
        }
        ForeignLibraries found = ForeignLibraries.find(files, foreign, search);
        if (!found.missing().isEmpty()) {
            throw new PlatformChooser.LibrariesMissing(found.missing()).asFailure();
        }
        List<String> several = found.severalVersions();
        if (!several.isEmpty()) {
            events.tell(new PlatformChooser.SeveralVersions(several));
        }
        return found;
    }

    /** Says that they are not taken in, or fails, as is asked for. */
    void leaveOut(List<String> libraries) {
        if (libraries.isEmpty() || settings.audit().value() == WheelSettings.AuditMode.SKIP) {
            return;
        }
        if (settings.audit().value() == WheelSettings.AuditMode.CHECK) {
            throw new PlatformChooser.RepairNeeded(settings.audit(), libraries).asFailure();
        }
        events.tell(new PlatformChooser.LeftOut(settings.audit(), libraries));
    }
}
