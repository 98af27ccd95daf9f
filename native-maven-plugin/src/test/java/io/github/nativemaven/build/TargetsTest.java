package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.KnownTargets;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    private static final String LINUX = "x86_64-unknown-linux-gnu";
    private static final String WINDOWS = "x86_64-pc-windows-msvc";
    private static final String MINGW = "x86_64-pc-windows-gnu";

    @TempDir
    static Path directory;

    private static String find(String host, String words) {
        Cargo cargo = Cargo.find(RealPythons.host(), TestProject.settings(), Events.ignored());
        List<String> list =
                Arrays.stream(words.split(" ")).filter(it -> !it.isEmpty()).toList();
        return new Targets(cargo, directory, TargetTriple.parse(host))
                .find(new Setting<>(list, "-Drust.targets")).stream()
                        .map(TargetTriple::value)
                        .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                        " + LINUX,
        "linux-x86_64,                              " + LINUX,
        "host-tuple,                                " + LINUX,
        "linux-aarch64,                             aarch64-unknown-linux-gnu",
        "linux-aarch_64,                            aarch64-unknown-linux-gnu",
        "linux-musl-x86_64,                         x86_64-unknown-linux-musl",
        "linux-armv7,                               armv7-unknown-linux-gnueabihf",
        "windows-x86_64,                            " + MINGW,
        "windows-aarch64,                           aarch64-pc-windows-gnullvm",
        "x86_64-pc-windows-msvc,                    " + WINDOWS,
        "osx-aarch_64,                              aarch64-apple-darwin",
        "macos-universal2,                          x86_64-apple-darwin aarch64-apple-darwin",
        "linux-aarch64 aarch64-unknown-linux-gnu,   aarch64-unknown-linux-gnu",
        "riscv64a23-unknown-linux-gnu,              riscv64a23-unknown-linux-gnu",
    })
    void wordsMeanTriples(String words, String triples) {
        assertThat(find(LINUX, words)).isEqualTo(triples);
    }

    @ParameterizedTest
    @CsvSource({
        WINDOWS + ", windows-x86_64, " + WINDOWS,
        WINDOWS + ", windows-i686, i686-pc-windows-msvc",
        MINGW + ", windows-x86_64, " + MINGW,
    })
    void onWindowsItsOwnToolsAreMeant(String host, String words, String triples) {
        assertThat(find(host, words)).isEqualTo(triples);
    }

    @Test
    void allAreThoseThatWheelsAreUsuallyMadeFor() {
        assertThat(find(LINUX, "all"))
                .isEqualTo("x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu x86_64-unknown-linux-musl"
                        + " aarch64-unknown-linux-musl x86_64-apple-darwin aarch64-apple-darwin x86_64-pc-windows-gnu");
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknow-linux-gnu, x86_64-unknown-linux-gnu",
        "linux-arch64,            linux-aarch64",
        "linux-arm64,             linux-aarch64",
        "linux-amd64,             linux-x86_64",
        "win-x64,                 windows-x86_64",
        "darwin-arm64,            macos-aarch64",
        "windows,                 windows-i686",
        "everything,              emscripten",
    })
    void theNearestIsNamed(String word, String nearest) {
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> find(LINUX, "linux-x86_64 " + word));
        assertThat(failure.problem())
                .isEqualTo(new ProjectProblem.InvalidSetting(
                        new Setting<>(word, "-Drust.targets"), "no such target. Did you mean " + nearest + "?"));
    }

    @Test
    void everyTripleOfTheTableIsOne() {
        assertThat(KnownTargets.triples())
                .allSatisfy(
                        triple -> assertThat(TargetTriple.parse(triple).value()).isEqualTo(triple));
        assertThat(Cargo.find(RealPythons.host(), TestProject.settings(), Events.ignored())
                        .rustcPrints(directory, "--print", "target-list")
                        .orElseThrow())
                .containsAll(KnownTargets.triples());
    }
}
