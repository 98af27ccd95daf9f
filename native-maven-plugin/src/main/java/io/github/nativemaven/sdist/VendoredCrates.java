package io.github.nativemaven.sdist;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sources of all crates that come from a registry or repository, in a source distribution, with a configuration that
 * makes cargo take them: it builds without a network.
 *
 * @see <a href="https://doc.rust-lang.org/cargo/commands/cargo-vendor.html">cargo vendor</a>
 */
final class VendoredCrates {
    private static final String CONFIGURATION = ".cargo/config.toml";
    private static final Pattern DIRECTORY = Pattern.compile("(?m)^directory = .*$");

    private VendoredCrates() {}

    /**
     * Adds what {@code cargo vendor} makes.
     *
     * @param prefix the archive's directory, with {@code /}
     * @param lock the archive's Cargo.lock: crates that it doesn't name stay out
     */
    static void addTo(Entries entries, String prefix, Project project, Cargo cargo, String lock) throws IOException {
        Path directory = project.outputDirectory().resolve("rust-vendor");
        String configuration = cargo.vendor(project.crate().manifest(), directory);
        String place = place(entries, prefix);
        List<String> wanted = LockFile.fromElsewhere(lock);
        try (Stream<Path> crates = Files.list(directory)) {
            for (Path crate : crates.sorted().toList()) {
                if (wanted.contains(crate.getFileName().toString())) {
                    addCrate(entries, prefix + place + "/" + crate.getFileName(), crate);
                }
            }
        }
        // The lines name the place that the crates have here.
        String moved =
                DIRECTORY.matcher(configuration).replaceAll(Matcher.quoteReplacement("directory = \"" + place + "\""));
        addConfiguration(entries, prefix, project, moved.strip() + "\n");
    }

    private static String place(Entries entries, String prefix) {
        String place = "vendor";
        for (int i = 2; isTaken(entries, prefix + place + "/"); i++) {
            place = "vendor-" + i;
        }
        return place;
    }

    private static boolean isTaken(Entries entries, String directory) {
        return entries.sorted().stream().anyMatch(entry -> entry.path().startsWith(directory));
    }

    /** Every file, whatever it is called: cargo checks them against a list. */
    private static void addCrate(Entries entries, String path, Path crate) throws IOException {
        try (Stream<Path> files = Files.walk(crate)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String below = crate.relativize(file).toString().replace('\\', '/');
                entries.add(path + "/" + below, Content.of(file), false, file.toString());
            }
        }
    }

    private static void addConfiguration(Entries entries, String prefix, Project project, String lines)
            throws IOException {
        Optional<Entry> own = entries.get(prefix + CONFIGURATION);
        String before = "";
        if (own.isPresent()) {
            try (InputStream in = own.get().content().open()) {
                before = new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing() + "\n\n";
            }
            if (before.contains("[source")) {
                throw new ProjectProblem.InvalidFile(
                                project.directory().resolve(CONFIGURATION),
                                0,
                                "source",
                                "can't be there where rust.sdist.vendor is set, which has to write it; move it into your"
                                        + " home's .cargo/config.toml")
                        .asFailure();
            }
            entries.remove(prefix + CONFIGURATION);
        }
        entries.add(prefix + CONFIGURATION, before + lines);
    }
}
