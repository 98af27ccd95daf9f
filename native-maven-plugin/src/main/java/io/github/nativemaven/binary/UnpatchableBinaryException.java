package io.github.nativemaven.binary;

import java.nio.file.Path;

/** A file that is whole, but can't be changed without spoiling it. */
public final class UnpatchableBinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final String reason;

    /**
     * @param path the file
     * @param reason why not: goes on after "can't be changed: "
     */
    UnpatchableBinaryException(Path path, String reason) {
        super(path + " can't be changed: " + reason);
        this.path = path;
        this.reason = reason;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Why it can't be changed. */
    public String reason() {
        return reason;
    }
}
