package io.github.nativemaven.build;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants of targets.
 *
 * @param targets short names and triples; none for the machine that the build runs on
 * @param glibc the oldest glibc that what is built for Linux must run with: {@code 2.17}
 * @param zig the program
 * @param buildStd whether Rust's own library is compiled from its source where it isn't installed for a target
 */
public record TargetSettings(
        Setting<List<String>> targets, Optional<Setting<String>> glibc, Optional<Setting<Path>> zig, boolean buildStd) {

    /** Only the machine that the build runs on. */
    public static final TargetSettings NONE =
            new TargetSettings(Setting.byDefault(List.of()), Optional.empty(), Optional.empty(), false);

    private static final String GLIBC = "2\\.(0|[1-9]\\d?)";

    public TargetSettings {
        glibc.filter(setting -> !setting.value().matches(GLIBC)).ifPresent(setting -> {
            throw new ProjectProblem.InvalidSetting(setting, "expected a version of glibc such as 2.17").asFailure();
        });
    }

    /** Whether nothing but the machine's own tools is asked for. */
    public boolean isUsual() {
        return targets.value().isEmpty() && glibc.isEmpty();
    }
}
