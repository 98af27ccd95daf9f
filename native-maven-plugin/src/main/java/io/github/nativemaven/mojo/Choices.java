package io.github.nativemaven.mojo;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.wheel.WheelSettings.AuditMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Settings that have a few values only. */
final class Choices {
    private Choices() {}

    static AuditMode auditMode(Setting<String> setting) {
        return Arrays.stream(AuditMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(setting.value()))
                .findFirst()
                .orElseThrow(() -> new ProjectProblem.InvalidSetting(
                                setting,
                                "expected one of "
                                        + Arrays.stream(AuditMode.values())
                                                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", ")))
                        .asFailure());
    }

    static int compression(Setting<Integer> setting) {
        if (setting.value() < 0 || setting.value() > 9) {
            throw new ProjectProblem.InvalidSetting(setting.map(String::valueOf), "expected a number from 0 to 9")
                    .asFailure();
        }
        return setting.value();
    }
}
