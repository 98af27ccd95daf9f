package io.github.nativemaven.binary;

import java.nio.file.Path;

/** A Mach-O file has no room before its first section for load commands that are longer than those that it has. */
public final class HeaderFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final long wanted;
    private final long room;

    /**
     * @param path the file
     * @param wanted the bytes that the load commands would need
     * @param room the bytes that there are for them
     */
    public HeaderFullException(Path path, long wanted, long room) {
        super(path + ": load commands of " + wanted + " bytes don't fit into " + room);
        this.path = path;
        this.wanted = wanted;
        this.room = room;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The bytes that the load commands would need. */
    public long wanted() {
        return wanted;
    }

    /** The bytes that there are for them. */
    public long room() {
        return room;
    }
}
