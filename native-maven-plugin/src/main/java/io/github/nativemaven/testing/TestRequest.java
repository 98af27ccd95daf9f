package io.github.nativemaven.testing;

import io.github.nativemaven.project.Setting;
import java.util.List;

/**
 * What a run of the tests is asked for.
 *
 * @param profile cargo's profile for Rust tests
 * @param requirements what the Python tests require besides the distribution's own requirements (PEP 508)
 * @param ignoreFailures whether failed tests let the build go on
 */
public record TestRequest(Setting<String> profile, List<String> requirements, boolean ignoreFailures) {}
