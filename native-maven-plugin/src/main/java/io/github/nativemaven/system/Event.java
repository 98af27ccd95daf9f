package io.github.nativemaven.system;

/**
 * Something that happened during a build, as a value. The core tells; only the front end writes to a log or a terminal.
 *
 * <p>Each room declares the events that it tells as records of this type.
 */
public interface Event {}
