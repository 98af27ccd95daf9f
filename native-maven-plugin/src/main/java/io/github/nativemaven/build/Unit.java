package io.github.nativemaven.build;

import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Python;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One compilation: a target, an ABI, and the place where it happens, all known before cargo starts.
 *
 * @param target what is compiled for
 * @param abi which Pythons it shall work with
 * @param python the Python that PyO3 is configured for; for other bindings one to try them with, if there is one
 * @param directory cargo's target directory for this unit alone, absolute
 * @param tools with what it is compiled and linked
 */
public record Unit(TargetTriple target, Abi abi, Optional<? extends Python> python, Path directory, TargetTools tools) {
    /** A unit for the machine that the build runs on. */
    public Unit(TargetTriple target, Abi abi, Optional<Interpreter> interpreter, Path directory) {
        this(target, abi, interpreter, directory, TargetTools.usual(target));
    }

    /** The Python, where it runs on this machine. */
    public Optional<Interpreter> interpreter() {
        return python.filter(Interpreter.class::isInstance).map(Interpreter.class::cast);
    }

    /** Whether what is compiled runs on another kind of machine. */
    public boolean isForeign() {
        return tools.foreign();
    }

    /** What the user sees in front of this unit's lines: {@code cp311}, {@code cp311 linux-aarch_64}. */
    public String label() {
        return isForeign() ? abi.label() + " " + target.classifier() : abi.label();
    }
}
