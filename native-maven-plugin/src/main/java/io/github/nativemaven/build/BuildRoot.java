package io.github.nativemaven.build;

import io.github.nativemaven.project.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Where the build directories of a project lie. */
public final class BuildRoot {
    private static final int KEY_BYTES = 6;

    private BuildRoot() {}

    /**
     * The directory, absolute. Crates of one name are one crate to cargo: in a place that projects may share, each project
     * has a directory of its own.
     *
     * @param configured empty for the place below the output directory
     */
    public static Path of(Project project, Optional<Path> configured) {
        Path usual = project.outputDirectory().resolve("rust");
        if (configured.isEmpty()) {
            return usual;
        }
        Path chosen = configured.get().toAbsolutePath().normalize();
        boolean own = chosen.startsWith(project.directory()) || chosen.startsWith(project.outputDirectory());
        return own
                ? chosen
                : chosen.resolve(
                        project.crate().name() + "-" + key(project.crate().manifest()));
    }

    private static String key(Path manifest) {
        try {
            byte[] path = manifest.toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
            return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
