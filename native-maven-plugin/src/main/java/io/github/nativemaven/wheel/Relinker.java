package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How the files of one format are changed, so that they find the libraries that were taken into their wheel. */
interface Relinker {

    /** What follows the distribution's name in the name of the libraries' directory: {@code .libs}. */
    String suffix();

    /**
     * A name for a copy that no other wheel's copy has: {@code libssl-1a2b3c4d.so.3}.
     *
     * @param original the library's file name
     * @param digits what is to be added
     */
    String fileName(String original, String digits);

    /**
     * The change that makes a copy of a library, which lies beside all others.
     *
     * @param fileName the copy's name
     * @param renamed what it needs, and the file names of the copies that it shall need in their place; maybe nothing
     */
    Change copy(BinaryFile library, String fileName, Map<String, String> renamed);

    /**
     * The change for what was compiled and needs copies.
     *
     * @param way the relative path from its place in the wheel to the libraries' directory: {@code ../my_pkg.libs}
     * @param renamed what it needs, and the file names of the copies that it shall need in their place; at least one
     */
    Change needer(BinaryFile file, String way, Map<String, String> renamed);

    /** Whether a file says only how the libraries are called, so that they must lie where they are looked for. */
    default boolean knowsNamesOnly() {
        return false;
    }

    /** The change for what was compiled and needs no copy; empty where it can be packed as it is. */
    default Optional<Change> finish(BinaryFile file) {
        return Optional.empty();
    }

    /**
     * A change of a file.
     *
     * @param how a text that is another where the change is another
     * @param writer makes the changed copy
     */
    record Change(String how, Writer writer) {
        /**
         * Makes a changed copy, unless it is there already.
         *
         * @param to where to; replaced where it is there
         */
        Content copy(Path from, Path to) throws IOException {
            Freshness freshness = Freshness.of(to, from, how);
            if (!freshness.isFresh()) {
                AtomicFiles.write(to, aside -> writer.write(from, aside));
                freshness.remember();
            }
            return Content.of(to);
        }
    }

    /** Makes a changed copy. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes it.
         *
         * @param to where to; not there yet
         */
        void write(Path from, Path to) throws IOException;
    }

    /** The way of a format. */
    static Relinker of(BinaryFile.Format format) {
        return switch (format) {
            case ELF -> new ElfRelinker();
            case MACH_O -> new MachORelinker();
            case PE -> new PeRelinker();
        };
    }
}
