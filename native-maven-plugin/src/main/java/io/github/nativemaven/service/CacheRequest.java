package io.github.nativemaven.service;

import io.github.nativemaven.cargo.CompilerCache;
import io.github.nativemaven.project.Setting;
import java.util.Optional;

/**
 * A cache of compilations that is asked for.
 *
 * @param program sccache, by path or by its name on PATH
 * @param credentials for the place where it keeps things
 */
public record CacheRequest(Setting<String> program, Optional<CompilerCache.Credentials> credentials) {}
