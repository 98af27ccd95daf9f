package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.Trees;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CargoConfigTest {
    private static final TargetTriple ARM = TargetTriple.parse("aarch64-unknown-linux-gnu");

    @TempDir
    Path root;

    private CargoConfig config(Map<String, String> variables, Map<String, String> configured, String... arguments) {
        CargoSettings settings = new CargoSettings(
                "cargo",
                List.of(),
                false,
                false,
                true,
                false,
                0,
                false,
                Optional.empty(),
                List.of(arguments),
                configured);
        Host host = new Host(OperatingSystem.LINUX, variables, root.resolve("home"));
        return CargoConfig.read(host, settings, root.resolve("work/space/crate"));
    }

    private CargoConfig config() {
        return config(Map.of(), Map.of());
    }

    @Test
    void nobodyChoseALinker() {
        Trees.write(root, "work/.cargo/config.toml", "[target.x86_64-unknown-linux-gnu]\nlinker = 'x'\n");
        assertThat(config().linker(ARM)).isEmpty();
    }

    @Test
    void filesOfTheCrateAreBeforeThoseAboveAndThoseOfHome() {
        Trees.write(root, "home/.cargo/config.toml", "[target.aarch64-unknown-linux-gnu]\nlinker = 'x'\n");
        assertThat(config().linker(ARM))
                .contains("target.aarch64-unknown-linux-gnu.linker in " + root.resolve("home/.cargo/config.toml"));
        Trees.write(
                root,
                "work/.cargo/config.toml",
                "target.aarch64-unknown-linux-gnu.rustflags = ['-C', 'linker=mine']\n");
        assertThat(config().linker(ARM)).hasValueSatisfying(origin -> assertThat(origin)
                .endsWith("in " + root.resolve("work/.cargo/config.toml")));
        Trees.write(root, "work/space/.cargo/config", "[target.aarch64-unknown-linux-gnu]\nlinker = 'x'\n");
        assertThat(config().linker(ARM)).hasValueSatisfying(origin -> assertThat(origin)
                .endsWith("in " + root.resolve("work/space/.cargo/config")));
    }

    @Test
    void variablesAndArgumentsAreBeforeFiles() {
        String variable = "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER";
        assertThat(config(Map.of(variable, "x"), Map.of()).linker(ARM)).contains(variable);
        assertThat(config(Map.of(), Map.of(variable, "x")).linker(ARM)).contains(variable);
        assertThat(config(Map.of(), Map.of(), "--config", "target.aarch64-unknown-linux-gnu.linker = \"x\"")
                        .linker(ARM))
                .isPresent();
    }

    @Test
    void flagsOfTheBuildAreHiddenByThoseOfTheTarget() {
        Trees.write(root, "work/.cargo/config.toml", "[build]\nrustflags = '-Cdebuginfo=1  -Copt-level=2'\n");
        assertThat(config().rustFlagsOfBuild(ARM)).containsExactly("-Cdebuginfo=1", "-Copt-level=2");
        Trees.write(root, "home/.cargo/config.toml", "target.aarch64-unknown-linux-gnu.rustflags = ['-g']\n");
        assertThat(config().rustFlagsOfBuild(ARM)).isEmpty();
    }

    @Test
    void flagsOfVariables() {
        assertThat(config().rustFlagsOfVariables()).isEmpty();
        assertThat(config(Map.of("RUSTFLAGS", " -g  -v "), Map.of()).rustFlagsOfVariables())
                .contains(List.of("-g", "-v"));
        assertThat(config(Map.of("RUSTFLAGS", "-g", "CARGO_ENCODED_RUSTFLAGS", "-C\u001fa b"), Map.of())
                        .rustFlagsOfVariables())
                .contains(List.of("-C", "a b"));
    }

    @Test
    void targetsOfFilesVariablesAndArguments() {
        assertThat(config().buildTargets()).isEmpty();
        Trees.write(root, "home/.cargo/config.toml", "[build]\ntarget = ['a', 'b']\n");
        assertThat(config().buildTargets()).contains(targets("home/.cargo/config.toml", "a", "b"));
        Trees.write(root, "work/.cargo/config.toml", "build.target = ['c', 'a']\n");
        assertThat(config().buildTargets()).contains(targets("work/.cargo/config.toml", "a", "b", "c"));
        Trees.write(root, "work/space/.cargo/config.toml", "build.target = 'd'\n");
        Trees.write(root, "work/space/crate/.cargo/config.toml", "[build]\njobs = 2\n");
        assertThat(config().buildTargets()).contains(targets("work/space/.cargo/config.toml", "d"));
        String variable = "CARGO_BUILD_TARGET";
        assertThat(config(Map.of(variable, "e"), Map.of()).buildTargets())
                .contains(new CargoConfig.BuildTargets(List.of("e"), variable));
        assertThat(config(Map.of(), Map.of(variable, "e")).buildTargets())
                .contains(new CargoConfig.BuildTargets(List.of("e"), variable));
        CargoConfig.BuildTargets ofArgument = new CargoConfig.BuildTargets(List.of("f"), "--config build.target");
        assertThat(config(Map.of(variable, "e"), Map.of(), "--config", "build.target = \"f\"")
                        .buildTargets())
                .contains(ofArgument);
        assertThat(config(Map.of(), Map.of(), "--config=build.target=['f']").buildTargets())
                .contains(ofArgument);
    }

    private CargoConfig.BuildTargets targets(String file, String... words) {
        return new CargoConfig.BuildTargets(List.of(words), "build.target in " + root.resolve(file));
    }

    @Test
    void whatCargoCanNotReadIsLeftToCargo() {
        Trees.write(root, "work/.cargo/config.toml", "[target\n");
        assertThat(config().linker(ARM)).isEmpty();
    }
}
