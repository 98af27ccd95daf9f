package io.github.nativemaven.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What wheels are looked at.
 *
 * @param wheels the files
 * @param maxSize the most bytes that each may have
 * @param notes where it is noted which were right, so that they aren't looked at again while they are unchanged; empty
 *     for those of others
 */
public record CheckRequest(List<Path> wheels, OptionalLong maxSize, Optional<Path> notes) {
    public CheckRequest {
        wheels = List.copyOf(wheels);
    }
}
