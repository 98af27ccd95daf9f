package io.github.nativemaven.mojo;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.ByteSize;

/** Settings that not every text or number is a value of. */
final class Choices {
    /** Of libraries, 6 takes off one percent more, and half as much time again. */
    static final int COMPRESSION = 5;

    private Choices() {}

    static int compression(Setting<Integer> setting) {
        if (setting.value() < 0 || setting.value() > 9) {
            throw new ProjectProblem.InvalidSetting(setting.map(String::valueOf), "expected a number from 0 to 9")
                    .asFailure();
        }
        return setting.value();
    }

    static ByteSize size(Setting<String> setting) {
        try {
            return ByteSize.parse(setting.value());
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(setting, e.reason()).asFailure(e);
        }
    }
}
