package io.github.nativemaven.mojo;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.service.PackageService;
import io.github.nativemaven.service.PackageService.Packed;
import io.github.nativemaven.wheel.PackedWheel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that a build ends with: for each unit what was compiled, how long it took, and the wheel. */
final class WheelTable {
    private static final int NARROWEST = 6;

    private WheelTable() {}

    static String of(PackageService.WheelsPacked event) {
        int width = event.wheels().stream()
                .mapToInt(packed -> label(packed).length())
                .reduce(NARROWEST, Math::max);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < event.wheels().size(); i++) {
            Packed packed = event.wheels().get(i);
            lines.add(line(packed, width));
            // What holds for several wheels is said once, below the last.
            List<String> notes = notes(packed);
            if (i + 1 == event.wheels().size()
                    || !notes.equals(notes(event.wheels().get(i + 1)))) {
                notes.forEach(note -> lines.add(" ".repeat(width + 2) + note));
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> notes(Packed packed) {
        return AuditWording.notes(packed.wheel(), packed.result().binaries());
    }

    private static String line(Packed packed, int width) {
        UnitResult result = packed.result();
        return String.format(
                Locale.ROOT,
                "%-" + width + "s  %-11s %7.1f s  %8s  %-16s  %s",
                label(packed),
                result.compiled() == 0 ? "fresh" : result.compiled() + " compiled",
                result.time().toMillis() / 1000.0,
                EventWording.size(packed.wheel().size()),
                platform(packed.wheel()),
                packed.wheel().file().getFileName());
    }

    /** A wheel for both machines of macOS is called as who asks for it does. */
    private static String label(Packed packed) {
        boolean both = packed.wheel().name().tag().platforms().get(0).endsWith("_universal2");
        return both
                ? packed.result().unit().abi().label() + " macos-universal2"
                : packed.result().unit().label();
    }

    /** The platform without its machine, which is the same in all lines: {@code manylinux_2_34}, {@code win_amd64}. */
    private static String platform(PackedWheel wheel) {
        String platform = wheel.name().tag().platforms().get(0);
        int end = platform.startsWith("linux_") ? 5 : -1;
        for (int i = 0, underscores = 0; end < 0 && i < platform.length(); i++) {
            underscores += platform.charAt(i) == '_' ? 1 : 0;
            end = underscores == 3 ? i : -1;
        }
        return end < 0 ? platform : platform.substring(0, end);
    }
}
