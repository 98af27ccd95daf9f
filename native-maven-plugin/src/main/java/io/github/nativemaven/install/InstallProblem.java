package io.github.nativemaven.install;

import io.github.nativemaven.system.Problem;
import java.nio.file.Path;

/** Why something could not be installed or removed. Whichever it is, the environment is as it was. */
public sealed interface InstallProblem extends Problem {

    /** What is wrong with a wheel. */
    enum Fault {
        /** There is no such file. */
        NOT_THERE,
        /** Its name is not that of a wheel; the subject says what is wrong with it. */
        BAD_NAME,
        /** It's no zip file, or a broken one; the subject says what is wrong with it. */
        NOT_A_ZIP,
        /** It has no metadata directory of its name, or more than one; the subject is a directory's name, or empty. */
        WRONG_METADATA_DIRECTORY,
        /** A file that every wheel has is missing; the subject is its name. */
        MISSING,
        /** It is of a later format; the subject is the format's version. */
        UNKNOWN_VERSION,
        /** RECORD can't be read; the subject says what is wrong with it. */
        BAD_RECORD,
        /** {@code entry_points.txt} can't be read; the subject says what is wrong with it. */
        BAD_ENTRY_POINTS,
        /** An entry would be written outside of the environment; the subject is its name. */
        UNSAFE_PATH,
        /** Two entries would be written to one file; the subject is a name of one. */
        DUPLICATE,
        /** An entry isn't in RECORD with a digest; the subject is its name. */
        NOT_IN_RECORD,
        /** A file has another content than RECORD says; the subject is its name. */
        WRONG_CONTENT,
        /** An entry is in a {@code .data} directory of an unknown kind; the subject is its name. */
        UNKNOWN_DATA
    }

    /**
     * A file that is no wheel, or a damaged one.
     *
     * @param wheel the file
     * @param fault what is wrong with it
     * @param subject what the fault is about
     */
    record BadWheel(Path wheel, Fault fault, String subject) implements InstallProblem {}

    /**
     * An environment that may not be changed.
     *
     * @param environment its root
     * @param path what could not be written
     */
    record NotWritable(Path environment, Path path) implements InstallProblem {}

    /**
     * Something that the operating system refused: no space is left, a file is where a directory should be.
     *
     * @param environment the environment's root
     * @param reason what it said
     */
    record Failed(Path environment, String reason) implements InstallProblem {}

    /** Why a distribution can't be removed. */
    enum Obstacle {
        /** distutils installed it, and kept no list of its files. */
        DISTUTILS,
        /** The list of its files is missing. */
        NO_RECORD,
        /** The list of its files can't be read. */
        BAD_RECORD
    }

    /**
     * A distribution that can't be removed, and so not replaced: nothing says which files are its own.
     *
     * @param distribution the distribution
     * @param obstacle why
     */
    record NotRemovable(InstalledDistribution distribution, Obstacle obstacle) implements InstallProblem {}
}
