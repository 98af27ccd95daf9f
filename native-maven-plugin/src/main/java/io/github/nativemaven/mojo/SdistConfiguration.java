package io.github.nativemaven.mojo;

/** The group {@code <sdist>} of the configuration: what goes into the source distribution. */
public final class SdistConfiguration {
    /**
     * Whether the sources of all crates go into it, so that it builds without a network. Property
     * {@code rust.sdist.vendor}; default: no.
     */
    Boolean vendor;
}
