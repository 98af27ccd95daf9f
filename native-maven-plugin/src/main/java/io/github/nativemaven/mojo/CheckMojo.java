package io.github.nativemaven.mojo;

import io.github.nativemaven.project.Setting;
import io.github.nativemaven.service.CheckRequest;
import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Looks whether wheels are what they say: names, metadata, RECORD, tags against the libraries inside, the stable ABI,
 * secrets that got in by accident, and zip files that are made to do harm. The wheels are those of this build, else those in
 * {@code target/wheels}, else those that {@code -Drust.files=} names, comma-separated, files, directories or patterns, for
 * which no project is needed. A
 * wheel that hasn't changed since it was right isn't looked at again.
 *
 * @since 0.1.0
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public class CheckMojo extends RustMojo {
    /**
     * The most that a wheel may have: bytes, or a size such as {@code 100MB}. Default: no limit.
     *
     * @since 0.1.0
     */
    @Parameter(property = "rust.check.maxSize")
    String maxSize;

    @Override
    void run(RustBuild build) throws IOException {
        Optional<Setting<List<String>>> named = settings().list("rust.files", null, "");
        build.check(new CheckRequest(
                named.isPresent()
                        ? NamedWheels.find(Path.of(session.getExecutionRootDirectory()), named.get())
                        : wheels(),
                maxSize == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Choices.size(new Setting<>(maxSize, "-Drust.check.maxSize"))
                                .bytes()),
                named.isPresent()
                        ? Optional.empty()
                        : Optional.of(outputDirectory().resolve("rust-check"))));
    }

    private List<Path> wheels() throws IOException {
        List<Path> wheels = new ArrayList<>();
        for (Artifact artifact : project.getAttachedArtifacts()) {
            if (artifact.getType().equals("whl") && artifact.getFile() != null) {
                wheels.add(artifact.getFile().toPath());
            }
        }
        Collections.sort(wheels);
        return wheels.isEmpty() ? NamedWheels.in(outputDirectory().resolve("wheels")) : wheels;
    }
}
