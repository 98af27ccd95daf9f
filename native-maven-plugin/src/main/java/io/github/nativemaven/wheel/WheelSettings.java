package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Maturin;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How wheels are packed.
 *
 * @param compatibility the platform tag that is wished for; empty for the best that the library allows
 * @param audit what happens when a library needs more than its platform has
 * @param compression how hard to compress, 0 to 9
 * @param timestamp the time of every entry
 * @param libraryPath directories that the user names in environment variables, as {@link
 *     io.github.nativemaven.platform.Host#libraryPath()} has them
 * @param sbom whether wheels list what they are made of
 */
public record WheelSettings(
        Optional<Setting<String>> compatibility,
        Setting<AuditMode> audit,
        int compression,
        Instant timestamp,
        List<Path> libraryPath,
        Setting<Boolean> sbom) {

    /** With the loader's own directories only, and without lists of what wheels are made of. */
    public WheelSettings(
            Optional<Setting<String>> compatibility, Setting<AuditMode> audit, int compression, Instant timestamp) {
        this(compatibility, audit, compression, timestamp, List.of(), new Setting<>(false, Setting.DEFAULT));
    }

    /** These, and where they leave something open, what {@code [tool.maturin]} says. */
    public WheelSettings or(Maturin maturin) {
        Optional<Setting<String>> tag = compatibility.or(() -> maturin.compatibility()
                .filter(setting -> !setting.value().equals("auto"))
                .map(setting -> setting.map(WheelSettings::compatibility)));
        Setting<AuditMode> mode = audit.isSet()
                ? audit
                : maturin.auditMode()
                        .map(setting -> new Setting<>(AuditMode.of(setting), setting.origin()))
                        .orElse(audit);
        return new WheelSettings(tag, mode, compression, timestamp, libraryPath, sbom);
    }

    /** The same, where libraries are taken from where they are, and nobody looks at what they need. */
    public WheelSettings forDevelopment() {
        Setting<AuditMode> skip = new Setting<>(AuditMode.SKIP, "rust:develop");
        return new WheelSettings(
                Optional.empty(), skip, 0, timestamp, libraryPath, new Setting<>(false, skip.origin()));
    }

    /** The same, where nobody has said what happens to foreign libraries: as is usual on a system. */
    WheelSettings on(OperatingSystem os) {
        if (audit.isSet() || audit.value() != AuditMode.REPAIR || os == OperatingSystem.LINUX) {
            return this;
        }
        Setting<AuditMode> warn = Setting.byDefault(AuditMode.WARN);
        return new WheelSettings(compatibility, warn, compression, timestamp, libraryPath, sbom);
    }

    /** {@code off} is the machine's own tag; {@code 2014} and {@code 2_28} are short for manylinux. */
    private static String compatibility(String text) {
        if (text.equals("off")) {
            return "linux";
        }
        return text.matches("\\d+") ? "manylinux" + text : text.matches("\\d+_\\d+") ? "manylinux_" + text : text;
    }

    /** What happens when a library needs more than its platform has. */
    public enum AuditMode {
        /** Libraries that it needs are copied into the wheel. */
        REPAIR,
        /** The build fails. */
        CHECK,
        /** The build says so, and goes on. */
        WARN,
        /** Nobody looks. */
        SKIP;

        /** The mode of a name; any other name is a problem that says where it stands. */
        public static AuditMode of(Setting<String> setting) {
            return Arrays.stream(values())
                    .filter(mode -> mode.name().equalsIgnoreCase(setting.value()))
                    .findFirst()
                    .orElseThrow(() -> new ProjectProblem.InvalidSetting(
                                    setting,
                                    "expected one of "
                                            + Arrays.stream(values())
                                                    .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                                    .collect(Collectors.joining(", ")))
                            .asFailure());
        }
    }
}
