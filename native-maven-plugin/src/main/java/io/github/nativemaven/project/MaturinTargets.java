package io.github.nativemaven.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code [tool.maturin]} says of the targets to ship.
 *
 * @param bindings {@code bindings}
 * @param programs the names of {@code [[tool.maturin.targets]]} of kind {@code bin}
 */
record MaturinTargets(Optional<Setting<String>> bindings, Optional<Setting<List<String>>> programs) {
    static final MaturinTargets NONE = new MaturinTargets(Optional.empty(), Optional.empty());

    /** Reads a pyproject.toml. A wrong type is a {@link ProjectProblem.InvalidFile}. */
    static MaturinTargets read(Path file) {
        return Toml.read(file)
                .table("tool")
                .flatMap(tool -> tool.table("maturin"))
                .map(MaturinTargets::of)
                .orElse(NONE);
    }

    private static MaturinTargets of(Toml maturin) {
        List<String> programs = new ArrayList<>();
        for (Toml target : maturin.tables("targets")) {
            String kind = target.string("kind").orElse("bin");
            if (!kind.equals("bin") && !kind.equals("cdylib")) {
                throw target.invalid("kind", "'" + kind + "' is no kind of target; expected bin or cdylib");
            }
            if (kind.equals("bin")) {
                programs.add(target.string("name")
                        .orElseThrow(() -> target.invalid("name", "missing: the name of one of the crate's programs")));
            }
        }
        return new MaturinTargets(
                maturin.string("bindings").map(value -> new Setting<>(value, origin(maturin, "bindings"))),
                programs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Setting<>(List.copyOf(programs), origin(maturin, "targets"))));
    }

    private static String origin(Toml table, String key) {
        return PyProject.NAME + ":" + table.line(key) + " " + table.name(key);
    }
}
