package io.github.nativemaven.service;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small program that does with files what cargo does, and compiles nothing: the library is one that cargo has made before,
 * written in two parts with a pause, and ends with the line of the source that says its version.
 */
final class StandInCargo {
    private static final String SCRIPT = """
            #!/bin/sh
            case $1 in metadata) exec cat 'HERE/metadata.json' ;; esac
            while [ $# -gt 0 ]; do
                case $1 in --target-dir) target=$2 ;; --manifest-path) manifest=$2 ;; esac
                shift
            done
            mkdir -p "$target/release/deps" "$target/release/.fingerprint"
            exec 9>"$target/release/.cargo-lock"
            flock 9
            [ -e "$target/CACHEDIR.TAG" ] || echo tag >"$target/CACHEDIR.TAG"
            library=$target/release/libmod.so
            version=$(grep -o 'version [0-9]*' "${manifest%/*}/src/lib.rs")
            fresh=true
            if [ "$(cat "$target/release/.fingerprint/mod" 2>/dev/null)" != "$version" ]; then
                fresh=false
                rm -f "$target/release/.fingerprint/mod" "$library"
                head -c 5000 'HERE/libmod.so' >"$library"
                sleep ${PAUSE:-0.05} 9>&-
                tail -c +5001 'HERE/libmod.so' >>"$library"
                sleep ${PAUSE:-0.05} 9>&-
                printf %s "$version" >>"$library"
                printf %s "$version" >"$target/release/.fingerprint/mod"
            fi
            printf '{"reason":"compiler-artifact","package_id":"ID","target":{"name":"mod","kind":["cdylib"]},'
            printf '"profile":{"test":false},"filenames":["%s"],"executable":null,"fresh":%s}\\n' "$library" $fresh
            """;

    private final Path directory;

    private StandInCargo(Path directory) {
        this.directory = directory;
    }

    /** Makes it for a project, which is compiled once. */
    static StandInCargo make(Path directory, TestProject source) throws IOException {
        Files.createDirectories(directory);
        Project project = source.resolve();
        CargoSettings real = TestProject.settings();
        String manifest = project.crate().manifest().toString();
        keep(
                directory.resolve("metadata.json"),
                project,
                real.executable(),
                "metadata",
                "--format-version=1",
                "--offline");
        keep(directory.resolve("vV.txt"), project, real.environment().getOrDefault("RUSTC", "rustc"), "-vV");
        run(
                project,
                real.executable(),
                "rustc",
                "--offline",
                "--release",
                "--lib",
                "--target-dir",
                directory.resolve("real").toString());
        Files.copy(directory.resolve("real/release/libmod.so"), directory.resolve("libmod.so"));
        program(
                directory.resolve("cargo"),
                SCRIPT.replace("HERE", directory.toString())
                        .replace("ID", project.crate().id()));
        program(directory.resolve("rustc"), "#!/bin/sh\nexec cat '" + directory + "/vV.txt'\n");
        return new StandInCargo(directory);
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made a program");
        }
    }

    private static void keep(Path file, Project project, String... command) throws IOException {
        Files.writeString(file, run(project, command));
    }

    private static String run(Project project, String... command) {
        Command asked = new Command(
                List.of(command), project.directory(), TestProject.settings().environment());
        ProcessRunner.Result result = new ProcessRunner(Events.ignored()).capture(asked, Duration.ofMinutes(2));
        if (!result.succeeded()) {
            throw new IllegalStateException(result.error());
        }
        return result.output();
    }

    Path cargo() {
        return directory.resolve("cargo");
    }

    Path rustc() {
        return directory.resolve("rustc");
    }
}
