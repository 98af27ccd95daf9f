package io.github.nativemaven.mojo;

import io.github.nativemaven.project.Setting;
import io.github.nativemaven.service.RustBuild;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Says what is installed, what is missing, what would be built and where each setting comes from, and what to type next.
 * Changes nothing; works without a project, too.
 *
 * @since 0.1.0
 */
@Mojo(name = "doctor", threadSafe = true, requiresProject = false)
public class DoctorMojo extends RustMojo {
    @Override
    void run(RustBuild build) {
        String maven = session.getSystemProperties().getProperty("maven.version", "");
        DoctorWording.lines(
                        build.diagnose(
                                request("release"),
                                settings().path("rust.venv", null, "").map(Setting::value)),
                        maven,
                        directory())
                .forEach(getLog()::info);
    }
}
