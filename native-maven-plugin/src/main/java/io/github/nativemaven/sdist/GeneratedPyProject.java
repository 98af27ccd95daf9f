package io.github.nativemaven.sdist;

import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.cargo.TomlEdit;
import io.github.nativemaven.project.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code pyproject.toml} of a source distribution whose project has none, so that pip can build it on a machine
 * without Maven.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/pyproject-toml/">pyproject.toml</a>
 */
final class GeneratedPyProject {
    private GeneratedPyProject() {}

    /**
     * @param manifest the Cargo.toml, relative to the archive's root
     * @param pythonSource the directory of Python source, relative to the archive's root; empty for the root itself
     */
    static String of(Project project, Path manifest, String pythonSource) {
        StringBuilder toml = new StringBuilder();
        toml.append("[build-system]\nrequires = [\"maturin>=1.8,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\n");
        line(toml, "name", TomlEdit.quoted(project.name().toString()));
        line(toml, "version", TomlEdit.quoted(project.version().toString()));
        addDescription(toml, project);
        project.requiresPython()
                .ifPresent(specifiers -> line(toml, "requires-python", TomlEdit.quoted(specifiers.toString())));
        if (!project.dependencies().isEmpty()) {
            line(
                    toml,
                    "dependencies",
                    array(project.dependencies().stream().map(Object::toString).toList()));
        }
        toml.append("\n[tool.maturin]\n");
        line(toml, "module-name", TomlEdit.quoted(project.module().toString()));
        if (!manifest.toString().equals("Cargo.toml")) {
            line(toml, "manifest-path", TomlEdit.quoted(manifest.toString().replace('\\', '/')));
        }
        if (!pythonSource.isEmpty()) {
            line(toml, "python-source", TomlEdit.quoted(pythonSource));
        }
        if (!project.cargo().features().isEmpty()) {
            line(toml, "features", array(project.cargo().features()));
        }
        return toml.toString();
    }

    /** What Cargo.toml says is left to it; it is the only other file that every build back end of a crate reads. */
    private static void addDescription(StringBuilder toml, Project project) {
        Crate.About about = project.crate().about();
        List<String> dynamic = new ArrayList<>();
        about.description().ifPresent(text -> dynamic.add("description"));
        about.readme().ifPresent(text -> dynamic.add("readme"));
        about.license().ifPresent(text -> dynamic.add("license"));
        if (!about.authors().isEmpty()) {
            dynamic.add("authors");
        }
        if (!about.keywords().isEmpty()) {
            dynamic.add("keywords");
        }
        if (Stream.of(about.homepage(), about.documentation(), about.repository())
                .anyMatch(Optional::isPresent)) {
            dynamic.add("urls");
        }
        if (!dynamic.contains("description")) {
            project.pom().description().ifPresent(text -> line(toml, "description", TomlEdit.quoted(text)));
        }
        if (!dynamic.isEmpty()) {
            line(toml, "dynamic", array(dynamic));
        }
    }

    private static void line(StringBuilder toml, String key, String value) {
        toml.append(key).append(" = ").append(value).append('\n');
    }

    private static String array(List<String> items) {
        return items.stream().map(TomlEdit::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
