package io.github.nativemaven.mojo;

import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The time that every entry of every archive gets: {@code project.build.outputTimestamp}, else
 * {@code SOURCE_DATE_EPOCH}, else the first that zip can say.
 */
final class Timestamps {
    private static final Instant FIRST = Instant.parse("1980-01-01T00:00:00Z");

    private Timestamps() {}

    static Instant of(Optional<Setting<String>> configured, Optional<String> sourceDateEpoch) {
        // A single character switches reproducible builds off in Maven's own plugins; archives stay the same here.
        return configured
                .filter(setting -> setting.value().strip().length() > 1)
                .or(() -> sourceDateEpoch.map(text -> new Setting<>(text, "SOURCE_DATE_EPOCH")))
                .map(Timestamps::parse)
                .orElse(FIRST);
    }

    private static Instant parse(Setting<String> setting) {
        String text = setting.value().strip();
        try {
            Instant time = text.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
            return time.isBefore(FIRST) ? FIRST : time;
        } catch (DateTimeException | NumberFormatException e) {
            throw new ProjectProblem.InvalidSetting(
                            setting, "expected a time such as 2026-01-31T12:00:00Z, or seconds since 1970")
                    .asFailure(e);
        }
    }
}
