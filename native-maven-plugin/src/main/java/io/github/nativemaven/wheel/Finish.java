package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.binary.BinaryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Exchanges what was compiled for copies that the target's loader takes, where linkers leave that to be done. */
final class Finish {
    private final Path work;

    /** @param work where copies are made; one that is there is used again where nothing has changed */
    Finish(Path work) {
        this.work = work;
    }

    /** @param binaries what cargo compiled; what of it isn't in the wheel as it is stays aside */
    void apply(Entries entries, Collection<Path> binaries) throws IOException {
        for (Entry entry : List.copyOf(entries.sorted())) {
            if (entry.content() instanceof Content.Stored stored && binaries.contains(stored.file())) {
                BinaryFile file = BinaryFile.read(stored.file());
                Optional<Relinker.Change> change = Relinker.of(file.format()).finish(file);
                if (change.isPresent()) {
                    Content copy = change.get().copy(file.path(), work.resolve(entry.path()));
                    entries.remove(entry.path());
                    entries.add(entry.path(), copy, entry.executable(), entry.origin());
                }
            }
        }
    }
}
