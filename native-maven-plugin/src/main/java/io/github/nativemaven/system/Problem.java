package io.github.nativemaven.system;

/**
 * A cause for which a build stops, as a value that carries what was wrong.
 *
 * <p>Each room declares its causes as records of this type, without a sentence in them: the front end owns the wording,
 * because only it knows what the user calls a setting.
 */
public interface Problem {
    /** This problem as something to throw. */
    default BuildFailure asFailure() {
        return new BuildFailure(this, null);
    }

    /** This problem as something to throw. */
    default BuildFailure asFailure(Throwable cause) {
        return new BuildFailure(this, cause);
    }
}
