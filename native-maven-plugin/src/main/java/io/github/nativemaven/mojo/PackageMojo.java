package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import io.github.nativemaven.wheel.PackedWheel;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Packs a wheel for each Python ABI into {@code target/wheels}, and attaches it as an artifact of type {@code whl} whose
 * classifier is the wheel's tag.
 *
 * @since 0.1.0
 */
@Mojo(name = "package", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class PackageMojo extends RustMojo {
    @Inject
    MavenProjectHelper helper;

    @Override
    void run(RustBuild build) throws IOException {
        for (PackedWheel wheel : build.wheels(request("release"))) {
            helper.attachArtifact(
                    project, "whl", wheel.classifier(), wheel.file().toFile());
        }
    }
}
