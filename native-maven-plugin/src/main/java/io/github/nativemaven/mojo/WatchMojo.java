package io.github.nativemaven.mojo;

import io.github.nativemaven.service.RustBuild;
import io.github.nativemaven.service.WatchLoop;
import io.github.nativemaven.service.WatchRequest;
import io.github.nativemaven.testing.TestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Does what {@code rust:develop} does, and again at each change of a source file, until Ctrl-C. A running Python takes
 * new code by {@code importlib.reload}, or with IPython's {@code %autoreload 2} by itself. Code that doesn't compile
 * leaves the last good module in place. In a build of several modules, all are built first, and then watched together.
 *
 * @since 0.1.0
 */
@Mojo(name = "watch", threadSafe = true)
public class WatchMojo extends RustMojo {
    /**
     * Whether a running Python can take new code; otherwise it must be started anew.
     *
     * @since 0.1.0
     */
    @Parameter(property = "rust.hotReload", defaultValue = "true")
    boolean hotReload;

    /**
     * Whether the tests are run after each change, as {@code rust:test} runs them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "rust.watch.test", defaultValue = "false")
    boolean test;

    @Override
    void run(RustBuild build) throws IOException {
        boolean crate = project.getPackaging().equals("rust")
                || Files.exists(directory().resolve("Cargo.toml"));
        if (!crate) {
            getLog().info("There is no crate here to be watched.");
            return;
        }
        Optional<TestRequest> tests = test ? Optional.of(testRequest(false)) : Optional.empty();
        build.watch(loops(), new WatchRequest(request("dev"), developRequest(hotReload), tests));
    }

    /** The last module of the build waits for all: whichever comes later, as with -T, is watched from then on. */
    @Override
    void end() {
        List<MavenProject> projects = session.getProjects();
        if (projects.isEmpty() || projects.get(projects.size() - 1) == project) {
            List<Runnable> loops = List.copyOf(loops().values());
            for (int i = 1; i < loops.size(); i++) {
                Thread thread = new Thread(loops.get(i), "watch " + i);
                thread.setDaemon(true);
                thread.start();
            }
            loops.stream().findFirst().ifPresent(Runnable::run);
        }
    }

    /** Those of this build, by their class: modules of a build may each have loaded the classes of this plugin. */
    @SuppressWarnings("unchecked")
    private Map<Class<?>, Runnable> loops() {
        return (Map<Class<?>, Runnable>) session.getRequest()
                .getData()
                .computeIfAbsent(WatchLoop.class.getName(), name -> new ConcurrentHashMap<>());
    }
}
