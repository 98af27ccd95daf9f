package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who says how much debug information a profile has. */
class ProfileSaysTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "release, '', '', '', false",
        "release, '[profile.release]\nlto = true', '', '', false",
        "release, '[profile.release]\ndebug = false', '', '', true",
        "release, '[profile.dev]\ndebug = 1', '', '', false",
        "wheel, '[profile.wheel]\ninherits = \"release\"\n[profile.release]\ndebug = 1', '', '', true",
        "wheel, '[profile.wheel]\ninherits = \"release\"', '[profile.wheel]\ndebug = 1', '', true",
        "wheel, '[profile.wheel]\ninherits = \"wheel\"', '', '', false",
        "release, '', '[profile.release]\ndebug = \"limited\"', '', true",
        "release, '', '', CARGO_PROFILE_RELEASE_DEBUG, true",
        "my-wheel, '', '', CARGO_PROFILE_MY_WHEEL_DEBUG, true",
        "release, 'no TOML', '', '', false",
    })
    void isFoundWhereCargoLooks(String profile, String manifest, String config, String variable, boolean said)
            throws IOException {
        Path project = Files.createDirectories(root.resolve("project/.cargo")).getParent();
        Files.writeString(project.resolve("Cargo.toml"), manifest);
        Files.writeString(project.resolve(".cargo/config.toml"), config);
        Map<String, String> variables = variable.isEmpty() ? Map.of() : Map.of(variable, "1");
        Host host = new Host(OperatingSystem.LINUX, variables, root.resolve("home"));
        CargoConfig read = CargoConfig.read(host, TestProject.settings(), project);
        assertThat(read.profileSays(project.resolve("Cargo.toml"), profile, "debug"))
                .isEqualTo(said);
    }
}
