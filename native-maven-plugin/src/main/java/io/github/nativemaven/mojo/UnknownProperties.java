package io.github.nativemaven.mojo;

import io.github.nativemaven.system.Events;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/** Warns of properties on the command line that look like ours and mean nothing: a slip of the keyboard is silent otherwise. */
final class UnknownProperties {
    static final List<String> KNOWN = List.of(
            "rust.allFeatures",
            "rust.arguments",
            "rust.audit",
            "rust.bindings",
            "rust.buildDirectory",
            "rust.cargo",
            "rust.compatibility",
            "rust.compression",
            "rust.dependencies",
            "rust.features",
            "rust.groups",
            "rust.interpreters",
            "rust.jobs",
            "rust.locked",
            "rust.manifest",
            "rust.moduleName",
            "rust.name",
            "rust.noDefaultFeatures",
            "rust.profile",
            "rust.programs",
            "rust.pythonSource",
            "rust.requiresPython",
            "rust.skip",
            "rust.skipTests",
            "rust.testDependencies",
            "rust.venv");

    private UnknownProperties() {}

    static void warn(Properties commandLine, Events events) {
        for (String name : commandLine.stringPropertyNames()) {
            if (name.startsWith("rust.") && !KNOWN.contains(name)) {
                events.tell(new Events.Warning(
                        "-D" + name + " is no setting of this plugin. Did you mean -D" + nearest(name) + "?"));
            }
        }
    }

    private static String nearest(String name) {
        return KNOWN.stream()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .orElseThrow();
    }

    /** How many letters must be changed, added or taken away to make one word the other. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
