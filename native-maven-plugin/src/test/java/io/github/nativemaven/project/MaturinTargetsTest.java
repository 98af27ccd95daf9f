package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.system.BuildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaturinTargetsTest {
    @TempDir
    Path directory;

    @Test
    void namesBindingsAndPrograms() throws IOException {
        MaturinTargets targets = read("""
                [tool.maturin]
                bindings = "bin"
                [[tool.maturin.targets]]
                name = "lib"
                kind = "cdylib"
                [[tool.maturin.targets]]
                name = "tool"
                kind = "bin"
                """);
        assertThat(targets.bindings().orElseThrow())
                .isEqualTo(new Setting<>("bin", "pyproject.toml:2 tool.maturin.bindings"));
        assertThat(targets.programs().orElseThrow().value()).isEqualTo(List.of("tool"));
    }

    @Test
    void saysNothingWhereNothingIsSet() throws IOException {
        assertThat(read("[project]\nname = \"a\"\n")).isEqualTo(MaturinTargets.NONE);
        assertThat(read("[tool.maturin]\nstrip = true\n")).isEqualTo(MaturinTargets.NONE);
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> read("[[tool.maturin.targets]]\nname = \"a\"\nkind = \"wasm\"\n"))
                .isInstanceOf(BuildFailure.class)
                .satisfies(e ->
                        assertThat(((BuildFailure) e).problem().toString()).contains("kind", "expected bin or cdylib"));
    }

    private MaturinTargets read(String text) throws IOException {
        return MaturinTargets.read(Files.writeString(directory.resolve("pyproject.toml"), text));
    }
}
