package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class JobServerTest {
    private final ProcessRunner processes = new ProcessRunner(Events.ignored());

    private static Path pipe(JobServer server) {
        String flags = server.environment().get("CARGO_MAKEFLAGS");
        assertThat(flags).startsWith("-j --jobserver-auth=fifo:/").doesNotContain("fifo: ");
        return Path.of(flags.substring(flags.indexOf("fifo:") + "fifo:".length()));
    }

    private static String tokens(Path pipe) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'.'}));
            channel.read(bytes);
        }
        return new String(bytes.array(), 0, bytes.position() - 1, java.nio.charset.StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"8, 3, +++++", "3, 2, +", "2, 2, ''"})
    @DisabledOnOs(OS.WINDOWS)
    void eachCargoHasOneAndTheRestIsForWhoeverComesFirst(int jobs, int cargos, String tokens) throws IOException {
        Path pipe;
        try (JobServer server = JobServer.open(OperatingSystem.LINUX, processes, jobs, cargos)) {
            pipe = pipe(server);
            assertThat(tokens(pipe)).isEqualTo(tokens);
        }
        assertThat(pipe.getParent()).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatACargoLeavesIsForTheOthers() throws IOException {
        try (JobServer server = JobServer.open(OperatingSystem.LINUX, processes, 4, 2)) {
            Path pipe = pipe(server);
            assertThat(tokens(pipe)).isEqualTo("++");
            server.give();
            assertThat(tokens(pipe)).isEqualTo("+");
            assertThat(Files.isRegularFile(pipe)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 3, 2", "2, 2, 1", "1, 1, 1"})
    void withoutAPipeTheJobsAreDivided(int jobs, int cargos, String share) throws IOException {
        try (JobServer server = JobServer.open(OperatingSystem.WINDOWS, processes, jobs, cargos)) {
            assertThat(server.environment()).containsOnly(java.util.Map.entry("CARGO_BUILD_JOBS", share));
            server.give();
        }
    }
}
