package io.github.nativemaven.build;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Bindings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for Python's DLL where a library for Windows is linked elsewhere. PyO3 needs none from 0.29 on, and makes one
 * before, if it is asked to.
 */
final class ImportLibrary {
    private static final Pattern VERSION = Pattern.compile("0\\.(\\d{1,4})\\..*");
    private static final int FIRST_WITHOUT = 29;

    private ImportLibrary() {}

    /** The features that make it. */
    static List<String> features(Bindings bindings, Unit unit) {
        if (!unit.isForeign() || unit.target().os() != OperatingSystem.WINDOWS) {
            return List.of();
        }
        return bindings.python()
                .filter(pyo3 -> isBefore(pyo3.crate().version()))
                .map(pyo3 -> List.of(pyo3.crate().name() + "/generate-import-lib"))
                .orElse(List.of());
    }

    private static boolean isBefore(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) < FIRST_WITHOUT;
    }
}
