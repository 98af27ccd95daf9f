package io.github.nativemaven.service;

import io.github.nativemaven.testing.TestRequest;
import java.util.Optional;

/**
 * What shall be done with a project at each change of its sources.
 *
 * @param build how it is built
 * @param develop where it is installed
 * @param tests the tests to run after that, if any
 */
public record WatchRequest(BuildRequest build, DevelopRequest develop, Optional<TestRequest> tests) {}
