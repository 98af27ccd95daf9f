package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import io.github.nativemaven.wheel.PackedWheel;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Packs a wheel for each Python ABI into {@code target/wheels}, and attaches it as an artifact of type {@code whl} whose
 * classifier is the wheel's tag. The list of the crates that are in it (CycloneDX) is attached, too, as type {@code json}
 * with the classifier {@code cyclonedx}.
 *
 * @since 0.1.0
 */
@Mojo(name = "package", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class PackageMojo extends RustMojo {
    @Inject
    MavenProjectHelper helper;

    /**
     * Builds everything a second time, in a place where nothing is left of the first, and fails where a wheel is not the
     * same to the byte.
     *
     * @since 0.1.0
     */
    @Parameter(property = "rust.reproducible.verify", defaultValue = "false")
    boolean verify;

    @Override
    void run(RustBuild build) throws IOException {
        ArtifactNames.remark(project.getArtifactId(), session.getGoals()).ifPresent(getLog()::warn);
        List<PackedWheel> wheels = build.wheels(request("release"));
        if (verify) {
            build.buildAgain(request("release"), wheels);
        }
        for (PackedWheel wheel : wheels) {
            helper.attachArtifact(
                    project, "whl", wheel.classifier(), wheel.file().toFile());
        }
        // What wheels of several Pythons are made of hardly differs, and each has its own inside.
        wheels.stream()
                .flatMap(wheel -> wheel.materials().stream())
                .findFirst()
                .ifPresent(materials -> helper.attachArtifact(project, "json", "cyclonedx", materials.toFile()));
    }
}
