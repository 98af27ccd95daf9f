package io.github.nativemaven.service;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.cargo.TomlEdit;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.ProjectResolver;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.project.Setting;
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
import java.util.function.Function;

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
        Setting<String> own = new Setting<>(request.pom().version(), "<version>");
        String semVer = mapped(own, VersionMapping::semVer);
        String pep440 = mapped(own, mapping -> mapping.pep440().toString());
        Path manifest = ProjectResolver.manifest(request);
        CargoMetadata workspace = Cargo.find(host, request.cargo(), events).metadata(manifest);
        Crate crate = ProjectResolver.crate(workspace, manifest);
        boolean inherited = Files.isRegularFile(workspace.workspaceRoot().resolve("Cargo.toml")) && !hasOwn(crate);
        Path file = inherited ? workspace.workspaceRoot().resolve("Cargo.toml") : crate.manifest();
        if (!set(file, inherited ? INHERITED : OWN, semVer)) {
            throw new NoVersion(crate.manifest()).asFailure();
        }
        setInLock(workspace, crate, inherited, semVer);
        setInPyProject(request.directory(), pep440);
    }

    private static String mapped(Setting<String> version, Function<VersionMapping, String> mapping) {
        try {
            return mapping.apply(VersionMapping.parse(version.value()));
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(version, e.reason()).asFailure(e);
        }
    }

    private static boolean hasOwn(Crate crate) throws IOException {
        return TomlEdit.of(Files.readString(crate.manifest())).string(OWN).isPresent();
    }

    /** @param inherited whether all members have changed that have no version of their own */
    private void setInLock(CargoMetadata workspace, Crate crate, boolean inherited, String version) throws IOException {
        Path lock = workspace.lockFile();
        if (!Files.isRegularFile(lock)) {
            return;
        }
        TomlEdit edit = TomlEdit.of(Files.readString(lock));
        boolean found = false;
        for (Crate member : workspace.memberCrates()) {
            if (member.id().equals(crate.id()) || inherited && !hasOwn(member)) {
                found |= edit.replaceLocked(member.name(), member.version(), version);
            }
        }
        if (found) {
            AtomicFiles.writeIfChanged(lock, edit.text());
            events.tell(new VersionSet(lock, crate.version(), version));
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
