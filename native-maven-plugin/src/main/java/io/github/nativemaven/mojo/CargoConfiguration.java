package io.github.nativemaven.mojo;

import java.io.File;
import java.util.List;
import java.util.Map;

/** The group {@code <cargo>} of the configuration: how cargo is called. */
public final class CargoConfiguration {
    /** The program: a path, or a name that is searched on PATH. Property {@code rust.cargo}; default {@code cargo}. */
    String executable;

    /** The Cargo.toml. Property {@code rust.manifest}; default: pyproject.toml's, else {@code Cargo.toml}. */
    File manifest;

    /** cargo's profile. Property {@code rust.profile}; default {@code release}, for develop and test {@code dev}. */
    String profile;

    /** Features to switch on. Property {@code rust.features}, comma-separated. */
    List<String> features;

    /** Whether all features are on. Property {@code rust.allFeatures}. */
    Boolean allFeatures;

    /** Whether the default features are off. Property {@code rust.noDefaultFeatures}. */
    Boolean noDefaultFeatures;

    /** Whether Cargo.lock must be there and right. Property {@code rust.locked}. */
    Boolean locked;

    /** How many compilers may run at once, for all Pythons together. Property {@code rust.jobs}; default: one a processor. */
    Integer jobs;

    /** Further arguments for {@code cargo rustc} and {@code cargo test}. Property {@code rust.arguments}. */
    List<String> arguments;

    /** Further environment variables for cargo. */
    Map<String, String> environment;

    /**
     * How large all build directories may become: {@code 10GB}. Those that were used longest ago are emptied after a build
     * that compiled something. Property {@code rust.cache.maxSize}; default: any size.
     */
    String cacheMaxSize;

    /**
     * What is built for: {@code linux-x86_64}, {@code linux-aarch64}, {@code linux-musl-x86_64}, {@code windows-x86_64},
     * {@code macos-aarch64} and the like, rustc's target triples, or {@code all}. Property {@code rust.targets},
     * comma-separated; default: what cargo is configured for by CARGO_BUILD_TARGET or {@code build.target}, else the machine
     * that the build runs on.
     */
    List<String> targets;

    /**
     * The oldest glibc that what is built for Linux must run with, such as {@code 2.17}; zig links it. Property
     * {@code rust.glibc}; default: this machine's own, or 2.17 where zig links.
     */
    String glibc;

    /**
     * The program zig, which then links for all other machines. Property {@code rust.zig}; default: where no cross
     * compiler is found, the one on the PATH, or in the package {@code ziglang} of a Python.
     */
    File zig;

    /**
     * Whether Rust's own library is compiled from its source where it isn't installed for a target. Property
     * {@code rust.buildStd}; default false.
     */
    Boolean buildStd;

    /**
     * A cache of compilations that several machines share: {@code sccache}, or its path. Where it keeps things is said by
     * its own variables; the server {@code sccache} of settings.xml has name and password. Property
     * {@code rust.compilerCache}; default none.
     */
    String compilerCache;

    /** Where build directories lie. Property {@code rust.buildDirectory}; default {@code target/rust}. */
    File buildDirectory;
}
