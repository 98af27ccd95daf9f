package io.github.nativemaven.project;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.Maturin.Feature;
import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.Maturin.Format;
import io.github.nativemaven.python.VersionSpecifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads {@code [tool.maturin]}. */
final class MaturinReader {
    /** What is used, in one way or another. */
    private static final List<String> USED = List.of(
            "all-features",
            "auditwheel",
            "bindings",
            "compatibility",
            "config",
            "data",
            "editable-profile",
            "exclude",
            "features",
            "frozen",
            "include",
            "locked",
            "manifest-path",
            "module-name",
            "no-default-features",
            "profile",
            "python-packages",
            "python-source",
            "rustc-args",
            "sbom",
            "sdist-generator",
            "skip-auditwheel",
            "strip",
            "target",
            "targets",
            "unstable-flags");

    /** Older names, and what only concerns the other tool's own commands. */
    private static final List<String> TOLERATED =
            List.of("generate-ci", "manylinux", "pgo-command", "sdist-include", "use-base-python");

    private final Optional<Toml> table;

    private MaturinReader(Optional<Toml> table) {
        this.table = table;
    }

    static Maturin read(Optional<Toml> table) {
        return new MaturinReader(table).read();
    }

    private Maturin read() {
        return new Maturin(
                setting("manifest-path"),
                setting("module-name"),
                setting("python-source"),
                table.flatMap(found -> found.strings("python-packages")
                        .map(value -> new Setting<>(value, found.origin("python-packages")))),
                setting("data"),
                Stream.concat(rules("include").stream(), olderIncludes().stream())
                        .toList(),
                rules("exclude"),
                setting("bindings"),
                targets(),
                setting("profile"),
                setting("editable-profile"),
                setting("compatibility").or(() -> setting("manylinux")),
                auditMode(),
                table.flatMap(found -> found.bool("strip")),
                features(),
                flag("all-features"),
                flag("no-default-features"),
                flag("locked"),
                flag("frozen"),
                Stream.concat(
                                strings("config").stream().flatMap(value -> Stream.of("--config", value)),
                                strings("unstable-flags").stream().flatMap(value -> Stream.of("-Z", value)))
                        .toList(),
                strings("rustc-args"),
                setting("sdist-generator").map(this::generator),
                sbom(),
                deploymentTargets());
    }

    private Optional<Setting<String>> setting(String key) {
        return table.flatMap(found -> found.string(key).map(value -> new Setting<>(value, found.origin(key))));
    }

    private boolean flag(String key) {
        return table.flatMap(found -> found.bool(key)).orElse(false);
    }

    private List<String> strings(String key) {
        return table.flatMap(found -> found.strings(key)).orElse(List.of());
    }

    private <T> List<T> elements(String key, Function<Toml.Element, T> reader) {
        return table.map(found -> found.elements(key).stream().map(reader).toList())
                .orElse(List.of());
    }

    private List<FileRule> rules(String key) {
        return elements(key, MaturinReader::rule);
    }

    private static FileRule rule(Toml.Element element) {
        Optional<String> plain = element.string();
        if (plain.isPresent()) {
            return FileRuleReader.of(plain.get(), element.origin());
        }
        Toml table = element.table("a glob, or a table with path and format");
        table.only("path", "format", "from", "to", "crate-name", "crate_name");
        return FileRuleReader.of(new Members(table, element.origin()));
    }

    /** A table as a rule of files. */
    private record Members(Toml table, String origin) implements FileRuleReader.Members {
        @Override
        public Optional<String> text(String key) {
            return table.string(key).or(() -> table.string(key.replace('-', '_')));
        }

        @Override
        public Optional<List<String>> formats() {
            return table.isString("format") ? table.string("format").map(List::of) : table.strings("format");
        }

        @Override
        public String written(String key, String value) {
            return key + " = \"" + value + "\"";
        }

        @Override
        public RuntimeException invalid(String key, String reason) {
            return table.invalid(key, reason);
        }
    }

    private List<FileRule> olderIncludes() {
        return elements(
                "sdist-include",
                element -> new FileRule(
                        FileRuleReader.glob(
                                element.string().orElseThrow(() -> element.invalid("expected a glob")),
                                element.origin()),
                        EnumSet.of(Format.SDIST),
                        Optional.empty(),
                        element.origin()));
    }

    private List<Feature> features() {
        return elements("features", MaturinReader::feature).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** A string may have several names, as cargo's own option may. */
    private static List<Feature> feature(Toml.Element element) {
        Optional<String> plain = element.string();
        if (plain.isPresent()) {
            return Arrays.stream(plain.get().split("[,\\s]+"))
                    .filter(name -> !name.isEmpty())
                    .map(name -> new Feature(name, Optional.empty(), Optional.empty(), element.origin()))
                    .toList();
        }
        Toml table = element.table("a feature's name, or a table with feature and python-version");
        table.only("feature", "python-version", "python-implementation");
        String name = table.string("feature")
                .orElseThrow(() -> table.invalid("feature", "is missing: write feature = \"…\""));
        Optional<VersionSpecifiers> version = table.string("python-version").map(text -> {
            try {
                return VersionSpecifiers.parse(text);
            } catch (MalformedException e) {
                throw table.invalid("python-version", "'" + text + "': " + e.reason() + "; write \">=3.11\"");
            }
        });
        Optional<String> implementation =
                table.string("python-implementation").map(text -> text.toLowerCase(Locale.ROOT));
        return List.of(new Feature(name, version, implementation, element.origin()));
    }

    private List<Maturin.Target> targets() {
        return elements("targets", element -> {
            Toml target = element.table("a table with name and kind");
            String name =
                    target.string("name").orElseThrow(() -> target.invalid("name", "is missing: write name = \"…\""));
            return new Maturin.Target(name, target.string("kind"));
        });
    }

    private Optional<Setting<String>> auditMode() {
        return setting("auditwheel")
                .or(() -> flag("skip-auditwheel")
                        ? Optional.of(new Setting<>("skip", table.orElseThrow().origin("skip-auditwheel")))
                        : Optional.empty());
    }

    private Setting<String> generator(Setting<String> setting) {
        if (!List.of("cargo", "git").contains(setting.value())) {
            throw new ProjectProblem.InvalidSetting(setting, "expected cargo or git").asFailure();
        }
        return setting;
    }

    private Maturin.Sbom sbom() {
        Optional<Toml> sbom = table.flatMap(found -> found.table("sbom"));
        sbom.ifPresent(found -> found.only("rust", "auditwheel", "include"));
        return new Maturin.Sbom(
                sbom.flatMap(found -> found.bool("rust")).orElse(true),
                sbom.flatMap(found -> found.bool("auditwheel")).orElse(true),
                sbom.flatMap(found -> found.strings("include")).orElse(List.of()));
    }

    private Map<String, String> deploymentTargets() {
        Map<String, String> versions = new LinkedHashMap<>();
        table.flatMap(found -> found.table("target")).ifPresent(targets -> {
            for (String triple : targets.keys()) {
                targets.table(triple)
                        .flatMap(target -> target.string("macos-deployment-target"))
                        .ifPresent(version -> versions.put(triple, version));
            }
        });
        return versions;
    }

    /** Keys that mean nothing, in sentences. */
    static List<String> remarks(Toml table) {
        List<String> remarks = new ArrayList<>();
        for (String key : table.keys()) {
            if (!USED.contains(key) && !TOLERATED.contains(key)) {
                remarks.add(table.origin(key) + " is no setting. Did you mean " + Spelling.nearest(key, USED) + "?");
            }
        }
        return remarks;
    }
}
