package io.github.nativemaven.mojo;

import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.TargetSettings;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.Contents;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.service.BuildRequest;
import io.github.nativemaven.service.CacheRequest;
import io.github.nativemaven.service.DevelopRequest;
import io.github.nativemaven.service.Findings;
import io.github.nativemaven.service.RustBuild;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.testing.TestRequest;
import io.github.nativemaven.wheel.WheelSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.SessionData;

/** What every goal shares: the groups of settings, and the translation of problems into words. */
abstract class RustMojo extends AbstractMojo {
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Inject
    Provider<SettingsDecrypter> decrypter;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    MojoExecution execution;

    /**
     * How cargo is called: executable, manifest, profile, features, allFeatures, noDefaultFeatures, locked, jobs,
     * arguments, environment, buildDirectory, cacheMaxSize, targets, glibc, zig, buildStd, compilerCache.
     *
     * @since 0.1.0
     */
    @Parameter
    CargoConfiguration cargo = new CargoConfiguration();

    /**
     * What the distribution is called, and which Pythons it is for: interpreters, name, moduleName, modules, bindings,
     * programs, sourceDirectory, requiresPython, dependencies, testDependencies.
     *
     * @since 0.1.0
     */
    @Parameter
    PythonConfiguration python = new PythonConfiguration();

    /**
     * How wheels are packed: compatibility, audit, strip, debugSymbols, include, exclude, stubs, sbom,
     * compression.
     *
     * @since 0.1.0
     */
    @Parameter
    WheelConfiguration wheel = new WheelConfiguration();

    /**
     * What goes into the source distribution: vendor.
     *
     * @since 0.1.0
     */
    @Parameter
    SdistConfiguration sdist = new SdistConfiguration();

    /**
     * The time of every entry of every archive: ISO 8601, or seconds since 1970.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    String outputTimestamp;

    /**
     * Does nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "rust.skip", defaultValue = "false")
    boolean skip;

    /** Does the goal's work; what is thrown gets its words here. */
    abstract void run(RustBuild build) throws IOException;

    /** What comes after the work, also after work that was skipped. */
    void end() {
        // Most goals are done.
    }

    @Override
    public final void execute() throws MojoFailureException {
        if (skip) {
            getLog().info("Skipped, because rust.skip is set.");
        }
        Events console = new Console(getLog(), Terminal.of(session));
        try {
            if (!skip) {
                UnknownProperties.warn(session.getUserProperties(), console);
                run(new RustBuild(Host.current(), console, findings(), jobBudget()));
            }
            end();
        } catch (BuildFailure e) {
            throw failure(ProblemWording.of(e), e);
        } catch (MalformedException e) {
            throw failure(e.kind() + " '" + e.input() + "': " + e.reason(), e);
        } catch (IOException | UncheckedIOException e) {
            throw failure(ProblemWording.ofSystem(e), e);
        }
    }

    /** Maven adds the messages of causes to the sentence; one that is suppressed is shown by -e all the same. */
    private static MojoFailureException failure(String sentence, Exception cause) {
        MojoFailureException failure = new MojoFailureException(sentence);
        failure.addSuppressed(cause);
        return failure;
    }

    /** What an earlier goal of the same project has found out in this build, if it was asked with the same settings. */
    @SuppressWarnings("unchecked")
    private Findings findings() {
        String settings = String.valueOf(execution == null ? null : execution.getConfiguration());
        return getPluginContext() == null
                ? new Findings()
                : (Findings) getPluginContext().computeIfAbsent(groups(settings), key -> new Findings());
    }

    /** One for all modules that are built at the same time, by the same classes of this plugin. */
    private JobBudget jobBudget() {
        SessionData data = session.getRepositorySession().getData();
        data.set(
                JobBudget.class,
                null,
                new JobBudget(Math.max(1, session.getRequest().getDegreeOfConcurrency())));
        return (JobBudget) data.get(JobBudget.class);
    }

    /** The groups of settings, as the POM has them; the command line is the same for all goals. */
    private static String groups(String configuration) {
        StringBuilder groups = new StringBuilder("settings");
        for (String group : List.of("cargo", "python", "wheel", "sdist")) {
            int start = configuration.indexOf("<" + group + ">");
            int end = configuration.indexOf("</" + group + ">");
            groups.append(start < 0 || end < start ? "" : configuration.substring(start, end));
        }
        return groups.toString();
    }

    UserSettings settings() {
        return new UserSettings(session.getUserProperties(), project.getProperties(), directory());
    }

    Path directory() {
        return project.getBasedir() == null
                ? Path.of(session.getExecutionRootDirectory())
                : project.getBasedir().toPath();
    }

    Path outputDirectory() {
        return Path.of(project.getBuild().getDirectory());
    }

    /** How tests are run: compiled with cargo's profile {@code dev} where none is set. */
    TestRequest testRequest(boolean ignoreFailures) {
        UserSettings settings = settings();
        return new TestRequest(
                settings.text("rust.profile", null, "").orElse(Setting.byDefault("dev")),
                settings.requirements("rust.testDependencies", python.testDependencies, "<python><testDependencies>"),
                ignoreFailures);
    }

    /** Where the project is installed for development. */
    DevelopRequest developRequest(boolean hotReload) {
        UserSettings settings = settings();
        Optional<Path> environment = settings.path("rust.venv", null, "").map(Setting::value);
        List<String> groups =
                settings.list("rust.groups", null, "").map(Setting::value).orElse(List.of("dev"));
        return new DevelopRequest(environment, groups, hotReload);
    }

    /** What the goal is asked for, with this profile where none is set. */
    BuildRequest request(String defaultProfile) {
        UserSettings settings = settings();
        return new BuildRequest(
                projectRequest(settings),
                settings.text("rust.profile", cargo.profile, "<cargo><profile>")
                        .orElse(Setting.byDefault(defaultProfile)),
                settings.list("rust.interpreters", python.interpreters, "<python><interpreters>")
                        .orElse(Setting.byDefault(List.of())),
                targetSettings(settings),
                settings.path("rust.buildDirectory", cargo.buildDirectory, "<cargo><buildDirectory>")
                        .map(Setting::value),
                cacheRequest(settings),
                settings.text("rust.cache.maxSize", cargo.cacheMaxSize, "<cargo><cacheMaxSize>")
                        .map(Choices::size),
                wheelSettings(settings));
    }

    private Optional<CacheRequest> cacheRequest(UserSettings settings) {
        return settings.text("rust.compilerCache", cargo.compilerCache, "<cargo><compilerCache>")
                .filter(setting -> !setting.value().isBlank())
                .map(setting -> new CacheRequest(setting, Servers.of(session, decrypter.get(), "sccache")));
    }

    private TargetSettings targetSettings(UserSettings settings) {
        return new TargetSettings(
                settings.list("rust.targets", cargo.targets, "<cargo><targets>").orElse(Setting.byDefault(List.of())),
                settings.text("rust.glibc", cargo.glibc, "<cargo><glibc>"),
                settings.path("rust.zig", cargo.zig, "<cargo><zig>"),
                settings.flag("rust.buildStd", cargo.buildStd, "<cargo><buildStd>"));
    }

    private ProjectRequest projectRequest(UserSettings settings) {
        return new ProjectRequest(
                directory(),
                outputDirectory(),
                PomReader.read(project),
                cargoSettings(settings),
                settings.path("rust.manifest", cargo.manifest, "<cargo><manifest>"),
                settings.text("rust.name", python.name, "<python><name>"),
                settings.text("rust.bindings", python.bindings, "<python><bindings>"),
                settings.list("rust.programs", python.programs, "<python><programs>"),
                settings.text("rust.moduleName", python.moduleName, "<python><moduleName>"),
                settings.path("rust.pythonSource", python.sourceDirectory, "<python><sourceDirectory>"),
                settings.text("rust.requiresPython", python.requiresPython, "<python><requiresPython>"),
                settings.list("rust.dependencies", python.dependencies, "<python><dependencies>"),
                settings.choice("rust.strip", wheel.strip, "<wheel><strip>"),
                contents(settings),
                settings.off(cargo));
    }

    private Contents contents(UserSettings settings) {
        return new Contents(
                settings.list("rust.modules", python.modules, "<python><modules>"),
                settings.rules("rust.include", wheel.include, "<wheel><include>"),
                settings.rules("rust.exclude", wheel.exclude, "<wheel><exclude>"),
                settings.text("rust.stubs", wheel.stubs, "<wheel><stubs>"),
                settings.flag("rust.debugSymbols", wheel.debugSymbols, "<wheel><debugSymbols>"),
                settings.flag("rust.sdist.vendor", sdist.vendor, "<sdist><vendor>"));
    }

    private CargoSettings cargoSettings(UserSettings settings) {
        return new CargoSettings(
                settings.text("rust.cargo", cargo.executable, "<cargo><executable>")
                        .map(Setting::value)
                        .orElse("cargo"),
                settings.list("rust.features", cargo.features, "<cargo><features>")
                        .map(Setting::value)
                        .orElse(List.of()),
                settings.flag("rust.allFeatures", cargo.allFeatures, "<cargo><allFeatures>"),
                settings.flag("rust.noDefaultFeatures", cargo.noDefaultFeatures, "<cargo><noDefaultFeatures>"),
                session.isOffline(),
                settings.flag("rust.locked", cargo.locked, "<cargo><locked>"),
                Terminal.verbosity(session),
                Terminal.colors(session),
                settings.number("rust.jobs", cargo.jobs, "<cargo><jobs>").map(Setting::value),
                settings.list("rust.arguments", cargo.arguments, "<cargo><arguments>")
                        .map(Setting::value)
                        .orElse(List.of()),
                cargo.environment == null ? Map.of() : cargo.environment);
    }

    private WheelSettings wheelSettings(UserSettings settings) {
        return new WheelSettings(
                settings.text("rust.compatibility", wheel.compatibility, "<wheel><compatibility>"),
                settings.text("rust.audit", wheel.audit, "<wheel><audit>")
                        .map(setting -> new Setting<>(WheelSettings.AuditMode.of(setting), setting.origin()))
                        .orElse(Setting.byDefault(WheelSettings.AuditMode.REPAIR)),
                settings.number("rust.compression", wheel.compression, "<wheel><compression>")
                        .map(Choices::compression)
                        .orElse(Choices.COMPRESSION),
                timestamp(),
                Host.current().libraryPath(),
                settings.choice("rust.sbom", wheel.sbom, "<wheel><sbom>").orElse(Setting.byDefault(true)));
    }

    private Instant timestamp() {
        return Timestamps.of(
                Optional.ofNullable(outputTimestamp)
                        .map(text -> new Setting<>(text, "<properties><project.build.outputTimestamp>")),
                Host.current().variable("SOURCE_DATE_EPOCH"));
    }
}
