package io.github.nativemaven.mojo;

import io.github.nativemaven.project.PomMetadata;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.model.License;
import org.apache.maven.project.MavenProject;

/** A Maven project in the core's words. */
final class PomReader {
    private PomReader() {}

    static PomMetadata read(MavenProject project) {
        return new PomMetadata(
                project.getFile() == null
                        ? Path.of("pom.xml").toAbsolutePath()
                        : project.getFile().toPath(),
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion(),
                text(project.getDescription()),
                text(project.getUrl()),
                project.getLicenses().stream()
                        .map(License::getName)
                        .flatMap(name -> text(name).stream())
                        .toList(),
                project.getDevelopers().stream()
                        .map(person -> new PomMetadata.Developer(text(person.getName()), text(person.getEmail())))
                        .toList(),
                Optional.ofNullable(project.getScm()).flatMap(scm -> text(scm.getUrl())),
                Optional.ofNullable(project.getIssueManagement()).flatMap(issues -> text(issues.getUrl())));
    }

    /** Indented text of a POM in one line; empty counts as missing. */
    private static Optional<String> text(String value) {
        return Optional.ofNullable(value)
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty());
    }
}
