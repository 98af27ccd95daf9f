package io.github.nativemaven.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What one unit came to.
 *
 * @param unit the unit
 * @param library the dynamic library that cargo wrote; never to be changed
 * @param outDirectories where build scripts wrote, by cargo's package id
 * @param compiled how many targets were compiled
 * @param fresh how many were up to date
 * @param time how long cargo ran
 */
public record UnitResult(
        Unit unit, Path library, Map<String, Path> outDirectories, int compiled, int fresh, Duration time) {}
