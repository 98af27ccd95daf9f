package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.Event;
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

    /**
     * No target is set, and cargo is configured for some.
     *
     * @param targets the words, and the variable or file that says so
     */
    public record Configured(Setting<List<String>> targets) implements Event {}

    /** Only the machine that the build runs on. */
    public static final TargetSettings NONE =
            new TargetSettings(Setting.byDefault(List.of()), Optional.empty(), Optional.empty(), false);

    private static final String GLIBC = "2\\.(0|[1-9]\\d?)";

    public TargetSettings {
        glibc.filter(setting -> !setting.value().matches(GLIBC)).ifPresent(setting -> {
            throw new ProjectProblem.InvalidSetting(setting, "expected a version of glibc such as 2.17").asFailure();
        });
    }

    /** The same with what cargo is configured to build for, where no target is set. */
    public TargetSettings orConfigured(Cargo.Toolchain toolchain) {
        return targets.isSet()
                ? this
                : toolchain
                        .configured()
                        .map(found ->
                                new TargetSettings(new Setting<>(found.words(), found.origin()), glibc, zig, buildStd))
                        .orElse(this);
    }

    /** Whether nothing but the machine's own tools is asked for. */
    public boolean isUsual() {
        return targets.value().isEmpty() && glibc.isEmpty();
    }
}
