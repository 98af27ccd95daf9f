package io.github.nativemaven.binary;

import java.nio.file.Path;

/** A file that is not the library it should be: of another kind, cut off, or with numbers that lead nowhere. */
public final class MalformedBinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final long offset;
    private final String reason;

    /**
     * @param path the file
     * @param offset where it is wrong, in bytes from the file's start
     * @param reason what is wrong there
     */
    public MalformedBinaryException(Path path, long offset, String reason) {
        super(path + ": " + reason + " (at byte " + offset + ")");
        this.path = path;
        this.offset = offset;
        this.reason = reason;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Where it is wrong, in bytes from the file's start. */
    public long offset() {
        return offset;
    }

    /** What is wrong there. */
    public String reason() {
        return reason;
    }
}
