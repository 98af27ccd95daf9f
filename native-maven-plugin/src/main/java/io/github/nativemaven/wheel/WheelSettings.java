package io.github.nativemaven.wheel;

import io.github.nativemaven.project.Setting;
import java.time.Instant;
import java.util.Optional;

/**
 * How wheels are packed.
 *
 * @param compatibility the platform tag that is wished for; empty for the best that the library allows
 * @param audit what happens when a library needs more than its platform has
 * @param compression how hard to compress, 0 to 9
 * @param timestamp the time of every entry
 */
public record WheelSettings(
        Optional<Setting<String>> compatibility, AuditMode audit, int compression, Instant timestamp) {

    /** What happens when a library needs more than its platform has. */
    public enum AuditMode {
        /** Libraries that it needs are copied into the wheel. */
        REPAIR,
        /** The build fails. */
        CHECK,
        /** The build says so, and goes on. */
        WARN,
        /** Nobody looks. */
        SKIP
    }
}
