package io.github.nativemaven.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a POM says of its project.
 *
 * @param file the POM
 * @param groupId of the project
 * @param artifactId of the project
 * @param version the Maven version, as written
 * @param description one paragraph
 * @param url home page
 * @param licenses names of licences
 * @param developers who made it
 * @param scmUrl where its source is
 * @param issuesUrl where its issues are
 */
public record PomMetadata(
        Path file,
        String groupId,
        String artifactId,
        String version,
        Optional<String> description,
        Optional<String> url,
        List<String> licenses,
        List<Developer> developers,
        Optional<String> scmUrl,
        Optional<String> issuesUrl) {

    /** A person, with or without an address. */
    public record Developer(Optional<String> name, Optional<String> email) {}
}
