package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes type stubs ({@code .pyi}) of what was compiled into {@code target/rust-stubs}, with {@code -Drust.stubs=source}
 * into the Python source. PyO3 must have its feature {@code experimental-inspect} on:
 * {@code -Drust.features=pyo3/experimental-inspect}. With {@code -Drust.stubs=wheel} they go into each wheel without this
 * goal.
 *
 * @since 0.1.0
 */
@Mojo(name = "stubs", threadSafe = true)
public class StubsMojo extends RustMojo {
    @Override
    void run(RustBuild build) throws IOException {
        build.stubs(request("dev"));
    }
}
