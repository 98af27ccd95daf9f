package io.github.nativemaven.platform;

/** The C library, or the flavour of the system's interface, that a target is linked against. */
public enum CLibrary {
    /** The GNU C library on Linux, MinGW on Windows. */
    GNU,
    /** musl, on Linux. */
    MUSL,
    /** Microsoft's run-time library. */
    MSVC,
    /** The system has only one. */
    SYSTEM
}
