package io.github.nativemaven.platform;

/**
 * A text that is not what it should be: a version, a tag, a triple, a name.
 *
 * <p>Thrown by every {@code parse} method of the core. The message names the kind of value, the whole input and the
 * reason; whoever knows which setting the text came from adds that.
 */
public final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String input;
    private final String reason;

    /**
     * @param kind what the text should have been, as a noun phrase: {@code version}, {@code target triple}
     * @param input the whole text
     * @param reason what is wrong with it, and what would be right
     */
    public MalformedException(String kind, String input, String reason) {
        super(kind + " '" + input + "': " + reason);
        this.kind = kind;
        this.input = input;
        this.reason = reason;
    }

    /** What the text should have been. */
    public String kind() {
        return kind;
    }

    /** The whole text. */
    public String input() {
        return input;
    }

    /** What is wrong with it, and what would be right. */
    public String reason() {
        return reason;
    }
}
