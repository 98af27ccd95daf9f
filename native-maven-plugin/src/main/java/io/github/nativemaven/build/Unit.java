package io.github.nativemaven.build;

import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One compilation: a target, an ABI, and the place where it happens, all known before cargo starts.
 *
 * @param target what is compiled for
 * @param abi which Pythons it shall work with
 * @param interpreter the Python that PyO3 is configured for; for other bindings the one to try them with, if there is one
 * @param directory cargo's target directory for this unit alone, absolute
 * @param features of the project's crate
 */
public record Unit(TargetTriple target, Abi abi, Optional<Interpreter> interpreter, Path directory, Features features) {
    /** With the features of the project. */
    public Unit(TargetTriple target, Abi abi, Optional<Interpreter> interpreter, Path directory) {
        this(target, abi, interpreter, directory, Features.OF_PROJECT);
    }

    /** What the user sees in front of this unit's lines. */
    public String label() {
        return abi.label();
    }
}
