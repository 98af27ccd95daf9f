package io.github.nativemaven.build;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a Python loads what is compiled for a target: a machine may run programs of several kinds of machines. */
public final class MachineCheck {
    private MachineCheck() {}

    /** A Python for another kind of machine than its unit's. */
    public record OtherMachine(Interpreter interpreter, TargetTriple target) implements Problem {}

    /** A Python for another kind of machine is left out, since nobody asked for it in particular. */
    public record LeftOut(Interpreter interpreter, TargetTriple target) implements Event {}

    /**
     * The interpreters that load what is compiled for a target.
     *
     * @param chosen whether each was asked for; else those that don't fit are left out as long as others do
     */
    public static List<Interpreter> fitting(
            TargetTriple target, List<Interpreter> interpreters, boolean chosen, Events events) {
        List<Interpreter> fitting = new ArrayList<>();
        for (Interpreter interpreter : interpreters) {
            if (fits(target, interpreter)) {
                fitting.add(interpreter);
            } else if (chosen) {
                throw new OtherMachine(interpreter, target).asFailure();
            } else {
                events.tell(new LeftOut(interpreter, target));
            }
        }
        if (fitting.isEmpty() && !interpreters.isEmpty()) {
            throw new OtherMachine(interpreters.get(0), target).asFailure();
        }
        return fitting;
    }

    static boolean fits(TargetTriple target, Interpreter interpreter) {
        Architecture architecture = target.architecture();
        if (interpreter.pointerWidth() != architecture.pointerWidth()) {
            return false;
        }
        String platform = interpreter.platform().toLowerCase(Locale.ROOT).replace('-', '_');
        return switch (target.os()) {
            case WINDOWS -> !platform.startsWith("win") || platform.equals(architecture.windows());
            case MACOS ->
                platform.endsWith("universal2")
                        || !platform.startsWith("macosx")
                        || platform.endsWith(architecture.macos());
            default -> !namesAnother(architecture, interpreter.soabi());
        };
    }

    /** {@code cpython-311-aarch64-linux-gnu} names the machine in the middle; what names none, or one that has several names, may fit. */
    private static boolean namesAnother(Architecture architecture, String soabi) {
        for (Architecture other : Architecture.values()) {
            if (other != architecture && soabi.contains("-" + other.linux() + "-linux")) {
                return !other.linux().equals(architecture.linux());
            }
        }
        return false;
    }
}
