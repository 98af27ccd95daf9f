package io.github.nativemaven.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a development install is asked for.
 *
 * @param environment the environment to install into, made where it isn't there; empty for the active one
 * @param groups dependency groups and extras to install besides; those that the project hasn't are passed over
 * @param hotReload whether a running Python shall be able to take the next library
 */
public record DevelopRequest(Optional<Path> environment, List<String> groups, boolean hotReload) {}
