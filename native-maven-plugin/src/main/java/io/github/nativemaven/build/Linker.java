package io.github.nativemaven.build;

import java.nio.file.Path;

/** What makes a library or program of object files. */
public sealed interface Linker {
    /** What rustc calls by itself: right for the machine that the build runs on. */
    record Usual() implements Linker {}

    /**
     * The one that the user told cargo to call.
     *
     * @param origin the variable or file that says so
     */
    record Configured(String origin) implements Linker {}

    /**
     * A GNU compiler for another machine.
     *
     * @param program {@code aarch64-linux-gnu-gcc}, absolute
     */
    record Gcc(Path program) implements Linker {}

    /**
     * zig's C compiler, which knows the C libraries of many systems.
     *
     * @param zig the program
     * @param target what zig calls the target: {@code aarch64-linux-gnu.2.17}
     * @param launchers the directory with the programs that call it as a C compiler
     */
    record ZigCc(Zig zig, String target, Path launchers) implements Linker {}
}
