package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Packs the source distribution into {@code target/wheels}. It is the project's main artifact.
 *
 * @since 0.1.0
 */
@Mojo(name = "sdist", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class SdistMojo extends RustMojo {
    @Override
    void run(RustBuild build) throws IOException {
        project.getArtifact()
                .setFile(build.sourceDistribution(request("release")).toFile());
    }
}
