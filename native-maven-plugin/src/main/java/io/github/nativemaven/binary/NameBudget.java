package io.github.nativemaven.binary;

/**
 * How many bytes of names may still be made into texts. Names may share bytes of a file; without a bound a small file
 * could name one long text a million times.
 */
final class NameBudget {
    private long left;

    /** @param bytes the most bytes that all names together may have */
    NameBudget(long bytes) {
        this.left = bytes;
    }

    /** Takes the bytes of one name; false when there are not as many left. */
    boolean take(long bytes) {
        left -= bytes;
        return left >= 0;
    }
}
