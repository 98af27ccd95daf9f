package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Python;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One compilation: a target, an ABI, and the place where it happens, all known before cargo starts.
 *
 * @param abi which Pythons it shall work with
 * @param python the Python that PyO3 is configured for; for other bindings one to try them with, if there is one
 * @param directory cargo's target directory for this unit alone, absolute
 * @param features of the project's crate
 * @param tools what is compiled for, and with what
 */
public record Unit(Abi abi, Optional<? extends Python> python, Path directory, Features features, TargetTools tools) {
    /** For the machine that the build runs on, with the features of the project. */
    public Unit(TargetTriple host, Abi abi, Optional<Interpreter> interpreter, Path directory) {
        this(
                abi,
                interpreter,
                directory,
                Features.OF_PROJECT,
                TargetTools.usual(new Cargo.Toolchain(host, "", Optional.empty())));
    }

    /** What is compiled for. */
    public TargetTriple target() {
        return tools.target();
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
        return isForeign() ? abi.label() + " " + target().classifier() : abi.label();
    }
}
