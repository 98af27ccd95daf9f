package io.github.nativemaven.mojo;

import io.github.nativemaven.project.Setting;
import io.github.nativemaven.service.DevelopRequest;
import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Compiles the crate, and installs it into the active virtual environment: {@code VIRTUAL_ENV}, {@code CONDA_PREFIX}, or
 * the nearest {@code .venv}. {@code -Drust.venv=DIRECTORY} names one, and makes it where it isn't there. Python source
 * stays where it is, and is imported from there.
 *
 * @since 0.1.0
 */
@Mojo(name = "develop", threadSafe = true)
public class DevelopMojo extends RustMojo {
    @Override
    void run(RustBuild build) throws IOException {
        UserSettings settings = settings();
        Optional<Path> environment = settings.path("rust.venv", null, "").map(Setting::value);
        List<String> groups =
                settings.list("rust.groups", null, "").map(Setting::value).orElse(List.of("dev"));
        build.develop(request("dev"), new DevelopRequest(environment, groups));
    }
}
