package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds libraries as the loader of a system does, and besides where the build had them, which the loader doesn't know of. */
public interface LibrarySearch {

    /**
     * A file of the right name that is not the library.
     *
     * @param file the file
     * @param damage what is wrong with it; empty where it is a library for another machine
     */
    record PassedOver(Path file, Optional<String> damage) {}

    /**
     * How a search ended.
     *
     * @param library the library, under its real path; empty where there is none
     * @param searched the directories that were looked into, in order; all that there are where nothing was found
     * @param passedOver files of the right name that are not the library
     */
    record Outcome(Optional<BinaryFile> library, List<Path> searched, List<PassedOver> passedOver) {}

    /**
     * Finds a library.
     *
     * @param library as it is named in the needed libraries: {@code libssl.so.3}
     * @param needer the file that needs it
     * @param ancestors what led to the needer, the nearest first
     * @throws IOException when a directory can't be read for another reason than that it isn't there
     */
    Outcome find(String library, BinaryFile needer, List<BinaryFile> ancestors) throws IOException;

    /**
     * Whether one name is one library to the loader, the first that it finds, whoever needs it. Else a name may lead to
     * several, for each needer from where it lies.
     */
    boolean isOneForName();

    /** Whether the needer can be loaded without the library. */
    default boolean mayBeMissing(String library, BinaryFile needer) {
        return false;
    }
}
