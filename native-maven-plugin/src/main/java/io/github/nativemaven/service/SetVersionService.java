package io.github.nativemaven.service;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.cargo.TomlEdit;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.python.VersionMapping;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the POM's version into Cargo.toml, Cargo.lock and pyproject.toml, and leaves everything else in them alone. */
public final class SetVersionService {
    private static final List<String> OWN = List.of("package", "version");
    private static final List<String> INHERITED = List.of("workspace", "package", "version");
    private static final List<String> PROJECT = List.of("project", "version");

    private final Host host;
    private final Events events;

    /** @param events told of each file that was changed, or was right already */
    public SetVersionService(Host host, Events events) {
        this.host = host;
        this.events = events;
    }

    /**
     * A file has the version now.
     *
     * @param file the file
     * @param before what it had; the same as {@code after} where nothing was changed
     * @param after what it has
     */
    public record VersionSet(Path file, String before, String after) implements Event {}

    /** There is no version in a Cargo.toml that could be replaced. */
    public record NoVersion(Path manifest) implements Problem {}

    /** Changes the files. */
    public void run(ProjectRequest request) throws IOException {
        VersionMapping version = VersionMapping.parse(request.pom().version());
        Path manifest = request.manifest()
                .map(setting -> setting.value())
                .orElse(request.directory().resolve("Cargo.toml"));
        Cargo cargo = Cargo.find(host, request.cargo(), events);
        CargoMetadata workspace = cargo.metadata(manifest);
        Crate crate = workspace.crateOf(manifest.toRealPath()).orElseThrow(() -> new NoVersion(manifest).asFailure());
        setInManifest(workspace, crate, version.semVer());
        setInLock(workspace, crate, version.semVer());
        setInPyProject(request.directory(), version.pep440().toString());
    }

    private void setInManifest(CargoMetadata workspace, Crate crate, String version) throws IOException {
        if (!set(crate.manifest(), OWN, version)
                && !set(workspace.workspaceRoot().resolve("Cargo.toml"), INHERITED, version)) {
            throw new NoVersion(crate.manifest()).asFailure();
        }
    }

    private void setInLock(CargoMetadata workspace, Crate crate, String version) throws IOException {
        Path lock = workspace.lockFile();
        if (Files.isRegularFile(lock)) {
            TomlEdit edit = TomlEdit.of(Files.readString(lock));
            if (edit.replaceLocked(crate.name(), crate.version(), version)) {
                AtomicFiles.writeIfChanged(lock, edit.text());
                events.tell(new VersionSet(lock, crate.version(), version));
            }
        }
    }

    private void setInPyProject(Path directory, String version) throws IOException {
        Path file = directory.resolve(PyProject.NAME);
        if (Files.isRegularFile(file)) {
            set(file, PROJECT, version);
        }
    }

    private boolean set(Path file, List<String> path, String version) throws IOException {
        TomlEdit edit = TomlEdit.of(Files.readString(file));
        Optional<String> before = edit.string(path);
        if (before.isEmpty() || !edit.replace(path, version)) {
            return false;
        }
        AtomicFiles.writeIfChanged(file, edit.text());
        events.tell(new VersionSet(file, before.get(), version));
        return true;
    }
}
