package io.github.nativemaven.mojo;

import java.util.List;

/** The group {@code <wheel>} of the configuration: how wheels are packed. */
public final class WheelConfiguration {
    /**
     * The oldest systems that a wheel must run on: a platform tag such as {@code manylinux_2_28}, or {@code linux} for
     * this machine's kind alone. Property {@code rust.compatibility}; default: what the library itself allows.
     */
    String compatibility;

    /**
     * What happens when the library needs more than the platform has: {@code repair}, {@code check}, {@code warn} or
     * {@code skip}. Property {@code rust.audit}; default {@code repair} for Linux, {@code warn} for other systems.
     */
    String audit;

    /**
     * Whether symbols are taken off libraries and programs. Property {@code rust.strip}; default: pyproject.toml's, else
     * what cargo's profile says.
     */
    Boolean strip;

    /**
     * Whether the debug information of libraries and programs is kept in {@code target/debug-symbols}, where debuggers find
     * it for what the wheel has without. Property {@code rust.debugSymbols}; default false.
     */
    Boolean debugSymbols;

    /**
     * Files that go into the archives besides: patterns, or elements with {@code path}, {@code format}, {@code from},
     * {@code to}, {@code crateName}. Property {@code rust.include}; default: pyproject.toml's.
     */
    List<FileRuleConfiguration> include;

    /** Files that stay out of the archives: patterns, or elements with {@code path} and {@code format}. Property {@code rust.exclude}; default: pyproject.toml's. */
    List<FileRuleConfiguration> exclude;

    /**
     * Where type stubs go that are made of the library: {@code wheel}, {@code source}, or {@code off}. Property
     * {@code rust.stubs}; default {@code off}.
     */
    String stubs;

    /**
     * Whether a wheel lists what it is made of (PEP 770): the Rust crates, and the libraries that were taken in. Property
     * {@code rust.sbom}; default true.
     */
    Boolean sbom;

    /** How hard wheels are compressed, 0 to 9. Property {@code rust.compression}; default 5. */
    Integer compression;
}
