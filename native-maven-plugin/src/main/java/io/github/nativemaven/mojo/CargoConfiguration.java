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

    /** Where build directories lie. Property {@code rust.buildDirectory}; default {@code target/rust}. */
    File buildDirectory;
}
