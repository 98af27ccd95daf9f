package io.github.nativemaven.mojo;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings that have a few values only. */
final class Choices {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?([kKMG]?[bB]?)");

    private Choices() {}

    /** Bytes; none where the value is null. */
    static OptionalLong size(Setting<String> setting) {
        if (setting.value() == null) {
            return OptionalLong.empty();
        }
        Matcher size = SIZE.matcher(setting.value().strip());
        if (!size.matches()) {
            throw new ProjectProblem.InvalidSetting(setting, "expected bytes, or a size such as 100MB").asFailure();
        }
        long unit =
                switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "kb" -> 1_000;
                    case "mb" -> 1_000_000;
                    case "gb" -> 1_000_000_000;
                    default -> 1;
                };
        return OptionalLong.of(Long.parseLong(size.group(1)) * unit);
    }

    static int compression(Setting<Integer> setting) {
        if (setting.value() < 0 || setting.value() > 9) {
            throw new ProjectProblem.InvalidSetting(setting.map(String::valueOf), "expected a number from 0 to 9")
                    .asFailure();
        }
        return setting.value();
    }
}
