package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildProblem;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.install.HotInstaller;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.service.DevelopService.Development;
import io.github.nativemaven.service.WatchedFiles.Kind;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.testing.TestProblem;
import io.github.nativemaven.watch.Changes;
import io.github.nativemaven.watch.FileStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A project that is built and installed again and again, and what is known of it from one time to the next: whoever has
 * been asked once, cargo for its metadata and Python for its paths, is asked again only when a manifest has changed.
 */
final class WatchedModule {
    private final Host host;
    private final Events all;
    private final Events quiet;
    private final WatchRequest request;
    private final FileStates states = new FileStates();

    private RustBuild build;
    private DevelopService service;
    private Development development;
    private volatile WatchedFiles files;

    /** Whether what is known still holds. */
    private boolean resolved;

    /** Whether what the next round makes must be installed from the ground up. */
    private boolean anew = true;

    WatchedModule(Host host, Events events, WatchRequest request) {
        this.host = host;
        this.all = events;
        this.quiet = new RoundEvents(events);
        this.request = request;
    }

    /** What has changed, and since when. */
    record Edit(Set<Path> files, boolean lost, long sinceNanos) {
        Edit and(Edit later) {
            Set<Path> both = new TreeSet<>(files);
            both.addAll(later.files);
            return new Edit(both, lost || later.lost, later.sinceNanos);
        }
    }

    /** A round that can be given up as long as nothing is written. */
    interface Gate {
        /** Nobody gives the round up. */
        Gate NONE = new Gate() {
            @Override
            public void open() {}

            @Override
            public void close() {}
        };

        /** From here on the round may be interrupted. */
        void open();

        /**
         * From here on it may not.
         *
         * @throws Superseded when it has been given up
         */
        void close();
    }

    /** A round has been given up, because sources have changed again. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Set<Path> changed;

        /** @param changed the sources that were found to have changed */
        Superseded(Set<Path> changed) {
            this.changed = changed;
        }

        Set<Path> changed() {
            return changed;
        }
    }

    Path directory() {
        return request.build().project().directory();
    }

    Events events() {
        return all;
    }

    /** The first round, whose failure to compile is no reason not to watch. */
    void start() throws IOException {
        prepare(all);
        try {
            UnitResult result = service.compile(development);
            all.tell(service.install(request.build(), development, result));
            beQuiet();
            anew = false;
            attend(result);
            if (request.tests().isPresent()) {
                test(Gate.NONE);
            }
        } catch (BuildFailure e) {
            if (!isOfSources(e)) {
                throw e;
            }
            beQuiet();
            all.tell(new WatchEvent.RoundFailed(directory(), List.of(), e));
        }
    }

    /** From now on only what goes wrong is told in full. */
    private void beQuiet() {
        build = new RustBuild(host, quiet, new Findings());
        service = new DevelopService(build, host, quiet);
    }

    private void prepare(Events events) throws IOException {
        resolved = false;
        anew = true;
        build = new RustBuild(host, events, new Findings());
        service = new DevelopService(build, host, events);
        development = service.prepare(request.build(), request.develop());
        Path directory = directory();
        List<Path> tests = request.tests().isPresent()
                ? List.of(directory.resolve("tests"), directory.resolve("src/test/python"))
                : List.of();
        files = WatchedFiles.of(development.project(), host, tests);
        states.noteNew(files.files());
        resolved = true;
    }

    /** An environment may be removed, and made anew, at any time. */
    private boolean hasEnvironment() {
        return Files.isRegularFile(development.environment().interpreter().executable());
    }

    private void attend(UnitResult result) throws IOException {
        files = files.with(development.project(), result);
        states.noteNew(files.files());
        states.note(List.of(development.project().workspace().lockFile()));
    }

    /** The directories in which something may happen to this project. */
    Set<Path> directories() throws IOException {
        Set<Path> directories = new TreeSet<>(files.directories());
        directories.add(directory());
        return directories;
    }

    /** Whether there are new directories in which files count. */
    boolean hasNewDirectories(Changes changes) {
        return changes.paths().stream().anyMatch(path -> files.mayHold(path) && Files.isDirectory(path));
    }

    /** All files, as if each had changed. */
    Changes everything() throws IOException {
        return Changes.of(files.files());
    }

    /** What of the changes concerns this project; nothing where files are as they were. */
    Optional<Edit> edit(Changes changes) throws IOException {
        Set<Path> candidates = new TreeSet<>();
        for (Path path : changes.paths()) {
            if (files.mayHold(path) && Files.isDirectory(path)) {
                candidates.addAll(files.files(path));
            } else if (files.kind(path) != null) {
                candidates.add(path);
            }
        }
        Set<Path> changed = states.changed(candidates);
        return changed.isEmpty() && !changes.lost()
                ? Optional.empty()
                : Optional.of(new Edit(changed, changes.lost(), System.nanoTime()));
    }

    /**
     * Builds and installs what a change makes necessary.
     *
     * @throws Superseded when it was given up
     * @throws BuildFailure when it failed; what was installed is in place
     */
    void round(Edit edit, Gate gate) throws IOException {
        Set<Kind> kinds = kinds(edit);
        if (kinds.contains(Kind.POM)) {
            all.tell(new WatchEvent.PomChanged(request.build().project().pom().file()));
        }
        if (kinds.contains(Kind.MANIFEST) || !resolved || !hasEnvironment()) {
            prepare(quiet);
        }
        if (anew || kinds.contains(Kind.RUST)) {
            build(edit, gate);
        } else if (kinds.contains(Kind.PYTHON)) {
            all.tell(new WatchEvent.PythonChanged(directory(), List.copyOf(edit.files())));
        }
        if (request.tests().isPresent() && !kinds.equals(EnumSet.of(Kind.POM))) {
            test(gate);
        }
    }

    private Set<Kind> kinds(Edit edit) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (edit.lost()) {
            kinds.add(Kind.MANIFEST);
        }
        for (Path file : edit.files()) {
            Kind kind = files.kind(file);
            if (kind != null) {
                kinds.add(kind);
            }
        }
        if (kinds.contains(Kind.PYTHON) && !isEditable()) {
            anew = true;
        }
        return kinds;
    }

    private boolean isEditable() {
        Project project = development.project();
        Bindings bindings = project.bindings();
        return project.layout().isMixed() && bindings.programs().isEmpty();
    }

    private void build(Edit edit, Gate gate) throws IOException {
        gate.open();
        UnitResult result = service.compile(development);
        gate.close();
        Set<Path> changed = states.changed(files.sources());
        if (!changed.isEmpty()) {
            throw new Superseded(changed);
        }
        Optional<HotInstaller> installer = development.hot().map(hot -> service.installer(development));
        Optional<Path> library = anew ? Optional.empty() : installer.flatMap(hot -> hot.put(result.libraries()));
        if (library.isEmpty()) {
            service.install(request.build(), development, result);
        }
        anew = false;
        all.tell(new WatchEvent.Installed(
                directory(),
                List.copyOf(edit.files()),
                development.project(),
                development.environment(),
                result,
                Duration.ofNanos(System.nanoTime() - edit.sinceNanos()),
                library,
                installer.isPresent()));
        installer.ifPresent(HotInstaller::settle);
        attend(result);
    }

    private void test(Gate gate) throws IOException {
        gate.open();
        new RustBuild(host, quiet, new Findings())
                .test(
                        request.build()
                                .withInterpreter(development.environment().interpreter()),
                        request.tests().get());
        gate.close();
    }

    /** After a failure everything is found out anew, but for one that cargo had with the sources. */
    void failed(BuildFailure failure) {
        if (!isOfSources(failure)) {
            resolved = false;
        }
    }

    private static boolean isOfSources(BuildFailure failure) {
        return failure.problem() instanceof BuildProblem.CompilationFailed
                || failure.problem() instanceof TestProblem.Failed;
    }
}
