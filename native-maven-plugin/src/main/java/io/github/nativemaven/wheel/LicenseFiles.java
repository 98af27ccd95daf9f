package io.github.nativemaven.wheel;

import io.github.nativemaven.project.FileRules;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.project.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/**
 * The licence files of a project: those that {@code license-files} names, else those that are named as licences usually
 * are, and the one that Cargo.toml names.
 *
 * @see <a href="https://peps.python.org/pep-0639/">PEP 639</a>
 */
final class LicenseFiles {
    private static final List<String> USUAL = List.of("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS");

    private LicenseFiles() {}

    /**
     * A licence file.
     *
     * @param path where it lies below the project's root, with {@code /}, or would lie there
     * @param file where it is
     */
    record Found(String path, Path file) {}

    static List<Found> find(Project project) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        Optional<List<String>> globs =
                project.pyproject().flatMap(PyProject::project).flatMap(PyProject.ProjectTable::licenseFiles);
        if (globs.isPresent()) {
            for (int i = 0; i < globs.get().size(); i++) {
                String glob = globs.get().get(i);
                String origin = project.pyproject()
                        .flatMap(PyProject::project)
                        .orElseThrow()
                        .origin("license-files", i);
                found.putAll(matching(project, new Setting<>(glob, origin)));
            }
        } else {
            addUsual(project, found);
            project.crate().about().licenseFile().ifPresent(file -> {
                Path path = project.crate().directory().resolve(file).normalize();
                if (Files.isRegularFile(path)) {
                    found.putIfAbsent(place(project, path), path);
                }
            });
        }
        List<Found> files = new ArrayList<>();
        found.forEach((path, file) -> files.add(new Found(path, file)));
        return files;
    }

    /** Files that are named as licences usually are: beside the POM, else in the crate, else at its workspace's root. */
    private static void addUsual(Project project, Map<String, Path> found) throws IOException {
        List<Path> places = List.of(
                project.directory(),
                project.crate().directory(),
                project.workspace().workspaceRoot());
        for (int i = 0; i < places.size() && found.isEmpty(); i++) {
            addUsual(project, places.get(i), found);
        }
    }

    private static void addUsual(Project project, Path directory, Map<String, Path> found) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                for (String start : USUAL) {
                    if (name.startsWith(start) && Files.isRegularFile(file)) {
                        found.put(place(project, file), file);
                    }
                }
            }
        }
    }

    /** Where a file of the project lies in it; one from elsewhere lies at its root. */
    private static String place(Project project, Path file) {
        return file.startsWith(project.directory())
                ? relative(project, file)
                : file.getFileName().toString();
    }

    private static Map<String, Path> matching(Project project, Setting<String> glob) throws IOException {
        String text = glob.value();
        if (text.startsWith("/") || List.of(text.split("/")).contains("..") || text.contains("\\")) {
            throw invalid(glob, "must be relative, with '/', and stay in the project; write LICENSE or licenses/*.txt");
        }
        Map<String, Path> found = new TreeMap<>();
        try {
            FileRules.files(project, text).forEach(file -> found.put(relative(project, file), file));
        } catch (PatternSyntaxException e) {
            throw invalid(glob, e.getDescription());
        }
        if (found.isEmpty()) {
            throw invalid(glob, "matches no file; name one that is there, or take the pattern out");
        }
        return found;
    }

    private static RuntimeException invalid(Setting<String> glob, String reason) {
        return new ProjectProblem.InvalidSetting(glob, reason).asFailure();
    }

    private static String relative(Project project, Path file) {
        return project.directory().relativize(file).toString().replace('\\', '/');
    }
}
