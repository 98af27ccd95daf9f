/** Runs a crate's tests: Rust's, and Python's against the built wheel; writes reports that CI servers read. */
package io.github.nativemaven.testing;
