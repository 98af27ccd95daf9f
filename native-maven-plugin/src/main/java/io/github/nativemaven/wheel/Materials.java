package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Maturin;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.wheel.CycloneDx.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bills of materials of a wheel: of the Rust crates, of the libraries that were taken in, and the project's own.
 *
 * @see <a href="https://peps.python.org/pep-0770/">PEP 770</a>
 */
final class Materials {
    private static final String SUFFIX = ".cyclonedx.json";

    private final Project project;
    private final Setting<Boolean> asked;
    private final Path directory;

    /**
     * @param asked whether there shall be any
     * @param directory where documents are kept, so that an unchanged one isn't written again
     */
    Materials(Project project, Setting<Boolean> asked, Path directory) {
        this.project = project;
        this.asked = asked;
        this.directory = directory;
    }

    /**
     * Adds the documents.
     *
     * @param distInfo the metadata directory's name
     * @return the document of the crates, where there is one
     */
    Optional<Path> add(Entries entries, String distInfo, UnitResult result, List<Repair.TakenIn> takenIn)
            throws IOException {
        if (!asked.value()) {
            return Optional.empty();
        }
        Maturin.Sbom wishes = project.maturin().sbom();
        Optional<Path> crates = asked.isSet() || wishes.rust() ? Optional.of(crates(result)) : Optional.empty();
        List<Path> all = new ArrayList<>(crates.stream().toList());
        if (!takenIn.isEmpty() && (asked.isSet() || wishes.auditwheel())) {
            all.add(libraries(takenIn));
        }
        for (String name : wishes.include()) {
            all.add(own(name));
        }
        for (Path file : all) {
            entries.add(distInfo + "/sboms/" + file.getFileName(), Content.of(file), false, file.toString());
        }
        return crates;
    }

    private Path own(String name) {
        Path file = project.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            Path pyproject = project.pyproject().orElseThrow().file();
            throw new ProjectProblem.InvalidFile(pyproject, 0, "tool.maturin.sbom.include", "'" + name + "' is no file")
                    .asFailure();
        }
        return file;
    }

    private Path crates(UnitResult result) throws IOException {
        CrateMaterials materials = new CrateMaterials(project.workspace(), project.crate(), result.packages());
        Path lock = project.workspace().lockFile();
        String tool = WheelFile.generator();
        String inputs =
                tool + "\n" + materials.inputs() + "\n" + (Files.isRegularFile(lock) ? Freshness.state(lock) : "");
        Path file = directory.resolve(project.crate().name() + SUFFIX);
        Freshness freshness = Freshness.of(file, inputs);
        if (!freshness.isFresh()) {
            AtomicFiles.writeIfChanged(file, materials.write(tool));
            freshness.remember();
        }
        return file;
    }

    /** A library is known by its file alone. */
    private Path libraries(List<Repair.TakenIn> takenIn) throws IOException {
        List<Component> components = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Repair.TakenIn library : takenIn) {
            all.add(library.fileName());
            components.add(new Component(
                    library.fileName(),
                    library.original().path().getFileName().toString(),
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(library.sha256()),
                    Optional.empty(),
                    library.needs()));
        }
        String name = project.name().escaped();
        Component product = new Component(
                name,
                name,
                Optional.of(project.version().toString()),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                all);
        Path file = directory.resolve("libraries" + SUFFIX);
        AtomicFiles.writeIfChanged(file, CycloneDx.write(WheelFile.generator(), product, components));
        return file;
    }
}
