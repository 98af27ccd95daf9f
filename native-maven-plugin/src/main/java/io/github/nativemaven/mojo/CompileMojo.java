package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Compiles the crate with cargo, once for each Python ABI, each in a build directory of its own.
 *
 * @since 0.1.0
 */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class CompileMojo extends RustMojo {
    @Override
    void run(RustBuild build) {
        build.compile(request("release"));
    }
}
