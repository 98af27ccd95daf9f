package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Runs the Rust tests, and the Python tests in {@code tests/} or {@code src/test/python} against the built wheel in an
 * environment of its own. Reports go to {@code target/surefire-reports}.
 *
 * @since 0.1.0
 */
@Mojo(name = "test", defaultPhase = LifecyclePhase.TEST, threadSafe = true)
public class TestMojo extends RustMojo {
    /**
     * Compiles and runs no tests.
     *
     * @since 0.1.0
     */
    @Parameter(property = "skipTests", defaultValue = "false")
    boolean skipTests;

    /**
     * Compiles and runs no tests: the property of Maven's own compiler and test plugins.
     *
     * @since 0.1.0
     */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    boolean mavenTestSkip;

    /**
     * Goes on when tests fail, and says so.
     *
     * @since 0.1.0
     */
    @Parameter(property = "maven.test.failure.ignore", defaultValue = "false")
    boolean testFailureIgnore;

    @Override
    void run(RustBuild build) throws IOException {
        if (skipTests || mavenTestSkip) {
            getLog().info("Tests are skipped.");
            return;
        }
        build.test(request("release"), testRequest(testFailureIgnore));
    }
}
