package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeMappingTest {
    private static final TargetTriple TARGET = TargetTriple.parse("x86_64-unknown-linux-gnu");
    private static final String KEY = "--config=target.x86_64-unknown-linux-gnu.rustflags=";

    @TempDir
    Path root;

    private CargoCall applied(Map<String, String> variables, CargoCall call) {
        Host host = new Host(OperatingSystem.LINUX, variables, root);
        return new HomeMapping(host, TestProject.settings(), root.resolve("project")).apply(call, TARGET, List.of());
    }

    private static CargoCall call(Map<String, String> environment, String... arguments) {
        return new CargoCall("cp311", List.of(arguments), Path.of("/p"), environment);
    }

    @ParameterizedTest
    @CsvSource({
        "RUSTFLAGS, -C  opt-level=3, -C|opt-level=3|",
        "CARGO_ENCODED_RUSTFLAGS, -Ca=b c, -Ca=b c|",
    })
    void flagsOfVariablesStay(String variable, String value, String expected) {
        CargoCall call = applied(Map.of(variable, value, "CARGO_HOME", "/h o"), call(Map.of(), "rustc", "--", "-x"));
        assertThat(call.environment().get("CARGO_ENCODED_RUSTFLAGS").replace('\u001f', '|'))
                .isEqualTo(expected + "--remap-path-prefix=/h o=/cargo");
        assertThat(call.arguments()).containsExactly("rustc", "--", "-x");
    }

    @Test
    void flagsOfTheCallStay() {
        CargoCall call = applied(Map.of("RUSTFLAGS", "-Cx"), call(Map.of("CARGO_ENCODED_RUSTFLAGS", "-Cy"), "rustc"));
        assertThat(call.environment().get("CARGO_ENCODED_RUSTFLAGS")).startsWith("-Cy\u001f--remap-path-prefix=");
    }

    @Test
    void flagsOfFilesStay() throws IOException {
        Path home = root.resolve(".cargo");
        CargoCall plain = applied(Map.of(), call(Map.of(), "rustc", "--", "-x"));
        assertThat(plain.arguments())
                .containsExactly("rustc", KEY + "[\"--remap-path-prefix=" + home + "=/cargo\"]", "--", "-x");
        assertThat(plain.environment()).isEmpty();

        Files.createDirectories(home);
        Files.writeString(home.resolve("config.toml"), "[build]\nrustflags = [\"-Ctarget-cpu=native\"]\n");
        assertThat(applied(Map.of(), call(Map.of(), "rustc")).arguments())
                .containsExactly(
                        "rustc", KEY + "[\"-Ctarget-cpu=native\",\"--remap-path-prefix=" + home + "=/cargo\"]");
        assertThat(applied(Map.of(), call(Map.of(), "rustc", KEY + "[\"-Cz\"]")).arguments())
                .containsExactly("rustc", KEY + "[\"-Cz\"]", KEY + "[\"--remap-path-prefix=" + home + "=/cargo\"]");

        Files.writeString(
                home.resolve("config.toml"),
                "[build]\nrustflags = [\"-Ca\"]\n[target.x86_64-unknown-linux-gnu]\nrustflags = [\"-Cb\"]\n");
        assertThat(applied(Map.of(), call(Map.of(), "rustc")).arguments())
                .containsExactly("rustc", KEY + "[\"--remap-path-prefix=" + home + "=/cargo\"]");
    }
}
