package io.github.nativemaven.mojo;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;

/** Settings that have a few values only. */
final class Choices {
    private Choices() {}

    static int compression(Setting<Integer> setting) {
        if (setting.value() < 0 || setting.value() > 9) {
            throw new ProjectProblem.InvalidSetting(setting.map(String::valueOf), "expected a number from 0 to 9")
                    .asFailure();
        }
        return setting.value();
    }
}
