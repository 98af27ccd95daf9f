package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.BinaryImages;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformChooserTest {
    private static final TargetTriple LINUX = TargetTriple.parse("x86_64-unknown-linux-gnu");

    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path directory;

    private PlatformChooser.Choice choose(String wish, AuditMode mode, String target, Path... files)
            throws IOException {
        Optional<Setting<String>> compatibility =
                Optional.of(new Setting<>(wish, "-Drust.compatibility")).filter(setting -> !wish.isEmpty());
        WheelSettings settings = new WheelSettings(
                compatibility, Setting.byDefault(mode), 6, Instant.EPOCH, List.of(), Setting.byDefault(true));
        List<BinaryFile> read = new java.util.ArrayList<>();
        for (Path file : files) {
            read.add(BinaryFile.read(file));
        }
        return new PlatformChooser(settings, events).choose(TargetTriple.parse(target), read, List.of(directory));
    }

    private PlatformChooser.Choice linux(String wish, AuditMode mode, String glibc) throws IOException {
        return choose(
                wish, mode, LINUX.value(), BinaryImages.linux(directory.resolve("x.so"), "libc.so.6", glibc, "x"));
    }

    /** Without a wish the best that holds; with one that, if it holds. */
    @ParameterizedTest
    @CsvSource({
        "'',                      2.14, manylinux_2_17_x86_64 manylinux2014_x86_64",
        "'',                      2.34, manylinux_2_34_x86_64",
        "'',                      2.99, linux_x86_64",
        "linux,                   2.14, linux_x86_64",
        "pypi,                    2.34, manylinux_2_34_x86_64",
        "manylinux_2_28,          2.14, manylinux_2_28_x86_64",
        "manylinux_2_28_x86_64,   2.14, manylinux_2_28_x86_64",
        "manylinux2014,           2.14, manylinux_2_17_x86_64 manylinux2014_x86_64",
        "manylinux_2_17,          2.14, manylinux_2_17_x86_64 manylinux2014_x86_64",
    })
    void choosesWhatHolds(String wish, String glibc, String tags) throws IOException {
        PlatformChooser.Choice choice = linux(wish, AuditMode.REPAIR, glibc);
        assertThat(choice.tags()).containsExactly(tags.split(" "));
        assertThat(choice.audit().isPresent()).isEqualTo(!wish.equals("linux"));
        assertThat(events.of(PlatformChooser.Overruled.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"manylinux_2_17, 2.34", "manylinux2014, 2.99", "pypi, 2.99"})
    void refusesWhatDoesNotHold(String wish, String glibc) {
        for (AuditMode mode : List.of(AuditMode.REPAIR, AuditMode.CHECK)) {
            BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> linux(wish, mode, glibc));
            assertThat(failure.problem()).isInstanceOfSatisfying(PlatformChooser.Incompatible.class, problem -> {
                assertThat(problem.wish()).isEqualTo(new Setting<>(wish, "-Drust.compatibility"));
                assertThat(problem.findings()).isNotEmpty();
            });
        }
    }

    @Test
    void warnsOrLooksAway() throws IOException {
        assertThat(linux("manylinux_2_17", AuditMode.SKIP, "2.34").tags()).contains("manylinux_2_17_x86_64");
        assertThat(events.of(PlatformChooser.Overruled.class)).isEmpty();
        assertThat(linux("manylinux_2_17", AuditMode.WARN, "2.34").tags()).contains("manylinux_2_17_x86_64");
        assertThat(events.of(PlatformChooser.Overruled.class)).singleElement().satisfies(event -> {
            assertThat(event.wish().value()).isEqualTo("manylinux_2_17");
            assertThat(event.findings()).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"manylinux", "manylinux_9_9", "win_amd64", "many linux", "manylinux_2_28_aarch64", "LINUX"})
    void aWishThatIsNoPlatformIsNamed(String wish) {
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> linux(wish, AuditMode.REPAIR, "2.14"));
        assertThat(failure.problem())
                .isInstanceOfSatisfying(ProjectProblem.InvalidSetting.class, problem -> assertThat(problem.setting())
                        .isEqualTo(new Setting<>(wish, "-Drust.compatibility")));
    }

    @Test
    void theMostDemandingFileDecides() throws IOException {
        Path library = BinaryImages.linux(directory.resolve("a.so"), "libc.so.6", "2.14");
        Path program = BinaryImages.linux(directory.resolve("b"), "libc.so.6", "2.34");
        assertThat(choose("", AuditMode.REPAIR, LINUX.value(), library, program).tags())
                .containsExactly("manylinux_2_34_x86_64");
    }

    @ParameterizedTest
    @EnumSource
    void otherSystemsAreToldByTheTarget(AuditMode mode) throws IOException {
        Path windows = BinaryImages.windows(directory.resolve("x.dll"));
        assertThat(choose("", mode, "x86_64-pc-windows-msvc", windows).tags()).containsExactly("win_amd64");
        Path macos = BinaryImages.macos(directory.resolve("x.dylib"));
        assertThat(choose("", mode, "aarch64-apple-darwin", macos).tags()).containsExactly("macosx_11_0_arm64");
    }
}
