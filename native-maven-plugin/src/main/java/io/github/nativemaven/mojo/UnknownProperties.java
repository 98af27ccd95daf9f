package io.github.nativemaven.mojo;

import io.github.nativemaven.project.Spelling;
import io.github.nativemaven.system.Events;
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
            "rust.buildStd",
            "rust.cache.maxSize",
            "rust.cargo",
            "rust.check.maxSize",
            "rust.compatibility",
            "rust.compilerCache",
            "rust.compression",
            "rust.debugSymbols",
            "rust.dependencies",
            "rust.exclude",
            "rust.features",
            "rust.files",
            "rust.glibc",
            "rust.groups",
            "rust.hotReload",
            "rust.include",
            "rust.interpreters",
            "rust.jobs",
            "rust.locked",
            "rust.manifest",
            "rust.moduleName",
            "rust.modules",
            "rust.name",
            "rust.noDefaultFeatures",
            "rust.profile",
            "rust.programs",
            "rust.pythonSource",
            "rust.reproducible.verify",
            "rust.requiresPython",
            "rust.sbom",
            "rust.sdist.vendor",
            "rust.skip",
            "rust.strip",
            "rust.stubs",
            "rust.targets",
            "rust.testDependencies",
            "rust.venv",
            "rust.watch.test",
            "rust.zig");

    private UnknownProperties() {}

    static void warn(Properties commandLine, Events events) {
        for (String name : commandLine.stringPropertyNames()) {
            if (name.startsWith("rust.") && !KNOWN.contains(name)) {
                events.tell(new Events.Warning("-D" + name + " is no setting of this plugin. Did you mean -D"
                        + Spelling.nearest(name, KNOWN) + "?"));
            }
        }
    }
}
