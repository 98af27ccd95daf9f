package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the POM's version into Cargo.toml, Cargo.lock and pyproject.toml. Nothing else in these files is changed.
 *
 * @since 0.1.0
 */
@Mojo(name = "set-version", threadSafe = true)
public class SetVersionMojo extends RustMojo {
    @Override
    void run(RustBuild build) throws IOException {
        build.setVersion(request("release").project());
    }
}
