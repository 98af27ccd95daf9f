package io.github.nativemaven.check;

/**
 * Something that is wrong with a wheel.
 *
 * @param kind what
 * @param subject the entry, tag or value that is wrong
 * @param detail what it should be, or why it is wrong; may be empty
 */
public record Fault(Kind kind, String subject, String detail) {
    /** The kinds of faults. */
    public enum Kind {
        /** There is no such file. */
        NOT_THERE,
        /** It is a directory, or something else that is no file. */
        NOT_A_FILE,
        /** The file may not be read. */
        NOT_ALLOWED,
        /** The file isn't named as a wheel; the detail says why. */
        BAD_NAME,
        /** It is larger than it may be: the subject is its size, the detail the limit, both in bytes. */
        TOO_LARGE,
        /** It's no zip file, or one that zip readers would read in different ways; the detail says why. */
        BAD_ZIP,
        /** It would fill a disk when it is unpacked: the subject is the size in bytes. */
        BOMB,
        /** An entry leads out of where it is unpacked. */
        UNSAFE_PATH,
        /** A path that is there twice, or twice but for case. */
        DUPLICATE,
        /** An entry is a symbolic link, or something else that is no file. */
        NO_FILE,
        /** An entry's bytes can't be read, or are not those that the zip file says. */
        UNREADABLE,
        /** A file that every wheel has is missing. */
        MISSING,
        /** A file of metadata can't be read; the detail says why. */
        BAD_METADATA,
        /** Metadata say something else than the file's name: the subject is what, the detail both values. */
        DIFFERS,
        /** An entry isn't in RECORD with a good digest. */
        NOT_RECORDED,
        /** RECORD lists an entry that isn't there. */
        RECORDED_ONLY,
        /** An entry's digest or size is not that of RECORD. */
        WRONG_CONTENT,
        /** An entry looks like something secret. */
        SECRET,
        /** A library or program that can't be read; the detail says why. */
        BAD_LIBRARY,
        /** A library isn't for a tag's systems: the subject is the library, the detail is the tag, a colon, and why. */
        BEYOND_TAG,
        /** A library wants to run code on the stack, which newer systems of the tag refuse. */
        EXECUTABLE_STACK,
        /** A library would be installed where only Python's own code belongs: the detail says why. */
        NATIVE_IN_PURELIB,
        /** A wheel for any machine has a library for some. */
        NATIVE_IN_PURE,
        /** A module doesn't export what Python calls first: the detail is the function's name. */
        NO_MODULE,
        /** A module is for another Python than the tag: the detail is the tag. */
        OTHER_PYTHON,
        /** A module is linked with Python's own library: the detail is its name. */
        LINKS_PYTHON,
        /** A module of the stable ABI needs what is not in it, or not yet: the detail lists it. */
        BEYOND_STABLE_ABI
    }
}
