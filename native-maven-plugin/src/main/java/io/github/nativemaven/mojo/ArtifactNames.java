package io.github.nativemaven.mojo;

import java.util.List;
import java.util.Optional;

/** Whether a wheel in a Maven repository, where it is called by its artifact's name, has a name that pip takes. */
final class ArtifactNames {
    private static final List<String> PUBLISHING = List.of("install", "deploy");

    private ArtifactNames() {}

    /** What to say of an artifactId; nothing where it is right. */
    static Optional<String> remark(String artifactId) {
        String right = artifactId.replaceAll("[-.]+", "_");
        return right.equals(artifactId)
                ? Optional.empty()
                : Optional.of("In a Maven repository the wheel is called " + artifactId
                        + "-VERSION-TAG.whl, which pip doesn't take: name the artifact <artifactId>" + right
                        + "</artifactId>. Those in target/wheels are called as they should be.");
    }

    /** The same where a build brings its wheels into a repository. */
    static Optional<String> remark(String artifactId, List<String> goals) {
        return goals.stream().anyMatch(PUBLISHING::contains) ? remark(artifactId) : Optional.empty();
    }
}
