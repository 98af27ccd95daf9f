package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Compiles the crate, and installs it into the active virtual environment: {@code VIRTUAL_ENV}, {@code CONDA_PREFIX}, or
 * the nearest {@code .venv}. {@code -Drust.venv=DIRECTORY} names one, and makes it where it isn't there. Python source
 * stays where it is, and is imported from there.
 *
 * @since 0.1.0
 */
@Mojo(name = "develop", threadSafe = true)
public class DevelopMojo extends RustMojo {
    /**
     * Whether a running Python can take the library of the next development install: by {@code importlib.reload}, or by
     * IPython's {@code %autoreload 2}. It is then installed beside the older one, with what makes Python find it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "rust.hotReload", defaultValue = "false")
    boolean hotReload;

    @Override
    void run(RustBuild build) throws IOException {
        build.develop(request("dev"), developRequest(hotReload));
    }
}
