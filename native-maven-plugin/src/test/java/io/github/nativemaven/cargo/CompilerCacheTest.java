package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that is a small script, which notes what it was called with. */
class CompilerCacheTest {
    private static final CompilerCache.Credentials CREDENTIALS = new CompilerCache.Credentials("me", "hush");

    private final RecordedEvents events = new RecordedEvents();
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    Path root;

    private Path program(String script) throws IOException {
        Path file = root.resolve("sccache");
        Files.writeString(
                file,
                "#!/bin/sh\necho \"$1 $SCCACHE_SERVER_PORT $SCCACHE_REDIS_USERNAME $SCCACHE_REDIS_PASSWORD\" >> '"
                        + root.resolve("calls") + "'\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Optional<CompilerCache> start(String name) {
        variables.put("PATH", root.toString());
        return CompilerCache.start(
                new Host(OperatingSystem.LINUX, variables, root),
                TestProject.settings(),
                name,
                "-Drust.compilerCache",
                Optional.of(CREDENTIALS),
                events);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(root.resolve("calls"));
    }

    @Test
    void theServerRunsWhileTheCacheIsOpenAndSaysHowUsefulItWas() throws IOException {
        Path program = program(
                "[ $1 != --show-stats ] || echo '{\"stats\": {\"cache_hits\": {\"counts\": {\"Rust\": 20,"
                        + " \"C/C++\": 1}}, \"cache_misses\": {\"counts\": {\"Rust\": 3}}, \"cache_write_errors\": 2}}'");
        variables.put("SCCACHE_REDIS_ENDPOINT", "redis://localhost");
        String port;
        try (CompilerCache cache = start("sccache").orElseThrow()) {
            port = cache.environment().get("SCCACHE_SERVER_PORT");
            assertThat(Integer.parseInt(port)).isBetween(1024, 65535);
            assertThat(cache.environment())
                    .containsEntry("RUSTC_WRAPPER", program.toString())
                    .doesNotContainKey("SCCACHE_REDIS_PASSWORD");
            assertThat(calls()).containsExactly("--start-server " + port + " me hush");
        }
        assertThat(calls()).hasSize(3).last().asString().startsWith("--stop-server " + port);
        assertThat(events.of(CompilerCache.Used.class)).containsExactly(new CompilerCache.Used(21, 3, 2));
        assertThat(events.of(Events.Detail.class))
                .noneMatch(detail -> detail.text().contains("hush"));
    }

    @Test
    void aNameAndAPasswordAreForThePlaceThatIsUsedAndNotSetAlready() throws IOException {
        program("");
        start("sccache").orElseThrow();
        assertThat(calls().get(0)).as("nothing is kept in Redis").endsWith("  ");
        variables.put("SCCACHE_REDIS_ENDPOINT", "redis://localhost");
        start("sccache").orElseThrow();
        assertThat(calls().get(1)).endsWith(" me hush");
    }

    @Test
    void aServerThatDoesNotStartIsToldOnce() throws IOException {
        Path program = program("echo 'sccache: no redis' >&2; exit 2");
        assertThat(start(program.toString())).isEmpty();
        assertThat(events.of(CompilerCache.Unavailable.class))
                .containsExactly(new CompilerCache.Unavailable(program, "sccache: no redis"));
    }

    @Test
    void theUsersOwnServerIsLeftAlone() throws IOException {
        program("");
        variables.put("SCCACHE_SERVER_PORT", "4226");
        try (CompilerCache cache = start("sccache").orElseThrow()) {
            assertThat(cache.environment()).doesNotContainKey("SCCACHE_SERVER_PORT");
        }
        assertThat(calls()).hasSize(1).first().asString().startsWith("--show-stats");
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> start("no-such-cache"));
        assertThat(failure.problem()).isEqualTo(new CompilerCache.NotFound("-Drust.compilerCache", "no-such-cache"));
    }
}
