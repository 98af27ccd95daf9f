package io.github.nativemaven.wheel;

import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.project.PomMetadata;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.PyProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a project says of itself that indexes take, but that its author may not have meant. */
public final class MetadataRemarks {
    private final Project project;
    private final PyProject.ProjectTable table;

    private MetadataRemarks(Project project, PyProject.ProjectTable table) {
        this.project = project;
        this.table = table;
    }

    /** Sentences for the author of a project, each with file, line and key. */
    public static List<String> of(Project project) {
        return project.pyproject()
                .flatMap(PyProject::project)
                .map(table -> new MetadataRemarks(project, table).all())
                .orElse(List.of());
    }

    private List<String> all() {
        List<String> remarks = new ArrayList<>();
        for (String key : table.dynamic()) {
            if (!isFilled(key)) {
                remarks.add(table.origin("dynamic") + " has '" + key
                        + "', but neither Cargo.toml nor the POM has a value for it, and the metadata has none."
                        + " Give it one, or take '" + key + "' out of dynamic.");
            }
        }
        licenseClassifier().ifPresent(remarks::add);
        return remarks;
    }

    /** Tools may refuse what the expression and a classifier both say; indexes take it. */
    private Optional<String> licenseClassifier() {
        boolean expression =
                table.license().flatMap(PyProject.License::expression).isPresent();
        for (int i = 0; expression && i < table.classifiers().size(); i++) {
            String classifier = table.classifiers().get(i);
            if (classifier.startsWith(ProjectMetadata.LICENSE_CLASSIFIER)) {
                return Optional.of(
                        table.origin("classifiers", i) + " '" + classifier + "' says again what license says, "
                                + table.origin("license") + ". Take the classifier out: it is deprecated.");
            }
        }
        return Optional.empty();
    }

    private boolean isFilled(String key) {
        Crate.About about = project.crate().about();
        PomMetadata pom = project.pom();
        return switch (key) {
            case "version", "license-files" -> true;
            case "description" ->
                about.description().isPresent() || pom.description().isPresent();
            case "readme" -> about.readme().isPresent();
            case "license" ->
                about.license().isPresent()
                        || about.licenseFile().isPresent()
                        || !pom.licenses().isEmpty();
            case "authors" -> !about.authors().isEmpty() || !pom.developers().isEmpty();
            case "keywords" -> !about.keywords().isEmpty();
            case "urls" ->
                Stream.of(about.homepage(), about.documentation(), about.repository(), pom.url(), pom.scmUrl())
                        .anyMatch(Optional::isPresent);
            case "requires-python" -> project.requiresPython().isPresent();
            case "dependencies" -> !project.dependencies().isEmpty();
            default -> false;
        };
    }
}
